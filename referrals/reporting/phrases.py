"""Numbers as a sentence says them: "1 day", "42 referrals", "31 of 42"."""

from collections.abc import Sequence
from decimal import Decimal


def days(number: Decimal | int) -> str:
    """Days in words, like "1 day" or "4.5 days"."""
    text = f"{number:,}".removesuffix(".0")
    return f"{text} day" if text == "1" else f"{text} days"


def referrals(number: int) -> str:
    """Referrals in words, like "1 referral"."""
    return "1 referral" if number == 1 else f"{number:,} referrals"


def was(number: int) -> str:
    """The verb that goes with a number of them."""
    return "was" if number == 1 else "were"


def listed(parts: Sequence[str]) -> str:
    """Several things in one sentence: "one, two and three"."""
    return " and ".join(one for one in (", ".join(parts[:-1]), *parts[-1:]) if one)


def percent(part: int, whole: int) -> int | None:
    """A whole percentage, halves up; None of nothing. The part never comes to more than the whole."""
    return (200 * min(part, whole) + whole) // (2 * whole) if whole else None


def pounds(amount: Decimal) -> str:
    """An amount like "£4,378.40", and "£200" without pence."""
    return f"£{amount:,.2f}".removesuffix(".00")
