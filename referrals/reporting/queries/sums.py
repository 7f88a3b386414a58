"""Sums of money of a period by kind and by basis, claimed, confirmed and evidenced apart; never added across kinds."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Select, case, func, select, type_coerce

from referrals.casework.models import MoneyRow, Outcome
from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.queries.within import count_where, standing_results, within
from referrals.reporting.scope import Scope

# What counts as evidence for a sum: a paper or a payment that somebody has seen (codes of the list evidence_kinds).
SEEN: Final = ("decision_letter", "payment_seen", "agency_reply", "court_or_tribunal_order")


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of one kind on one basis, in pounds (in a year, for regular payments), and the referrals behind them.

    `apart_x_y` is how many referrals stand in the sums x and y with different amounts: those behind the difference.
    `spread_x_y` is what these differences come to, and `largest_...` what the one with the most of it holds.
    """

    kind: str
    basis: str
    claimed: Decimal
    confirmed: Decimal
    evidenced: Decimal
    behind_claimed: int
    behind_confirmed: int
    behind_evidenced: int
    apart_claimed_confirmed: int
    apart_claimed_evidenced: int
    apart_confirmed_evidenced: int
    largest_claimed: Decimal
    largest_confirmed: Decimal
    largest_evidenced: Decimal
    spread_claimed_confirmed: Decimal
    spread_claimed_evidenced: Decimal
    spread_confirmed_evidenced: Decimal
    largest_claimed_confirmed: Decimal
    largest_claimed_evidenced: Decimal
    largest_confirmed_evidenced: Decimal


def sums(scope: Scope, period: Period) -> list[Sums]:
    """One line for each kind and basis that there is; one query."""
    each = _a_referral_each(scope, period).subquery()
    claimed, confirmed, evidenced = each.c.claimed, each.c.confirmed, each.c.evidenced
    query = select(
        each.c.kind,
        each.c.basis,
        func.sum(claimed).label("claimed"),
        func.sum(confirmed).label("confirmed"),
        func.sum(evidenced).label("evidenced"),
        count_where(claimed > 0).label("behind_claimed"),
        count_where(confirmed > 0).label("behind_confirmed"),
        count_where(evidenced > 0).label("behind_evidenced"),
        count_where(claimed != confirmed).label("apart_claimed_confirmed"),
        count_where(claimed != evidenced).label("apart_claimed_evidenced"),
        count_where(confirmed != evidenced).label("apart_confirmed_evidenced"),
        func.max(claimed).label("largest_claimed"),
        func.max(confirmed).label("largest_confirmed"),
        func.max(evidenced).label("largest_evidenced"),
        *_apart("claimed_confirmed", claimed, confirmed),
        *_apart("claimed_evidenced", claimed, evidenced),
        *_apart("confirmed_evidenced", confirmed, evidenced),
    ).group_by(each.c.kind, each.c.basis)
    return [
        Sums(
            kind=row.kind,
            basis=row.basis,
            claimed=_pounds(row.claimed),
            confirmed=_pounds(row.confirmed),
            evidenced=_pounds(row.evidenced),
            behind_claimed=int(row.behind_claimed),
            behind_confirmed=int(row.behind_confirmed),
            behind_evidenced=int(row.behind_evidenced),
            apart_claimed_confirmed=int(row.apart_claimed_confirmed),
            apart_claimed_evidenced=int(row.apart_claimed_evidenced),
            apart_confirmed_evidenced=int(row.apart_confirmed_evidenced),
            largest_claimed=_pounds(row.largest_claimed),
            largest_confirmed=_pounds(row.largest_confirmed),
            largest_evidenced=_pounds(row.largest_evidenced),
            spread_claimed_confirmed=_pounds(row.spread_claimed_confirmed),
            spread_claimed_evidenced=_pounds(row.spread_claimed_evidenced),
            spread_confirmed_evidenced=_pounds(row.spread_confirmed_evidenced),
            largest_claimed_confirmed=_pounds(row.largest_claimed_confirmed),
            largest_claimed_evidenced=_pounds(row.largest_claimed_evidenced),
            largest_confirmed_evidenced=_pounds(row.largest_confirmed_evidenced),
        )
        for row in db.session.execute(query)
    ]


def _a_referral_each(scope: Scope, period: Period) -> Select[Any]:
    """The pence of each referral, kind and basis: all that is claimed, and of it what is confirmed and evidenced."""
    # A regular payment counts as what it comes to in a year.
    amount = func.coalesce(MoneyRow.annual_amount, MoneyRow.amount)
    pence = type_coerce(amount, BigInteger)
    return (
        standing_results(
            scope,
            MoneyRow.referral_id,
            MoneyRow.kind,
            MoneyRow.basis,
            func.sum(pence).label("claimed"),
            _sum_where(Outcome.standing == "confirmed", pence).label("confirmed"),
            _sum_where(MoneyRow.evidence.in_(SEEN), pence).label("evidenced"),
        )
        .join(MoneyRow, MoneyRow.outcome_id == Outcome.id)
        .where(within(Outcome.recorded_at, period))
        .group_by(MoneyRow.referral_id, MoneyRow.kind, MoneyRow.basis)
    )


def _apart(name: str, one: ColumnElement[int], other: ColumnElement[int]) -> tuple[ColumnElement[int], ...]:
    """What the differences between two sums of a referral come to, and the largest of them."""
    each = func.abs(one - other)
    return func.sum(each).label(f"spread_{name}"), func.max(each).label(f"largest_{name}")


def _sum_where(condition: ColumnElement[bool], pence: ColumnElement[int]) -> ColumnElement[int]:
    return func.sum(case((condition, pence), else_=0))


def _pounds(pence: int | Decimal) -> Decimal:
    return Decimal(int(pence)) / 100
