"""Merge fields in a text: `((resident name))` is found, checked, and replaced once; what it was replaced by is text."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from referrals.correspondence.fields import FIELDS, Facts, MergeField, fields_for
from referrals.correspondence.letters import LONGEST, LetterKind

_FIELD: Final = re.compile(r"\(\(([^()]*)\)\)")
_OPEN: Final = re.compile(r"\(\(|\)\)")
# Characters that turn the direction of the words around them, and so may hide what a letter says.
_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Merged:
    """A text with its fields replaced; those of which nothing is known are still in it, each named once."""

    text: str
    missing: tuple[MergeField, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """The same by the keys of the fields."""

    text: str
    missing: tuple[str, ...]


def merge(text: str, kind: LetterKind, facts: Facts) -> Merged:
    """Replace every field of the kind that something is known of, in one pass: what comes in is not looked at again."""
    allowed = {row.key: row for row in fields_for(kind)}

    def read(key: str) -> str | None:
        return allowed[key].reads(facts) or "" if key in allowed else None

    filled = fill(text, read)
    return Merged(filled.text, tuple(allowed[key] for key in filled.missing))


def fill(text: str, read: Callable[[str], str | None]) -> Filled:
    """Replace every field, by its key, with what is read for it; None for what is no field of this text."""
    missing: dict[str, None] = {}

    def replaced(found: re.Match[str]) -> str:
        key = _key(found[1])
        known = read(key)
        value = clean(known or "").strip()
        if known is not None and not value:
            missing[key] = None
        return value or found[0]

    return Filled(_FIELD.sub(replaced, text), tuple(missing))


def fault_of_text(text: str, kind: LetterKind) -> str | None:
    """Why a text cannot be the text of this kind of letter; None when it can."""
    if not text.strip():
        return "Write the text of the letter"
    if len(text) > LONGEST:
        return f"The text must be {LONGEST:,} characters or fewer"
    allowed = {row.key for row in fields_for(kind)}
    for name in names_in(text):
        row = _named(name)
        if row is None:
            return f"There is no field called (({_short(name)})). Choose one from the list"
        if row.key not in allowed:
            return f"The field (({row.name})) cannot stand in this letter. Choose another from the list"
    return "Close every field with two brackets, like ((reference))" if _OPEN.search(_FIELD.sub("", text)) else None


def fault_of_letter(text: str) -> str | None:
    """Why this cannot go out as a letter; None when it can. No field may be left in it."""
    if not text.strip():
        return "Write the letter first"
    if len(text) > LONGEST:
        return f"The letter must be {LONGEST:,} characters or fewer"
    left = _FIELD.search(text)
    if left:
        return f"Write something in place of (({_short(left[1])})), or take it out"
    return None


def names_in(text: str) -> Iterator[str]:
    """The names between double brackets, as they were typed."""
    return (found[1] for found in _FIELD.finditer(text))


def fields_in(text: str, kind: LetterKind) -> list[MergeField]:
    """The fields of the kind that stand in a text, each once, in the order of the catalogue."""
    named = {row.key for name in names_in(text) if (row := _named(name))}
    return [row for row in fields_for(kind) if row.key in named]


def clean(text: str) -> str:
    """The text in one normal form, with nothing in it that cannot be seen or that turns the words around it."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one in "\n\t" or not _is_refused(one))


def _is_refused(character: str) -> bool:
    # U+FFFE and its like are no characters, and have no place in XML.
    never = ord(character) & 0xFFFE == 0xFFFE
    return never or unicodedata.category(character) in {"Cc", "Cs"} or character in _TURNING


def _named(name: str) -> MergeField | None:
    return FIELDS.get(_key(name))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _short(name: str) -> str:
    tidy = " ".join(name.split())
    return tidy if len(tidy) <= _SHOWN else f"{tidy[:_SHOWN]}…"
