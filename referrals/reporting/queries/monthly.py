"""What came in and what went out, month by month, with what was open in between."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from referrals.casework.models import Referral
from referrals.foundation.database import db
from referrals.reporting.days import london_month
from referrals.reporting.scope import Scope


def came_in(scope: Scope) -> Mapping[str, int]:
    """Referrals by the month in which they were sent; one query."""
    return _by_month(scope, Referral.submitted_at, Referral.submitted_at.is_not(None))


def went_out(scope: Scope) -> Mapping[str, int]:
    """Referrals that are over, by the month in which they ended; one query."""
    return _by_month(scope, Referral.ended_at, Referral.ended_at.is_not(None))


def _by_month(
    scope: Scope, moment: InstrumentedAttribute[datetime | None], where: ColumnElement[bool]
) -> dict[str, int]:
    month = london_month(moment).label("month")
    each = select(month).where(scope.covers(), where).subquery()
    query = select(each.c.month, func.count()).group_by(each.c.month)
    return {row[0]: int(row[1]) for row in db.session.execute(query)}
