"""Where a number of days lies among bands, so that a picture of the bands can mark it."""

from collections.abc import Sequence
from decimal import Decimal

from referrals.reporting import phrases
from referrals.reporting.report import Mark


def half_and_nine_of_ten(median: Decimal, most: int, bands: Sequence[int]) -> tuple[Mark, Mark]:
    """The two marks that a distribution of days has; the bands go up to and including each number, and the last on."""
    return (
        Mark(f"Half within {phrases.days(median)}", place(median, bands)),
        Mark(f"Nine of ten within {phrases.days(most)}", place(most, bands)),
    )


def place(days: Decimal | int, bands: Sequence[int]) -> float:
    """How many bands lie before these days, with the part of their own: 2.5 is midway in the third."""
    begin = 0
    for index, most in enumerate(bands):
        if days < most + 1:
            return index + (float(days) - begin + 0.5) / (most + 1 - begin) if days <= most else float(index + 1)
        begin = most + 1
    # The last one has no end.
    return len(bands) + 0.5
