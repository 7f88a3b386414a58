"""What was decided about the referrals that came in during a period, by category, month and reason."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from referrals.casework.models import Referral
from referrals.casework.workflow import states
from referrals.foundation.database import db
from referrals.reporting.days import london_day_number, london_month
from referrals.reporting.periods import Period
from referrals.reporting.queries.spreads import Spread, spreads
from referrals.reporting.queries.within import within
from referrals.reporting.scope import Scope

TAKEN_ON: Final = "taken_on"
DECLINED: Final = states.DECLINED
RETURNED: Final = states.RETURNED_WITH_ADVICE
WITHDRAWN: Final = states.WITHDRAWN
UNDECIDED: Final = "undecided"
# Every way it can stand with a referral, in the order in which people ask for them.
DECISIONS: Final = (TAKEN_ON, DECLINED, RETURNED, WITHDRAWN, UNDECIDED)
# The kind of days that are those of every decision.
ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class Decided:
    """How many referrals of one category, sent in one month, stand one way for one reason."""

    category: str
    month: str
    decision: str
    reason: str | None
    number: int


def decisions(scope: Scope, period: Period) -> list[Decided]:
    """One line for each combination that there is among the referrals sent in the period; one query."""
    month = london_month(Referral.submitted_at).label("month")
    decision, category = _decision().label("decision"), func.coalesce(Referral.category, "").label("category")
    reason = case((_decision().in_((DECLINED, RETURNED, WITHDRAWN)), Referral.end_reason)).label("reason")
    each = select(month, decision, category, reason).where(scope.covers(), within(Referral.submitted_at, period))
    column = each.subquery().c
    kinds = (column.category, column.month, column.decision, column.reason)
    query = select(*kinds, func.count().label("number")).group_by(*kinds)
    return [
        Decided(row.category, row.month, row.decision, row.reason, int(row.number)) for row in db.session.execute(query)
    ]


def decision_days(scope: Scope, period: Period) -> list[Spread]:
    """Days from sent to decided, for each decision of the office and for ANY, with categories as parts; two queries."""
    return spreads([_days(scope, period, literal(ANY)), _days(scope, period, _decision())])


def _decision() -> ColumnElement[str]:
    """How it stands today: what was taken on once counts as taken on, whatever came after."""
    ends = (states.DECLINED, states.RETURNED_WITH_ADVICE, states.WITHDRAWN)
    return case(
        (or_(Referral.accepted_at.is_not(None), Referral.started_at.is_not(None)), TAKEN_ON),
        (Referral.state.in_(ends), Referral.state),
        (Referral.state.in_((states.SUBMITTED, states.INFORMATION_REQUESTED)), UNDECIDED),
        else_=TAKEN_ON,
    )


def _days(scope: Scope, period: Period, kind: ColumnElement[str]) -> Select[*tuple[Any, ...]]:
    decided = case((Referral.accepted_at.is_not(None), Referral.accepted_at), else_=Referral.ended_at)
    refused = and_(Referral.started_at.is_(None), Referral.state.in_((DECLINED, RETURNED)))
    each = (
        select(
            kind.label("kind"),
            func.coalesce(Referral.category, "").label("part"),
            (london_day_number(decided) - london_day_number(Referral.submitted_at)).label("days"),
        )
        # A withdrawal is no decision of the office, and of what it took up again nobody knows the day.
        .where(scope.covers(), within(Referral.submitted_at, period), or_(Referral.accepted_at.is_not(None), refused))
        .subquery()
    )
    column = each.c
    return select(column.kind, column.part, column.days, func.count().label("number")).group_by(
        column.kind, column.part, column.days
    )
