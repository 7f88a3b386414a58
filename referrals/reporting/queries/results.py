"""What came of referrals: results and their codes, with what the group said to them and whether there is evidence."""

from dataclasses import dataclass

from sqlalchemy import select

from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.measures import CLOSED, OUTCOME_CODE, RESULT
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import number_of, sums_of


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
    kinds = (ReportSum.category, ReportSum.code, ReportSum.aspect, ReportSum.evidenced)
    query = (
        select(*kinds, number_of(RESULT).label("recorded"), number_of(CLOSED).label("closed"))
        .where(sums_of(scope, period, RESULT, CLOSED))
        .group_by(*kinds)
    )
    return [
        Result(row.category, row.code, row.aspect, bool(row.evidenced), int(row.recorded), int(row.closed))
        for row in db.session.execute(query)
    ]


def codes(scope: Scope, period: Period) -> list[Code]:
    """One line for each code, standing and evidence that there is; one query."""
    kinds = (ReportSum.code, ReportSum.aspect, ReportSum.evidenced)
    query = (
        select(*kinds, number_of(OUTCOME_CODE).label("recorded"))
        .where(sums_of(scope, period, OUTCOME_CODE))
        .group_by(*kinds)
    )
    return [Code(row.code, row.aspect, bool(row.evidenced), int(row.recorded)) for row in db.session.execute(query)]
