"""Money in reports: what the kinds and bases are called, and which sums others may see."""

from decimal import Decimal
from typing import Final

from referrals.directory import lists
from referrals.reporting.disclosure import rounded_pounds
from referrals.reporting.queries import Sums

FEWEST_RESIDENTS: Final = 3
RECURRING: Final = "recurring"
# The list calls a basis "Confirmed" too, which beside "confirmed by the group" would say two things in one word.
_BASES: Final = {"confirmed": "paid or decided", "estimated": "estimated", "predicted": "expected, not decided yet"}

Shown = tuple[Decimal | None, Decimal | None, Decimal | None]


def name_of(kind: str, basis: str) -> str:
    """What a line of money is called, like "Regular payment, in a year: estimated"."""
    words = lists.label("money_kinds", kind)
    in_a_year = ", in a year" if kind == RECURRING else ""
    return f"{words}{in_a_year}: {_BASES.get(basis) or lists.label('money_bases', basis).lower()}"


def in_order(found: list[Sums]) -> list[Sums]:
    """By kind and basis as the lists have them."""
    kinds = [item.code for item in lists.items("money_kinds")]
    bases = [item.code for item in lists.items("money_bases")]
    return sorted(found, key=lambda sums: (kinds.index(sums.kind), bases.index(sums.basis)))


def exact(sums: Sums) -> Shown:
    """Claimed, confirmed and evidenced, to the penny."""
    return sums.claimed, sums.confirmed, sums.evidenced


def guarded(sums: Sums, threshold: int) -> Shown:
    """The same as others may see them, to the nearest 100 pounds, or None.

    Enough referrals stand behind each sum that is shown, and behind each difference between two of them: otherwise the
    sum of a single person could be had by taking one from the other.
    """
    fewest = max(threshold, FEWEST_RESIDENTS)

    def apart(behind: int) -> bool:
        return behind == 0 or behind >= fewest

    claimed = sums.behind_claimed >= fewest
    confirmed = claimed and sums.behind_confirmed >= fewest and apart(sums.apart_claimed_confirmed)
    evidenced = (
        claimed
        and sums.behind_evidenced >= fewest
        and apart(sums.apart_claimed_evidenced)
        and (not confirmed or apart(sums.apart_confirmed_evidenced))
    )
    return (
        rounded_pounds(sums.claimed) if claimed else None,
        rounded_pounds(sums.confirmed) if confirmed else None,
        rounded_pounds(sums.evidenced) if evidenced else None,
    )
