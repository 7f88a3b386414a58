"""How long each turn lasted, and how long those last that are not over."""

from typing import Final

from sqlalchemy import Date, bindparam, func, literal, select

from referrals.casework.models import Referral
from referrals.foundation.clock import today
from referrals.reporting.days import day_number, london_day_number
from referrals.reporting.periods import Period
from referrals.reporting.queries.spreads import Spread, spreads
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import facts, measures
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import sums_of

DECIDING: Final = facts.DECIDING
WORKING: Final = facts.WORKING
ANSWERING: Final = facts.ANSWERING
CHECKING: Final = facts.CHECKING
REPLYING: Final = facts.REPLYING


def turns_over(scope: Scope, period: Period) -> list[Spread]:
    """The days of each turn that ended in the period, by whose it was (one of the above); two queries."""
    columns = (ReportSum.code.label("kind"), literal("").label("part"), ReportSum.days.label("days"))
    query = (
        select(*columns, func.sum(ReportSum.number).label("number"))
        .where(sums_of(scope, period, measures.TURN))
        .group_by(ReportSum.code, ReportSum.days)
    )
    return spreads([query])


def turns_now(scope: Scope) -> list[Spread]:
    """The days of each turn that lasts at this moment, by whose it is (a code of workflow.Waiting); two queries."""
    # Typed, so that the database is told that it is a date.
    now = day_number(bindparam("now", today(), type_=Date))
    days = (now - london_day_number(Referral.waiting_on_since)).label("days")
    each = (
        select(Referral.waiting_on.label("kind"), days)
        .where(scope.covers(), Referral.ended_at.is_(None), Referral.waiting_on_since.is_not(None))
        .subquery()
        .c
    )
    columns = (each.kind.label("kind"), literal("").label("part"), each.days.label("days"))
    return spreads([select(*columns, func.count().label("number")).group_by(each.kind, each.days)])
