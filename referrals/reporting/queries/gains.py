"""Sums of money of a period by kind and basis, divided by category and by outcome code; never added across kinds."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, func, type_coerce

from referrals.casework.models import MoneyRow, Outcome, OutcomeCode, Referral
from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.queries.within import standing_results, within
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.facts import SEEN


@dataclass(frozen=True, slots=True)
class Gain:
    """The sums of one kind on one basis of one part, in pounds (in a year, for regular payments)."""

    part: str
    kind: str
    basis: str
    claimed: Decimal
    confirmed: Decimal
    evidenced: Decimal
    referrals: int


def gains_by_category(scope: Scope, period: Period) -> list[Gain]:
    """One line for each category, kind and basis; each sum stands in one of them. One query."""
    return _gains(_sums(scope, period, func.coalesce(Referral.category, "")))


def gains_by_code(scope: Scope, period: Period) -> list[Gain]:
    """One line for each outcome code, kind and basis: the sums of the results that carry it. One query.

    A result can carry several codes, and its sums then stand in several lines.
    """
    return _gains(
        _sums(scope, period, OutcomeCode.code.expression).join(OutcomeCode, OutcomeCode.outcome_id == Outcome.id)
    )


def together(found: Sequence[Gain]) -> Gain:
    """Several parts of one kind and basis as one, where no referral stands in two of them."""
    first = found[0]
    return Gain(
        part="",
        kind=first.kind,
        basis=first.basis,
        claimed=sum((one.claimed for one in found), Decimal()),
        confirmed=sum((one.confirmed for one in found), Decimal()),
        evidenced=sum((one.evidenced for one in found), Decimal()),
        referrals=sum(one.referrals for one in found),
    )


def _sums(scope: Scope, period: Period, part: ColumnElement[str]) -> Select[*tuple[Any, ...]]:
    # A regular payment counts as what it comes to in a year.
    pence = type_coerce(func.coalesce(MoneyRow.annual_amount, MoneyRow.amount), BigInteger)

    def where(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, pence), else_=0))

    return (
        standing_results(
            scope,
            part.label("part"),
            MoneyRow.kind,
            MoneyRow.basis,
            func.sum(pence).label("claimed"),
            where(Outcome.standing == "confirmed").label("confirmed"),
            where(MoneyRow.evidence.in_(SEEN)).label("evidenced"),
            func.count(MoneyRow.referral_id.distinct()).label("referrals"),
        )
        .join(MoneyRow, MoneyRow.outcome_id == Outcome.id)
        .where(within(Outcome.recorded_at, period))
        .group_by(part, MoneyRow.kind, MoneyRow.basis)
    )


def _gains(query: Select[*tuple[Any, ...]]) -> list[Gain]:
    return [
        Gain(
            part=row.part,
            kind=row.kind,
            basis=row.basis,
            claimed=_pounds(row.claimed),
            confirmed=_pounds(row.confirmed),
            evidenced=_pounds(row.evidenced),
            referrals=int(row.referrals),
        )
        for row in db.session.execute(query)
    ]


def _pounds(pence: int | Decimal) -> Decimal:
    return Decimal(int(pence)) / 100
