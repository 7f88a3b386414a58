"""What was decided about the referrals that came in during a period, by category, month and reason."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, literal, select

from referrals.casework.workflow import states
from referrals.foundation.database import db
from referrals.reporting.days import first_of_month
from referrals.reporting.months import month_of
from referrals.reporting.periods import Period
from referrals.reporting.queries.spreads import Spread, spreads
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import measures
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import sums_of

TAKEN_ON: Final = measures.TAKEN_ON
UNDECIDED: Final = measures.UNDECIDED
# Every way it can stand with a referral, in the order in which people ask for them.
DECISIONS: Final = (TAKEN_ON, states.DECLINED, states.RETURNED_WITH_ADVICE, states.WITHDRAWN, UNDECIDED)
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
    kinds = (ReportSum.category, ReportSum.month, ReportSum.aspect, ReportSum.code)
    query = (
        select(*kinds, func.sum(ReportSum.number).label("number"))
        .where(sums_of(scope, period, measures.DECISION))
        .group_by(*kinds)
    )
    return [
        Decided(row.category, month_of(first_of_month(row.month)).code, row.aspect, row.code or None, int(row.number))
        for row in db.session.execute(query)
    ]


def decision_days(scope: Scope, period: Period) -> list[Spread]:
    """Days from sent to decided, for each decision of the office and for ANY, with categories as parts; two queries."""
    each = ReportSum.aspect.expression
    return spreads([_days(scope, period, literal(ANY)), _days(scope, period, each)])


def _days(scope: Scope, period: Period, kind: ColumnElement[str]) -> Select[*tuple[Any, ...]]:
    columns = (kind.label("kind"), ReportSum.category.label("part"), ReportSum.days.label("days"))
    return (
        select(*columns, func.sum(ReportSum.number).label("number"))
        .where(sums_of(scope, period, measures.DECISION_DAYS))
        .group_by(*columns)
    )
