"""Postcodes as people type them, brought into the one form in which they are stored and compared."""

import re
from typing import Final

from referrals.foundation.errors import DomainError

MISSING: Final = "Enter a postcode"
NOT_ONE: Final = "Enter a full UK postcode, like W12 7RQ"

# The shapes of BS 7666 as the postal service uses them: A9, A99, AA9, AA99, A9A and AA9A before the gap, 9AA after it,
# where C I K M O V never stand at the end; and the one old odd one, GIR 0AA.
_WHOLE: Final = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?|GIR)([0-9][ABD-HJLNP-UW-Z]{2})")
_LONGEST_TYPED: Final = 40
_LETTERS_FOR_DIGITS: Final = str.maketrans("OIL", "011")


class BadPostcode(DomainError):
    """The text is no postcode; the message can be shown beside the field."""

    message = NOT_ONE


def normalise_postcode(text: str) -> str:
    """Return a postcode in capitals with one space ("W12 7RQ"), whatever its case, spaces, dots and dashes.

    The letters O, I and L are taken for digits at the one place where only a digit can stand. Raises BadPostcode.
    """
    if not text.strip():
        raise BadPostcode(MISSING)
    if len(text) > _LONGEST_TYPED:
        raise BadPostcode
    squeezed = re.sub(r"[\s.\-\u2010-\u2014]", "", text).upper()
    outward, inward = squeezed[:-3], squeezed[-3:]
    match = _WHOLE.fullmatch(outward + inward[:1].translate(_LETTERS_FOR_DIGITS) + inward[1:])
    if match is None:
        raise BadPostcode
    return f"{match.group(1)} {match.group(2)}"
