"""Sums of money of a period by kind and basis, divided by category and by outcome code; never added across kinds."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import measures
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import number_of, pence_of, sums_of


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
    of = (measures.MONEY_CLAIMED, measures.MONEY_CONFIRMED, measures.MONEY_EVIDENCED)
    return _gains(_sums(scope, period, *of))


def gains_by_code(scope: Scope, period: Period) -> list[Gain]:
    """One line for each outcome code, kind and basis: the sums of the results that carry it. One query.

    A result can carry several codes, and its sums then stand in several lines.
    """
    of = (measures.GAIN_CLAIMED, measures.GAIN_CONFIRMED, measures.GAIN_EVIDENCED)
    return _gains(_sums(scope, period, *of))


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


def _sums(scope: Scope, period: Period, claimed: str, confirmed: str, evidenced: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ReportSum.category.label("part"),
            ReportSum.code.label("kind"),
            ReportSum.aspect.label("basis"),
            pence_of(claimed).label("claimed"),
            pence_of(confirmed).label("confirmed"),
            pence_of(evidenced).label("evidenced"),
            number_of(claimed).label("referrals"),
        )
        .where(sums_of(scope, period, claimed, confirmed, evidenced))
        .group_by(ReportSum.category, ReportSum.code, ReportSum.aspect)
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
