"""What came in and what went out, month by month, with what was open in between."""

from collections.abc import Mapping

from sqlalchemy import func, select

from referrals.foundation.database import db
from referrals.reporting.days import first_of_month
from referrals.reporting.months import month_of
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.measures import ENDED, RECEIVED
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import sums_ever


def came_in(scope: Scope) -> Mapping[str, int]:
    """Referrals by the month in which they were sent; one query."""
    return by_month(scope, RECEIVED)


def went_out(scope: Scope) -> Mapping[str, int]:
    """Referrals that are over, by the month in which they ended; one query."""
    return by_month(scope, ENDED)


def by_month(scope: Scope, measure: str) -> dict[str, int]:
    """What one measure counts, by month; one query."""
    query = (
        select(ReportSum.month, func.sum(ReportSum.number)).where(sums_ever(scope, measure)).group_by(ReportSum.month)
    )
    return {month_of(first_of_month(row[0])).code: int(row[1]) for row in db.session.execute(query)}
