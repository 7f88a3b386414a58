"""What has become, until today, of the referrals that came in during a period."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, case, func, literal, select

from referrals.casework.models import Outcome, Referral
from referrals.casework.workflow import states
from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.queries.decisions import TAKEN_ON, decision_of
from referrals.reporting.queries.within import within
from referrals.reporting.scope import Scope

NO_RESULT_YET: Final = "no_result_yet"
# Withdrawn or sent back after it was taken on: over, without a result.
LEFT: Final = "left"


@dataclass(frozen=True, slots=True)
class Became:
    """How many stand one way; `result` is the resolution, NO_RESULT_YET or LEFT of what was taken on, else ""."""

    decision: str
    result: str
    number: int


def became(scope: Scope, period: Period) -> list[Became]:
    """One line for each way there is among the referrals sent in the period; one query."""
    decision = decision_of().label("decision")
    each = (
        select(decision, case((decision_of() == TAKEN_ON, _result()), else_="").label("result"))
        .select_from(Referral)
        .outerjoin(Outcome, and_(Outcome.referral_id == Referral.id, Outcome.superseded_at.is_(None)))
        .where(scope.covers(), within(Referral.submitted_at, period))
        .subquery()
    )
    kinds = (each.c.decision, each.c.result)
    query = select(*kinds, func.count().label("number")).group_by(*kinds)
    return [Became(row.decision, row.result, int(row.number)) for row in db.session.execute(query)]


def _result() -> ColumnElement[str]:
    """A result that the group disputed, so that the work goes on, is none."""
    return case(
        (
            and_(Referral.state.in_((states.CLOSED, states.OUTCOME_RECORDED)), Outcome.id.is_not(None)),
            Outcome.resolution,
        ),
        (Referral.state.in_(states.ENDED_STATES), literal(LEFT)),
        else_=literal(NO_RESULT_YET),
    )
