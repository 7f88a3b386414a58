"""How typed text becomes comparable words, postcodes and numbers, before any of it is hashed."""

import re
import unicodedata
from typing import Final

from referrals.foundation.references import is_reference, normalise_reference

_WORD = re.compile(r"[^\W_]+")
_JOINING = re.compile(r"[-'`\u2010\u2011\u2018\u2019\u02bc]")
# Letters that no decomposition brings to the plain letter people type instead.
_PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
_POSTCODE = re.compile(rf"({_OUTWARD})([0-9][A-Z]{{2}})")
_OUTWARD_ONLY = re.compile(_OUTWARD)
_PHONE = re.compile(r"\+?[0-9 ()./\u00a0\u2010-\u2013-]+")
_EXTENSION = re.compile(r"\s*(?:#|x|ext|extension)\.?\s*[0-9]+\s*$", re.IGNORECASE)
_FEWEST_DIGITS = 6
_MOST_DIGITS = 17


def words(text: str) -> list[str]:
    """Split into words of letters and digits, in small letters, without accents: "José Łuk-7" is jose, luk, 7."""
    return _WORD.findall(_folded(text))


def joined_words(name: str) -> list[str]:
    """As `words`, and then the same with apostrophes and hyphens dropped: "O'Brien" is o, brien, obrien."""
    return list(dict.fromkeys(words(name) + words(without_joints(name))))


def without_joints(name: str) -> str:
    """The name with apostrophes and hyphens dropped, as it is said: "O'Brien-Ng" is OBrienNg."""
    return _JOINING.sub("", name)


def squashed(text: str) -> str:
    """Only the letters and digits, as capitals without accents; for postcodes and reference numbers."""
    return "".join(words(text)).upper()


def outward_code(whole: str) -> str | None:
    """The outward half of a squashed UK postcode ("W128QT" gives "W12"), of an outward code itself, else None."""
    if full := _POSTCODE.fullmatch(whole):
        return full.group(1)
    return whole if _OUTWARD_ONLY.fullmatch(whole) else None


def phone_number(text: str) -> str | None:
    """The digits as dialled in the UK, or None when the text is no phone number.

    +44 20 7946 0018, 0044 20 7946 0018, +44 (0)20 7946 0018 and 020 7946 0018 all give 02079460018; a number of another
    country begins with 00. Extensions are left out.
    """
    number = _EXTENSION.sub("", text.strip())
    if not _PHONE.fullmatch(number):
        return None
    digits = "".join(character for character in number if character.isdigit())
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return None
    if number.startswith("+"):
        digits = "00" + digits
    return "0" + digits[4:].removeprefix("0") if digits.startswith("0044") else digits


def squashed_reference(text: str) -> str:
    """A reference number without spaces and dashes; one of ours also without its R, however it was typed."""
    return squashed(normalise_reference(text) if is_reference(text) else text)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_PLAIN)
