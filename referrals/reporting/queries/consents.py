"""Agreements of residents and what data protection asks for: what stands, what ends soon, what waits for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, and_, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from referrals.casework.clocks import DECLINED_WORDS_DAYS
from referrals.casework.models import Consent, Referral
from referrals.casework.policy import OWN_REQUEST
from referrals.casework.workflow import states
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.reporting.days import day_number, london_day_number, london_month
from referrals.reporting.queries.ages import band_of
from referrals.reporting.queries.within import count_where
from referrals.reporting.scope import Scope

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
    day = today()
    run_out = and_(Consent.withdrawn_at.is_(None), Consent.expires_on < day)
    stands = and_(Consent.withdrawn_at.is_(None), or_(Consent.expires_on.is_(None), Consent.expires_on >= day))
    soon = and_(stands, Consent.expires_on <= day + timedelta(days=SOON), Referral.ended_at.is_(None))
    query = (
        select(
            Consent.kind,
            Consent.scope,
            func.count().label("given"),
            count_where(stands).label("standing"),
            count_where(Consent.withdrawn_at.is_not(None)).label("withdrawn"),
            count_where(run_out).label("run_out"),
            count_where(soon).label("ends_soon"),
            count_where(_waits()).label("waiting"),
        )
        .join(Referral, Referral.id == Consent.referral_id)
        .where(scope.holds())
        .group_by(Consent.kind, Consent.scope)
    )
    return [
        Agreed(
            kind=row.kind,
            scope=row.scope,
            given=int(row.given),
            standing=int(row.standing),
            withdrawn=int(row.withdrawn),
            run_out=int(row.run_out),
            ends_soon=int(row.ends_soon),
            waiting=int(row.waiting),
        )
        for row in db.session.execute(query)
    ]


def grounds(scope: Scope) -> list[Ground]:
    """One line for each ground; one query."""
    approved = Consent.approved_at.is_not(None)
    query = (
        select(
            Consent.ground,
            func.count().label("given"),
            count_where(approved).label("approved"),
            count_where(_waits()).label("waiting"),
        )
        .join(Referral, Referral.id == Consent.referral_id)
        .where(scope.holds())
        .group_by(Consent.ground)
    )
    return [
        Ground(row.ground, int(row.given), int(row.approved), int(row.waiting)) for row in db.session.execute(query)
    ]


def agreed_by_month(scope: Scope) -> Mapping[str, int]:
    """Agreements by the month in which they were recorded; one query."""
    return _by_month(scope, Consent.created_at, Consent.created_at.is_not(None))


def withdrawn_by_month(scope: Scope) -> Mapping[str, int]:
    """Agreements that were taken back, by the month in which that was; one query."""
    return _by_month(scope, Consent.withdrawn_at, Consent.withdrawn_at.is_not(None))


def since_declined(scope: Scope) -> Mapping[int, int]:
    """Declined referrals that are not erased, by the band of SINCE_DECLINED of the days since then; one query."""
    # Typed, so that the database is told that it is a date.
    now = day_number(bindparam("now", today(), type_=Date))
    band = band_of(now - london_day_number(Referral.ended_at), SINCE_DECLINED).label("band")
    where = (scope.holds(), Referral.state == states.DECLINED, Referral.erased_at.is_(None))
    each = select(band).where(*where).subquery()
    query = select(each.c.band, func.count()).group_by(each.c.band)
    return {int(row[0]): int(row[1]) for row in db.session.execute(query)}


def erased(scope: Scope) -> int:
    """How many referrals were erased: their words can never be read again. One query."""
    query = select(func.count()).select_from(Referral).where(scope.holds(), Referral.erased_at.is_not(None))
    return int(db.session.scalar(query) or 0)


def _waits() -> ColumnElement[bool]:
    return and_(
        Consent.ground != OWN_REQUEST,
        Consent.approved_at.is_(None),
        Consent.withdrawn_at.is_(None),
        Referral.ended_at.is_(None),
    )


def _by_month(scope: Scope, moment: InstrumentedAttribute[Any], where: ColumnElement[bool]) -> dict[str, int]:
    each = (
        select(london_month(moment).label("month"))
        .join(Referral, Referral.id == Consent.referral_id)
        .where(scope.holds(), where)
        .subquery()
    )
    query = select(each.c.month, func.count()).group_by(each.c.month)
    return {row[0]: int(row[1]) for row in db.session.execute(query)}
