"""How many days the referrals that ended in a period took, each number of days with how many took it."""

from collections.abc import Mapping

from sqlalchemy import func, select

from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.measures import WHOLE
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import sums_of


def days_to_the_end(scope: Scope, period: Period) -> Mapping[int, int]:
    """From the day it was sent to the day it ended; one query."""
    query = (
        select(ReportSum.days, func.sum(ReportSum.number)).where(sums_of(scope, period, WHOLE)).group_by(ReportSum.days)
    )
    return {days: int(number) for days, number in db.session.execute(query)}
