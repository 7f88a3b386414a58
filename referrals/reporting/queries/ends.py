"""How many days the referrals that ended in a period took, each number of days with how many took it."""

from collections.abc import Mapping

from sqlalchemy import func, select

from referrals.casework.models import Referral
from referrals.foundation.database import db
from referrals.reporting.days import london_day_number
from referrals.reporting.periods import Period
from referrals.reporting.queries.within import within
from referrals.reporting.scope import Scope


def days_to_the_end(scope: Scope, period: Period) -> Mapping[int, int]:
    """From the day it was sent to the day it ended; one query."""
    days = (london_day_number(Referral.ended_at) - london_day_number(Referral.submitted_at)).label("days")
    each = select(days).where(
        scope.covers(), within(Referral.ended_at, period), Referral.submitted_at <= Referral.ended_at
    )
    column = each.subquery().c
    query = select(column.days, func.count()).group_by(column.days)
    return {int(row[0]): int(row[1]) for row in db.session.execute(query)}
