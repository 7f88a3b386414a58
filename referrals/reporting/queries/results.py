"""What came of referrals: results and their codes, with what the group said to them and whether there is evidence."""

from dataclasses import dataclass

from sqlalchemy import func, or_

from referrals.casework.models import Outcome, OutcomeCode, Referral
from referrals.casework.workflow import states
from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.queries.within import count_where, standing_results, within
from referrals.reporting.scope import Scope


@dataclass(frozen=True, slots=True)
class Result:
    """How many results of one kind there are. `standing` is claimed, confirmed, disputed or unanswered."""

    category: str
    resolution: str
    standing: str
    evidenced: bool
    # Recorded in the period.
    recorded: int
    # Of referrals that were closed in the period, whenever it was recorded.
    closed: int


@dataclass(frozen=True, slots=True)
class Code:
    """How many results recorded in the period carry one outcome code."""

    code: str
    standing: str
    evidenced: bool
    recorded: int


def results(scope: Scope, period: Period) -> list[Result]:
    """One line for each combination that there is; one query."""
    kinds = (Referral.category, Outcome.resolution, Outcome.standing, Outcome.evidenced)
    recorded = within(Outcome.recorded_at, period)
    closed = (Referral.state == states.CLOSED) & within(Referral.ended_at, period)
    query = (
        standing_results(scope, *kinds, count_where(recorded).label("recorded"), count_where(closed).label("closed"))
        .where(or_(recorded, closed))
        .group_by(*kinds)
    )
    return [
        Result(row.category or "", row.resolution, row.standing, row.evidenced, int(row.recorded), int(row.closed))
        for row in db.session.execute(query)
    ]


def codes(scope: Scope, period: Period) -> list[Code]:
    """One line for each code, standing and evidence that there is; one query."""
    kinds = (OutcomeCode.code, Outcome.standing, Outcome.evidenced)
    query = (
        standing_results(scope, *kinds, func.count().label("recorded"))
        .join(OutcomeCode, OutcomeCode.outcome_id == Outcome.id)
        .where(within(Outcome.recorded_at, period))
        .group_by(*kinds)
    )
    return [Code(row.code, row.standing, row.evidenced, row.recorded) for row in db.session.execute(query)]
