"""What came in and what was closed, month by month."""

from collections import Counter

from sqlalchemy import func, or_, select

from referrals.casework.workflow import states
from referrals.foundation.database import db
from referrals.reporting.days import first_of_month
from referrals.reporting.months import month_of
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.measures import ENDED, RECEIVED
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import sums_of


def received_and_closed(scope: Scope, period: Period) -> tuple[Counter[str], Counter[str]]:
    """Referrals by the month in which they were sent, and by that in which they were closed; one query."""
    query = (
        select(ReportSum.measure, ReportSum.month, func.sum(ReportSum.number).label("number"))
        .where(
            sums_of(scope, period, RECEIVED, ENDED),
            or_(ReportSum.measure == RECEIVED, ReportSum.code == states.CLOSED),
        )
        .group_by(ReportSum.measure, ReportSum.month)
    )
    received, closed = Counter[str](), Counter[str]()
    for row in db.session.execute(query):
        (received if row.measure == RECEIVED else closed)[month_of(first_of_month(row.month)).code] = int(row.number)
    return received, closed
