"""How bodies answered the enquiries that were sent in a period: counts, and medians of days."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import select, union_all

from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.reporting.days import number_of as day_number_of
from referrals.reporting.periods import Period
from referrals.reporting.queries.medians import added_up, days_of, middle
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import measures
from referrals.reporting.summaries.facts import REPLIED, WAITING
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import number_of, sums_of

REPLY: Final = measures.REPLY
STILL: Final = measures.STILL


@dataclass(frozen=True, slots=True)
class Replies:
    """What came of the enquiries to one body. `agency` is its code."""

    agency: str
    sent: int
    answered: int
    waiting: int
    given_up: int
    # Those with a published target whose day has come or that were answered, and of them those answered by that day.
    promised: int
    kept: int


@dataclass(frozen=True, slots=True)
class Lasted:
    """The median of calendar days until a reply, or of those still waited; `agency` is None for all bodies."""

    kind: str
    agency: str | None
    median: Decimal


def replies(scope: Scope, period: Period) -> list[Replies]:
    """One line for each body that was asked; one query."""
    asked, promised = measures.ASKED, measures.PROMISED
    # Of what was not answered, the days are those by which it was promised.
    overdue = number_of(measures.MISSED, ReportSum.days < day_number_of(today()))
    query = (
        select(
            ReportSum.code,
            number_of(asked).label("sent"),
            number_of(asked, ReportSum.aspect == REPLIED).label("answered"),
            number_of(asked, ReportSum.aspect == WAITING).label("waiting"),
            (number_of(promised) + overdue).label("promised"),
            number_of(measures.KEPT).label("kept"),
        )
        .where(sums_of(scope, period, asked, promised, measures.MISSED, measures.KEPT))
        .group_by(ReportSum.code)
    )
    return [
        Replies(
            agency=row.code,
            sent=int(row.sent),
            answered=int(row.answered),
            waiting=int(row.waiting),
            given_up=int(row.sent) - int(row.answered) - int(row.waiting),
            promised=int(row.promised),
            kept=int(row.kept),
        )
        for row in db.session.execute(query)
    ]


def lasted(scope: Scope, period: Period) -> list[Lasted]:
    """One line for each kind and body, and for all bodies together; one query."""
    added = added_up(days_of(scope, period, REPLY, STILL, part=ReportSum.code.expression))
    query = union_all(middle(added, by_part=True), middle(added, by_part=False))
    return [
        Lasted(row.kind, None if row.whole else row.part, _days(row.kind, Decimal(int(row.low) + int(row.high)) / 2))
        for row in db.session.execute(query)
    ]


def _days(kind: str, middle: Decimal) -> Decimal:
    """With an even number the median lies between two. What is still waited for is kept by the day it was sent."""
    return day_number_of(today()) - middle if kind == STILL else middle
