"""How many referrals came in, were decided, and ended in a period."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from referrals.casework.workflow import states
from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.measures import ACCEPTED, ENDED, OVER, RECEIVED
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import in_months, number_of, sums_until


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

    def ended_as(state: str) -> ColumnElement[Any]:
        return number_of(ENDED, ReportSum.code == state, in_months(period))

    query = (
        select(
            ReportSum.category,
            number_of(RECEIVED, in_months(period)).label("received"),
            number_of(ACCEPTED, in_months(period)).label("accepted"),
            ended_as(states.DECLINED).label("declined"),
            ended_as(states.RETURNED_WITH_ADVICE).label("returned"),
            ended_as(states.WITHDRAWN).label("withdrawn"),
            ended_as(states.CLOSED).label("closed"),
            (number_of(RECEIVED) - number_of(OVER)).label("left_open"),
        )
        .where(sums_until(scope, period, RECEIVED, ACCEPTED, ENDED, OVER))
        .group_by(ReportSum.category)
    )
    return [
        Flow(
            category=row.category,
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
