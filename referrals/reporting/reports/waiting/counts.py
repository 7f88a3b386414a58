"""The counts of the report on waiting, by the keys under which they are known wherever they matter."""

from referrals.reporting.deduction import Key


def band(place: str) -> Key:
    """The key of how many residents had waited so long before they were referred: the place among queries.WAITED."""
    return "band", place
