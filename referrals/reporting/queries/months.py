"""What came in and what was closed, month by month."""

from collections import Counter

from sqlalchemy import func, literal, select, union_all

from referrals.casework.models import Referral
from referrals.casework.workflow import states
from referrals.foundation.database import db
from referrals.reporting.days import london_month
from referrals.reporting.periods import Period
from referrals.reporting.queries.within import within
from referrals.reporting.scope import Scope


def received_and_closed(scope: Scope, period: Period) -> tuple[Counter[str], Counter[str]]:
    """Referrals by the month in which they were sent, and by that in which they were closed; one query."""
    each = union_all(
        select(literal("received").label("kind"), london_month(Referral.submitted_at).label("month")).where(
            scope.covers(), within(Referral.submitted_at, period)
        ),
        select(literal("closed").label("kind"), london_month(Referral.ended_at).label("month")).where(
            scope.covers(), within(Referral.ended_at, period), Referral.state == states.CLOSED
        ),
    ).subquery()
    query = select(each.c.kind, each.c.month, func.count().label("number")).group_by(each.c.kind, each.c.month)
    received, closed = Counter[str](), Counter[str]()
    for row in db.session.execute(query):
        (received if row.kind == "received" else closed)[row.month] = int(row.number)
    return received, closed
