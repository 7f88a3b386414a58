"""What has become, until today, of the referrals that came in during a period."""

from dataclasses import dataclass

from sqlalchemy import func, select

from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.measures import BECAME, LEFT, NO_RESULT_YET
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import sums_of

__all__ = ["LEFT", "NO_RESULT_YET", "Became", "became"]


@dataclass(frozen=True, slots=True)
class Became:
    """How many stand one way; `result` is the resolution, NO_RESULT_YET or LEFT of what was taken on, else ""."""

    decision: str
    result: str
    number: int


def became(scope: Scope, period: Period) -> list[Became]:
    """One line for each way there is among the referrals sent in the period; one query."""
    query = (
        select(ReportSum.code, ReportSum.aspect, func.sum(ReportSum.number))
        .where(sums_of(scope, period, BECAME))
        .group_by(ReportSum.code, ReportSum.aspect)
    )
    return [Became(decision, result, int(number)) for decision, result, number in db.session.execute(query)]
