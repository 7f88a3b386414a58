"""Human references such as `R-7K3F-92X`: made at random, read back from whatever a person typed, and checked."""

import re
import secrets
from random import Random
from typing import Final

# No vowels, so no words appear; no 0/O, 1/I/L, S/5, B/8 style look-alikes beyond the digit of each pair; 23 is prime.
ALPHABET: Final = "23456789CDFGHJKMNPRTVWX"
EXAMPLE: Final = "R-7K3F-92X"

_BODY = 6
_MODULUS = len(ALPHABET)
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
# All weights differ and none is 0 modulo 23, so each wrong character and each swap changes the sum.
_WEIGHTS = (2, 3, 4, 5, 6, 7)
_DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2212_"
_PREFIX = re.compile(rf"\s*R\s*[{_DASHES}]")
_SEPARATORS = re.compile(rf"[\s{_DASHES}]+")


class BadReference(ValueError):
    """The text is not a reference of ours; the message is a plain sentence that can be shown to the person."""


def new_reference(random: Random | None = None) -> str:
    """Return a fresh reference in its printed form, from the system's secure source.

    `random` replaces that source where the same data must come out twice (demonstration data). There are 23**6, about
    148 million, references: the caller's unique constraint is what decides whether one is taken.
    """
    source = random or secrets.SystemRandom()
    body = "".join(source.choices(ALPHABET, k=_BODY))
    return _printed(body + _check_character(body))


def normalise_reference(text: str) -> str:
    """Return `text` in the printed form `R-7K3F-92X`.

    Lower case, spaces, and missing or odd dashes are forgiven, and the `R-` may be left out. Raises `BadReference` when
    characters are missing, not of the alphabet, or do not agree with the check character.
    """
    code = _bare_code(text.upper())
    if not code:
        raise BadReference(f"Enter a reference, like {EXAMPLE}.")
    if any(character not in _VALUE for character in code):
        raise BadReference(
            f"A reference has only numbers and capital letters, and never 0, 1 or a vowel, like {EXAMPLE}."
        )
    if len(code) != _BODY + 1:
        raise BadReference(f"A reference has 7 characters after the first R, like {EXAMPLE}.")
    if _check_character(code[:_BODY]) != code[_BODY]:
        raise BadReference("That reference is not right. Check it for a mistyped or swapped character.")
    return _printed(code)


def is_reference(text: str) -> bool:
    """Say whether `normalise_reference` would accept `text`."""
    try:
        normalise_reference(text)
    except BadReference:
        return False
    return True


def _bare_code(text: str) -> str:
    # With a dash after the R it is surely the prefix; without one, only the length tells prefix from first character.
    without_prefix = _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text
    code = _SEPARATORS.sub("", without_prefix)
    if without_prefix is text and len(code) == _BODY + 2 and code.startswith("R"):
        return code[1:]
    return code


def _check_character(body: str) -> str:
    total = sum(weight * _VALUE[character] for weight, character in zip(_WEIGHTS, body, strict=True))
    return ALPHABET[-total % _MODULUS]


def _printed(code: str) -> str:
    return f"R-{code[:4]}-{code[4:]}"
