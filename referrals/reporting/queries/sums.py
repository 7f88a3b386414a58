"""Sums of money of a period by kind and by basis, claimed, confirmed and evidenced apart; never added across kinds."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from referrals.foundation.database import db
from referrals.reporting.days import month_number
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import measures
from referrals.reporting.summaries.models import MONEY, CountedPart, ReportSum
from referrals.reporting.summaries.reading import months_of, number_of, pence_of, sums_of

_MEASURES = {
    "claimed": measures.MONEY_CLAIMED,
    "confirmed": measures.MONEY_CONFIRMED,
    "evidenced": measures.MONEY_EVIDENCED,
    "claimed_confirmed": measures.APART_CONFIRMED,
    "claimed_evidenced": measures.APART_EVIDENCED,
    "confirmed_evidenced": measures.APART_BOTH,
}
_LARGEST = {
    "claimed": CountedPart.claimed,
    "confirmed": CountedPart.confirmed,
    "evidenced": CountedPart.proved,
    "claimed_confirmed": func.abs(CountedPart.claimed - CountedPart.confirmed),
    "claimed_evidenced": func.abs(CountedPart.claimed - CountedPart.proved),
    "confirmed_evidenced": func.abs(CountedPart.confirmed - CountedPart.proved),
}
Largest = dict[tuple[str, str], dict[str, Decimal]]


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of one kind on one basis, in pounds (in a year, for regular payments), and the referrals behind them.

    `apart_x_y` is how many referrals stand in the sums x and y with different amounts: those behind the difference.
    `spread_x_y` is what these differences come to, and `largest_...` what the one with the most of it holds,
    which is asked only where sums can be hidden for it, and 0 elsewhere.
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
    """One line for each kind and basis that there is; one query, and one more where sums can be hidden."""
    query = (
        select(
            ReportSum.code.label("kind"),
            ReportSum.aspect.label("basis"),
            *(pence_of(measure).label(_amount(name)) for name, measure in _MEASURES.items()),
            *(number_of(measure).label(_behind(name)) for name, measure in _MEASURES.items()),
        )
        .where(sums_of(scope, period, *_MEASURES.values()))
        .group_by(ReportSum.code, ReportSum.aspect)
    )
    largest = {} if scope.threshold is None else _largest(scope, period)
    return [_line(row, largest.get((row.kind, row.basis), _NONE)) for row in db.session.execute(query)]


def _line(row: Any, largest: dict[str, Decimal]) -> Sums:
    values: dict[str, Any] = {"kind": row.kind, "basis": row.basis, **largest}
    values |= {_amount(name): _pounds(getattr(row, _amount(name))) for name in _MEASURES}
    values |= {_behind(name): int(getattr(row, _behind(name))) for name in _MEASURES}
    return Sums(**values)


def _largest(scope: Scope, period: Period) -> Largest:
    """What the referral with the most of it holds, by kind and basis."""
    query = (
        select(
            CountedPart.code.label("kind"),
            CountedPart.basis.label("basis"),
            *(func.max(pence).label(f"largest_{name}") for name, pence in _LARGEST.items()),
        )
        .where(
            CountedPart.programme_id == scope.organisation_id,
            CountedPart.kind == MONEY,
            months_of(month_number(CountedPart.day), period),
        )
        .group_by(CountedPart.code, CountedPart.basis)
    )
    return {
        (row.kind, row.basis): {f"largest_{name}": _pounds(getattr(row, f"largest_{name}")) for name in _LARGEST}
        for row in db.session.execute(query)
    }


_NONE = {f"largest_{name}": Decimal(0) for name in _LARGEST}


def _amount(name: str) -> str:
    return f"spread_{name}" if "_" in name else name


def _behind(name: str) -> str:
    return f"apart_{name}" if "_" in name else f"behind_{name}"


def _pounds(pence: int | Decimal) -> Decimal:
    return Decimal(int(pence)) / 100
