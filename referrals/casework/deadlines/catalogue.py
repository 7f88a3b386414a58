"""The catalogue of rules and of the dates that start them, read from two TOML files and checked as they are read."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from referrals.directory import lists

_FOLDER: Final = Path(__file__).parent
# In place of categories: for every referral.
ANY: Final = "any"
MOST_SUGGESTED: Final = 5


class RuleFault(ValueError):
    """A file of the catalogue is wrong; the message names the file and the entry."""


class Kind(StrEnum):
    """What a deadline is to the people of the referral (DOMAIN section 6)."""

    LIMIT = "limit"  # on the resident: miss it and the right is lost
    DUTY = "duty"  # of a body, by law
    REPLY = "reply"  # that can be expected
    DATA = "data"  # of whoever holds personal data
    CONSENT = "consent"  # until an agreement lapses
    APPOINTMENT = "appointment"


class Unit(StrEnum):
    """What a period is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "calendar_months"


class Counting(StrEnum):
    """How a period is counted; each is a function of counting.py."""

    BEGINS_WITH = "begins_with"
    EXCLUDES = "excludes"
    CORRESPONDING = "corresponding_date"
    WORKING = "working_days_after"
    CLOCK = "clock_hours"
    BEFORE = "before_the_day"
    ON_THE_DAY = "on_the_day"
    BY_HAND = "by_hand"


class About(StrEnum):
    """The headings under which dates are offered."""

    MONEY = "money"
    HOUSING = "housing"
    COMPLAINTS = "complaints"
    LETTERS = "letters"
    DATA = "data"
    DIARY = "diary"


_COUNTED_IN: Final[Mapping[Counting, frozenset[Unit | None]]] = {
    Counting.BEGINS_WITH: frozenset({Unit.DAYS, Unit.WEEKS}),
    Counting.EXCLUDES: frozenset({Unit.DAYS, Unit.WEEKS}),
    Counting.CORRESPONDING: frozenset({Unit.MONTHS}),
    Counting.WORKING: frozenset({Unit.WORKING_DAYS}),
    Counting.CLOCK: frozenset({Unit.HOURS}),
    Counting.BEFORE: frozenset({Unit.DAYS}),
    Counting.ON_THE_DAY: frozenset({None}),
    Counting.BY_HAND: frozenset({None}),
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A date that somebody can record, and that periods are counted from."""

    code: str
    about: About
    # What it is called in a list, and the question by which its date is asked.
    label: str
    question: str
    hint: str
    # Codes of the list categories, or `any`.
    categories: tuple[str, ...]
    # Types of issue, or categories, whose referrals are asked whether it applies.
    suggest: tuple[str, ...] = ()
    # Whether the time of day matters.
    timed: bool = False
    # Whether it can still be to come.
    may_lie_ahead: bool = False

    def is_for(self, category: str | None) -> bool:
        """Whether it can matter to a referral of this category; every one can to a referral without."""
        return category is None or bool({ANY, category} & set(self.categories))


@dataclass(frozen=True, slots=True)
class Rule:
    """One period: who it binds, what starts it, how it is counted, and where that is written."""

    code: str
    categories: tuple[str, ...]
    name: str
    kind: Kind
    # The code of the date that starts it.
    trigger: str
    period: int
    unit: Unit | None
    counting: Counting
    # What happens when it is missed, in one or two sentences.
    missed: str
    # The law or guidance it rests on, where it was read, and in which month that was (its first day).
    basis: str
    source: str
    checked: date
    # False: not read in a primary source. Its reader is asked to check it.
    verified: bool
    note: str = ""
    # The last day becomes the next working day when it is none.
    next_working_day: bool = False
    # The dates at which the clock stops, and goes on.
    stops: str | None = None
    resumes: str | None = None
    # Another rule of the same date: what was done for that one is done for this one too.
    done_with: str | None = None
    # The date by which it is seen to be done: once that is recorded, it is over.
    met_by: str | None = None
    # For dates in this span only.
    since: date | None = None
    until: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether it applies to a date on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Both lists, by code, in the order of their files."""

    triggers: Mapping[str, Trigger]
    rules: Mapping[str, Rule]


def rules() -> list[Rule]:
    """All rules, in the order of their file."""
    return list(_catalogue().rules.values())


def rule(code: str) -> Rule:
    """One rule. Raises LookupError for a code that there is not."""
    return _catalogue().rules[code]


def rules_of(trigger_code: str, day: date) -> list[Rule]:
    """What follows from a date on that day."""
    return [one for one in rules() if one.trigger == trigger_code and one.is_in_force(day)]


def triggers() -> list[Trigger]:
    """Every date that can be recorded, in the order of their file."""
    return list(_catalogue().triggers.values())


def trigger(code: str) -> Trigger:
    """One of them. Raises LookupError for a code that there is not."""
    return _catalogue().triggers[code]


def triggers_for(category: str | None) -> list[Trigger]:
    """The dates that can matter to a referral of a category."""
    return [one for one in triggers() if one.is_for(category)]


def suggested(category: str | None, issue_type: str | None, known: Sequence[str]) -> list[Trigger]:
    """Dates to ask about, at most five: those of the type of issue first, without those that are `known` already."""
    of_type = [one for one in triggers() if issue_type in one.suggest]
    of_category = [one for one in triggers() if category in one.suggest and one not in of_type]
    return [one for one in of_type + of_category if one.code not in known][:MOST_SUGGESTED]


@cache
def _catalogue() -> Catalogue:
    return read(_FOLDER / "dates.toml", _FOLDER / "rules.toml")


def read(dates: Path, periods: Path) -> Catalogue:
    """Read both files and check that they fit together. Raises RuleFault."""
    found_triggers = {row["code"]: _trigger(dates.name, row) for row in _rows(dates, "dates")}
    found_rules = {row["code"]: _rule(periods.name, row) for row in _rows(periods, "rules")}
    for one in found_rules.values():
        named = {one.trigger, one.stops, one.resumes, one.met_by} - {None}
        if named - found_triggers.keys():
            raise RuleFault(f"{periods.name}: {one.code} names dates that there are not: {named}")
        if (one.unit is Unit.HOURS) is not found_triggers[
            one.trigger
        ].timed and one.counting is not Counting.ON_THE_DAY:
            raise RuleFault(f"{periods.name}: {one.code} is counted in hours, so its date needs a time, and no other")
        if one.done_with and found_rules.get(one.done_with, one).trigger != one.trigger:
            raise RuleFault(f"{periods.name}: {one.code} is done with a rule of another date")
    used = {code for one in found_rules.values() for code in (one.trigger, one.stops, one.resumes)}
    if found_triggers.keys() - used:
        raise RuleFault(f"{dates.name}: nothing follows from {sorted(found_triggers.keys() - used)}")
    return Catalogue(found_triggers, found_rules)


def _rows(path: Path, name: str) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))[name]
    except (tomllib.TOMLDecodeError, KeyError) as fault:
        raise RuleFault(f"{path.name}: {fault}") from fault
    codes = [row.get("code") for row in rows]
    if len(set(codes)) < len(codes) or None in codes:
        raise RuleFault(f"{path.name}: every entry needs a code of its own")
    return rows


def _trigger(file: str, row: dict[str, Any]) -> Trigger:
    made: dict[str, Any] = {
        **row,
        "categories": tuple(row.get("categories", ())),
        "suggest": tuple(row.get("suggest", ())),
    }
    try:
        found = Trigger(**made | {"about": About(row.get("about", ""))})
    except (TypeError, ValueError) as fault:
        raise RuleFault(f"{file}: {row['code']}: {fault}") from fault
    _check_categories(file, found.code, found.categories)
    known = lists.codes("categories") | lists.codes("issue_types")
    if set(found.suggest) - known or not found.label or not found.question:
        raise RuleFault(f"{file}: {found.code} needs a label and a question, and suggests only what the lists know")
    return found


def _rule(file: str, row: dict[str, Any]) -> Rule:
    try:
        made = {
            **row,
            "categories": tuple(row["categories"]),
            "kind": Kind(row["kind"]),
            "unit": Unit(row["unit"]) if "unit" in row else None,
            "counting": Counting(row["counting"]),
            "checked": date.fromisoformat(f"{row['checked']}-01"),
            "verified": {"verified": True, "check": False}[row["verified"]],
        }
        found = Rule(**made)
    except (TypeError, ValueError, KeyError) as fault:
        raise RuleFault(f"{file}: {row['code']}: {fault!r}") from fault
    _check_categories(file, found.code, found.categories)
    counts = found.period > 0 if found.unit else found.period == 0
    if found.unit not in _COUNTED_IN[found.counting] or not counts:
        raise RuleFault(f"{file}: {found.code}: {found.period} {found.unit} cannot be counted as {found.counting}")
    if not all((found.name, found.missed, found.basis, found.source)) or (found.stops is None) != (
        found.resumes is None
    ):
        raise RuleFault(f"{file}: {found.code} needs a name, what happens, a basis, a source, and both stop and resume")
    return found


def _check_categories(file: str, code: str, categories: Sequence[str]) -> None:
    if not categories or set(categories) - {ANY, *lists.codes("categories")}:
        raise RuleFault(f"{file}: {code} needs categories that the list knows, or {ANY}")
