"""What each of some months received and closed, and how much of it was resolved: the figures that anybody may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from referrals.casework.workflow import states
from referrals.foundation.database import db
from referrals.reporting.days import month_of
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.measures import CLOSED, ENDED, RECEIVED
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import number_of, sums_until

# What counts as resolved, as codes of the list resolutions.
RESOLVED: Final = ("resolved_in_full", "resolved_in_part")


@dataclass(frozen=True, slots=True)
class Closing:
    """What happened in one month to referrals of one category. Resolved are those of the closed ones that are."""

    month: str
    category: str
    received: int
    closed: int
    resolved: int


def closings(scope: Scope, months: Iterable[Period]) -> list[Closing]:
    """One line for each of the months and each category that has any at all; one query."""
    found = list(months)
    columns = []
    for month in found:
        here = ReportSum.month == month_of(month.last)
        columns += [
            number_of(RECEIVED, here).label(f"received {month.code}"),
            number_of(ENDED, ReportSum.code == states.CLOSED, here).label(f"closed {month.code}"),
            number_of(CLOSED, ReportSum.code.in_(RESOLVED), here).label(f"resolved {month.code}"),
        ]
    latest = max(found, key=lambda month: month.last)
    query = (
        select(ReportSum.category, *columns)
        .where(sums_until(scope, latest, RECEIVED, ENDED, CLOSED))
        .group_by(ReportSum.category)
    )
    return [
        Closing(month.code, row["category"], *(int(row[f"{name} {month.code}"]) for name in _MEASURES))
        for row in db.session.execute(query).mappings()
        for month in found
    ]


_MEASURES: Final = ("received", "closed", "resolved")
