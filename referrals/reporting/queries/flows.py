"""How many referrals came in, were decided, and ended in a period."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from referrals.casework.models import Referral
from referrals.casework.workflow import states
from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.queries.within import count_where, within
from referrals.reporting.scope import Scope


@dataclass(frozen=True, slots=True)
class Flow:
    """What happened in the period to referrals of one category. A referral may count in several of these."""

    category: str
    received: int
    accepted: int
    declined: int
    returned: int
    withdrawn: int
    closed: int
    # Open at the end of the period.
    left_open: int


def flows(scope: Scope, period: Period) -> list[Flow]:
    """One line a category that has any; one query."""

    def ended_as(state: str) -> ColumnElement[int]:
        return count_where((Referral.state == state) & within(Referral.ended_at, period))

    query = (
        select(
            Referral.category,
            count_where(within(Referral.submitted_at, period)).label("received"),
            count_where(within(Referral.accepted_at, period)).label("accepted"),
            ended_as(states.DECLINED).label("declined"),
            ended_as(states.RETURNED_WITH_ADVICE).label("returned"),
            ended_as(states.WITHDRAWN).label("withdrawn"),
            ended_as(states.CLOSED).label("closed"),
            count_where(or_(Referral.ended_at.is_(None), Referral.ended_at >= period.ends)).label("left_open"),
        )
        # What came in later is no part of the period in any way.
        .where(scope.covers(), Referral.submitted_at < period.ends)
        .group_by(Referral.category)
    )
    return [
        Flow(
            category=row.category or "",
            received=int(row.received),
            accepted=int(row.accepted),
            declined=int(row.declined),
            returned=int(row.returned),
            withdrawn=int(row.withdrawn),
            closed=int(row.closed),
            left_open=int(row.left_open),
        )
        for row in db.session.execute(query)
    ]
