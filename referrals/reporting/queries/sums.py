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


def _sum_where(condition: ColumnElement[bool], pence: ColumnElement[int]) -> ColumnElement[int]:
    return func.sum(case((condition, pence), else_=0))


def _pounds(pence: int | Decimal) -> Decimal:
    return Decimal(int(pence)) / 100
