"""The net of areas and their MPs, which has to do with no referral."""

from referrals.reporting.deduction import Edge
from referrals.reporting.nets.numbers import Numbers
from referrals.reporting.reports.together import counts


def edges(numbers: Numbers) -> list[Edge]:
    """As the report itself adds them up."""
    found = {count.key: count.value for count in numbers.beginning(counts.NAME)}
    return counts.edges_of(found) if found else []
