"""The counts of the report on waiting, by the keys under which they are known wherever they matter."""

from collections.abc import Mapping

from referrals.reporting.deduction import Edge, Key, alone
from referrals.reporting.reports.outcomes.counts import waited


def band(place: int) -> Key:
    """The key of how many residents had waited so long before they were referred: the place among queries.WAITED."""
    return "band", str(place)


def edges_of(categories: Mapping[str, int], bands: Mapping[int, int]) -> list[Edge]:
    """Each count by its key: those of whom it is known since when they waited, by category and by band."""
    return [
        alone(waited(), sum(categories.values())),
        *(alone(waited(category), number) for category, number in categories.items()),
        *(alone(band(place), number) for place, number in bands.items()),
    ]
