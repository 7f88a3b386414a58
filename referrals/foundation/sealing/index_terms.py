"""The terms of the blind index: what of a name, a text, a postcode or a number is hashed when it is stored."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final
from uuid import UUID

from referrals.foundation.sealing.index_words import (
    joined_words,
    outward_code,
    phone_number,
    squashed,
    squashed_reference,
    without_joints,
    words,
)
from referrals.foundation.sealing.sounds import sounds

SHORTEST_PREFIX: Final = 3
LONGEST_PREFIX: Final = 12
PHONE_ENDING: Final = 6
# An agency's number that is shorter, or has fewer digits, may well be somebody else's with another branch of it.
SHORTEST_CASE: Final = 6
FEWEST_DIGITS: Final = 4


class Kind(StrEnum):
    """What a token is made from; the value is part of the hash, so the kinds never match each other."""

    NAME = "name"
    SOUND = "sound"
    TEXT = "text"
    POSTCODE = "postcode"
    PHONE = "phone"
    REFERENCE = "reference"
    # Of the service itself, in no organisation's index: somebody at an address, and a case of an agency.
    PERSON = "person"
    CASE = "case"


def name_terms(name: str) -> list[str]:
    """Each word and its beginnings of 3 to 12 letters, also with O'Brien as obrien."""
    return [beginning for word in joined_words(name) for beginning in _beginnings(word)]


def sound_terms(name: str) -> list[str]:
    """How each word sounds (sounds.py)."""
    return [code for word in joined_words(name) for code in sounds(word)]


def text_terms(text: str) -> list[str]:
    """Whole words and numbers of two characters or more."""
    return [word for word in words(text) if len(word) > 1]


def postcode_terms(postcode: str) -> list[str]:
    """The whole, and its outward half (W12 of W12 8QT)."""
    whole = squashed(postcode)
    return [part for part in (whole, outward_code(whole)) if part]


def phone_terms(phone: str) -> list[str]:
    """The whole as dialled in the UK, and its last six digits."""
    number = phone_number(phone)
    return [number, number[-PHONE_ENDING:]] if number else []


def reference_terms(reference: str) -> list[str]:
    """A reference number, ours or an agency's, however it is spaced."""
    code = squashed_reference(reference)
    return [code] if code else []


def person_terms(name: str, postcode: str) -> list[str]:
    """Somebody at an address: first and last word of the name in either order, together with the whole postcode.

    None for a name of one word, or for half a postcode: too many people share those. Names in between are often left
    out, and so they are here.
    """
    found, whole = words(without_joints(name)), squashed(postcode)
    if len(found) == 1 or not found or outward_code(whole) in (None, whole):
        return []
    return [" ".join((*sorted((found[0], found[-1])), whole))]


def case_terms(agency_id: UUID, reference: str) -> list[str]:
    """An agency's own case: which agency it is, together with its reference number where that is long enough."""
    code = squashed_reference(reference)
    if len(code) < SHORTEST_CASE or sum(map(str.isdigit, code)) < FEWEST_DIGITS:
        return []
    return [f"{agency_id.hex} {code}"]


def first_and_last(name: str) -> str:
    """The first and the last word of a name, as they are said: names in between are often left out."""
    found = words(without_joints(name))
    return " ".join(dict.fromkeys((found[0], found[-1]))) if found else ""


def _beginnings(word: str) -> list[str]:
    longest = min(len(word), LONGEST_PREFIX)
    # A shorter name is found by the whole of it.
    return [word[:length] for length in range(min(SHORTEST_PREFIX, longest), longest + 1)]


def _typed_name(text: str) -> list[str]:
    return [word[:LONGEST_PREFIX] for word in words(text)]


def _typed_postcode(text: str) -> list[str]:
    whole = squashed(text)
    return [whole] if outward_code(whole) else []


def _typed_phone(text: str) -> list[str]:
    number = phone_number(text)
    if not number:
        return []
    # A number without its area code can only be found by its ending.
    return [number if number.startswith("0") else number[-PHONE_ENDING:]]


def _typed_reference(text: str) -> list[str]:
    code = squashed_reference(text)
    return [code] if any(character.isdigit() for character in code) else []


# What is looked for when somebody typed a text: by kind, the terms that must all be there; none where it cannot be.
TYPED: Final[dict[Kind, Callable[[str], list[str]]]] = {
    Kind.NAME: _typed_name,
    Kind.TEXT: text_terms,
    Kind.POSTCODE: _typed_postcode,
    Kind.PHONE: _typed_phone,
    Kind.REFERENCE: _typed_reference,
}


def typed_sounds(text: str) -> list[list[str]]:
    """How each word typed sounds; a word with an apostrophe as it is said, in one: O'Brian as obrian."""
    return [sounds(word) for word in words(without_joints(text))]
