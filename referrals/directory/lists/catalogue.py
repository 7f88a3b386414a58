"""Reading the lists: what is in the TOML files beside this module, checked once and kept in memory."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from referrals.foundation.clock import today

# The parent of an item that goes with every item of the parents' list (an outcome for any category).
ANY_PARENT: Final = "any"

_FOLDER: Final = Path(__file__).parent
_FIELDS: Final = frozenset({"code", "label", "hint", "parent", "categories", "retired", "target", "suits", "follows"})


class ListFault(RuntimeError):
    """A list file says something that cannot be: a fault in the file, found at start and by the tests."""


@dataclass(frozen=True, slots=True)
class Target:
    """Within how many working days a body has publicly promised to answer an MP, and where that was read."""

    days: int
    source: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: `parent` is a code of the parents' list, `retired` the first day it cannot be chosen."""

    code: str
    label: str
    hint: str | None = None
    parent: str | None = None
    # For bodies: the categories of issue they belong to first; empty means all.
    categories: tuple[str, ...] = ()
    retired: date | None = None
    # For outcomes: the types of issue they are usual for, and the steps and answers they usually follow.
    suits: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    # For bodies: None where no published target is known.
    target: Target | None = None

    def is_current(self, day: date) -> bool:
        """Whether it can be chosen on that day."""
        return self.retired is None or day < self.retired


@dataclass(frozen=True, slots=True)
class _List:
    title: str
    parents: str | None
    items: Mapping[str, Item]


def list_codes() -> list[str]:
    """The codes of all lists, which are the names of their files."""
    return list(_catalogue())


def title(list_code: str) -> str:
    """What the list as a whole is called."""
    return _list(list_code).title


def items(list_code: str, parent: str | None = None) -> list[Item]:
    """All entries in their order, retired ones too; with `parent` those under it and those that go with any."""
    found = _list(list_code).items.values()
    return [entry for entry in found if parent is None or entry.parent in (parent, ANY_PARENT)]


def current(list_code: str, parent: str | None = None) -> list[Item]:
    """The entries that can be chosen today; `parent` as for `items`."""
    day = today()
    return [entry for entry in items(list_code, parent) if entry.is_current(day)]


def choices(list_code: str, parent: str | None = None) -> list[tuple[str, str]]:
    """Code and label of each entry that can be chosen today; `parent` as for `items`."""
    return [(entry.code, entry.label) for entry in current(list_code, parent)]


def codes(list_code: str, parent: str | None = None) -> frozenset[str]:
    """The codes that can be chosen today; `parent` as for `items`."""
    return frozenset(entry.code for entry in current(list_code, parent))


def item(list_code: str, code: str) -> Item:
    """One entry, retired or not. Raises LookupError for a code the list never had."""
    try:
        return _list(list_code).items[code]
    except KeyError:
        raise LookupError(f"the list {list_code} has no {code!r}") from None


def label(list_code: str, code: str) -> str:
    """What a code means in plain English, also long after it was retired; errors as `item`."""
    return item(list_code, code).label


def _list(list_code: str) -> _List:
    try:
        return _catalogue()[list_code]
    except KeyError:
        raise LookupError(f"there is no list {list_code}") from None


@cache
def _catalogue() -> dict[str, _List]:
    return read_folder(_FOLDER)


def read_folder(folder: Path) -> dict[str, _List]:
    """Read every list of a folder and check that they fit together. Raises ListFault, naming the file and the entry."""
    lists = {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}
    for list_code, found in lists.items():
        _check_parents(list_code, found, lists)
        _check_reasons(list_code, found, lists)
    return lists


def _read(path: Path) -> _List:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise ListFault(f"{path.name}: {fault}") from fault
    targets = {code: Target(**row) for code, row in content.get("targets", {}).items()}
    entries: dict[str, Item] = {}
    for row in content["items"]:
        entry = _item(path.name, row, targets)
        if entry.code in entries:
            raise ListFault(f"{path.name}: {entry.code} is there twice")
        entries[entry.code] = entry
    return _List(content["title"], content.get("parents"), entries)


def _item(file: str, row: dict[str, Any], targets: Mapping[str, Target]) -> Item:
    unknown = row.keys() - _FIELDS
    if unknown or not row.get("code") or not row.get("label"):
        raise ListFault(f"{file}: an entry needs a code and a label, and knows no {sorted(unknown)}: {row}")
    if row.get("target") not in {None, *targets}:
        raise ListFault(f"{file}: there is no target {row['target']}")
    return Item(
        code=row["code"],
        label=row["label"],
        hint=row.get("hint"),
        parent=row.get("parent"),
        categories=tuple(row.get("categories", ())),
        retired=row.get("retired"),
        suits=tuple(row.get("suits", ())),
        follows=tuple(row.get("follows", ())),
        target=targets.get(row.get("target", "")),
    )


def _check_parents(list_code: str, found: _List, lists: Mapping[str, _List]) -> None:
    if found.parents is not None and found.parents not in lists:
        raise ListFault(f"{list_code}.toml: there is no list {found.parents}")
    allowed = {ANY_PARENT, *lists[found.parents].items} if found.parents else {None}
    for entry in found.items.values():
        if entry.parent not in allowed:
            raise ListFault(f"{list_code}.toml: {entry.code} has the parent {entry.parent!r}, which there is not")


def _check_reasons(list_code: str, found: _List, lists: Mapping[str, _List]) -> None:
    """What an entry suits and follows is there, so that no misspelt code keeps it from being offered."""
    for entry in found.items.values():
        known = {
            "suits": _codes_of(lists, "issue_types") if entry.suits else set(),
            "follows": _codes_of(lists, "milestones", "enquiry_results") if entry.follows else set(),
        }
        for name, codes in known.items():
            strange = set(getattr(entry, name)) - codes
            if strange:
                raise ListFault(f"{list_code}.toml: {entry.code} {name} {sorted(strange)}, which there is not")


def _codes_of(lists: Mapping[str, _List], *names: str) -> set[str]:
    return {code for name in names if name in lists for code in lists[name].items}
