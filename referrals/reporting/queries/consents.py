"""Agreements of residents and what data protection asks for: what stands, what ends soon, what waits for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from referrals.accounts.roles import Side
from referrals.casework.clocks import DECLINED_WORDS_DAYS
from referrals.casework.models import Referral
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.reporting.days import number_of as number_of_day
from referrals.reporting.queries.ages import band_of
from referrals.reporting.queries.monthly import by_month
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import measures
from referrals.reporting.summaries.facts import APPROVED, UNAPPROVED
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import number_of, sums_ever

# What ends within so many days is worth asking for anew.
SOON: Final = 30
# Bands of the days for which an office still reads what it declined; beyond the last it reads nothing any more.
SINCE_DECLINED: Final = (7, 14, DECLINED_WORDS_DAYS)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The agreements of one kind, for as much as `scope` says (None where the kind has none)."""

    kind: str
    scope: str | None
    given: int
    standing: int
    withdrawn: int
    run_out: int
    # Of those that stand, on referrals that are not over.
    ends_soon: int
    # On a ground that nobody has approved yet, on referrals that are not over.
    waiting: int


@dataclass(frozen=True, slots=True)
class Ground:
    """The agreements that rest on one ground, and how many of them are approved, or wait to be."""

    ground: str
    given: int
    approved: int
    waiting: int


def agreements(scope: Scope) -> list[Agreed]:
    """One line for each kind and extent; one query."""
    today_is, until = number_of_day(today()), ReportSum.days
    soon = (ReportSum.aspect == measures.OPEN, until >= today_is, until <= today_is + SOON)
    query = (
        select(
            ReportSum.code,
            ReportSum.category,
            number_of(measures.AGREED).label("given"),
            number_of(measures.AGREED, ReportSum.aspect == measures.WITHDRAWN).label("withdrawn"),
            number_of(measures.AGREED_UNTIL, until < today_is).label("run_out"),
            number_of(measures.AGREED_UNTIL, *soon).label("ends_soon"),
            number_of(measures.UNAPPROVED_AGREED).label("waiting"),
        )
        .where(sums_ever(scope, measures.AGREED, measures.AGREED_UNTIL, measures.UNAPPROVED_AGREED))
        .group_by(ReportSum.code, ReportSum.category)
    )
    return [
        Agreed(
            kind=row.code,
            scope=row.category or None,
            given=int(row.given),
            standing=int(row.given) - int(row.withdrawn) - int(row.run_out),
            withdrawn=int(row.withdrawn),
            run_out=int(row.run_out),
            ends_soon=int(row.ends_soon),
            waiting=int(row.waiting),
        )
        for row in db.session.execute(query)
    ]


def grounds(scope: Scope) -> list[Ground]:
    """One line for each ground; one query."""
    query = (
        select(
            ReportSum.code,
            number_of(measures.GROUND).label("given"),
            number_of(measures.GROUND, ReportSum.aspect == APPROVED).label("approved"),
            number_of(measures.GROUND, ReportSum.aspect == UNAPPROVED).label("waiting"),
        )
        .where(sums_ever(scope, measures.GROUND))
        .group_by(ReportSum.code)
    )
    return [Ground(row.code, int(row.given), int(row.approved), int(row.waiting)) for row in db.session.execute(query)]


def agreed_by_month(scope: Scope) -> Mapping[str, int]:
    """Agreements by the month in which they were recorded; one query."""
    return by_month(scope, measures.AGREED)


def withdrawn_by_month(scope: Scope) -> Mapping[str, int]:
    """Agreements that were taken back, by the month in which that was; one query."""
    return by_month(scope, measures.TAKEN_BACK)


def since_declined(scope: Scope) -> Mapping[int, int]:
    """Declined referrals that are not erased, by the band of SINCE_DECLINED of the days since then; one query."""
    band = band_of(number_of_day(today()) - ReportSum.days, SINCE_DECLINED).label("band")
    each = select(band, ReportSum.number).where(sums_ever(scope, measures.DECLINED_KEPT)).subquery().c
    query = select(each.band, func.sum(each.number)).group_by(each.band)
    return {int(row[0]): int(row[1]) for row in db.session.execute(query)}


def erased(scope: Scope) -> int:
    """How many referrals were erased: their words can never be read again. Two queries, in a group."""
    sent = db.session.scalar(select(func.sum(ReportSum.number)).where(sums_ever(scope, measures.ERASED)))
    return int(sent or 0) + (0 if scope.side is Side.OFFICE else _erased_drafts(scope))


def _erased_drafts(scope: Scope) -> int:
    drafts = (scope.holds(), Referral.submitted_at.is_(None), Referral.erased_at.is_not(None))
    return int(db.session.scalar(select(func.count()).select_from(Referral).where(*drafts)) or 0)
