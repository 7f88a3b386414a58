"""Sums of money of a period by kind and by basis, claimed, confirmed and evidenced apart; never added across kinds."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, literal, literal_column, select, text

from referrals.accounts.roles import Side
from referrals.foundation.database import db
from referrals.reporting.days import number_of as number_of_day
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import measures
from referrals.reporting.summaries.models import IS_MONEY, CountedPart, ReportSum
from referrals.reporting.summaries.reading import number_of, pence_of, sums_of

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
Largest = dict[tuple[str, str, str], dict[str, Decimal]]


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
    # Where they are divided by it.
    category: str = ""


def sums(scope: Scope, period: Period) -> list[Sums]:
    """One line for each kind and basis that there is; one query, and one more where sums can be hidden."""
    return _lines(scope, period, literal(""), literal(""))


def sums_by_category(scope: Scope, period: Period) -> list[Sums]:
    """The same for each category, kind and basis."""
    return _lines(scope, period, ReportSum.category.expression, CountedPart.part.expression)


def _lines(
    scope: Scope, period: Period, category: ColumnElement[str], category_of_part: ColumnElement[str]
) -> list[Sums]:
    query = (
        select(
            ReportSum.code.label("kind"),
            ReportSum.aspect.label("basis"),
            category.label("divided_by"),
            *(pence_of(measure).label(_amount(name)) for name, measure in _MEASURES.items()),
            *(number_of(measure).label(_behind(name)) for name, measure in _MEASURES.items()),
        )
        .where(sums_of(scope, period, *_MEASURES.values()))
        .group_by(ReportSum.code, ReportSum.aspect, literal_column("divided_by"))
    )
    largest = {} if scope.threshold is None else _largest(scope, period, category_of_part)
    return [_line(row, largest.get((row.kind, row.basis, row.divided_by), _NONE)) for row in db.session.execute(query)]


def _line(row: Any, largest: dict[str, Decimal]) -> Sums:
    values: dict[str, Any] = {"kind": row.kind, "basis": row.basis, "category": row.divided_by, **largest}
    values |= {_amount(name): _pounds(getattr(row, _amount(name))) for name in _MEASURES}
    values |= {_behind(name): int(getattr(row, _behind(name))) for name in _MEASURES}
    return Sums(**values)


def _largest(scope: Scope, period: Period, category: ColumnElement[str]) -> Largest:
    """What the referral with the most of it holds, by kind, basis and category."""
    owner = {Side.GROUP: CountedPart.group_id, Side.OFFICE: CountedPart.office_id}
    query = (
        select(
            CountedPart.code.label("kind"),
            CountedPart.basis.label("basis"),
            category.label("divided_by"),
            *(func.max(pence).label(f"largest_{name}") for name, pence in _LARGEST.items()),
        )
        .where(
            owner.get(scope.side, CountedPart.programme_id) == scope.organisation_id,
            text(IS_MONEY),
            *_in_days(CountedPart.day, period),
        )
        .group_by(CountedPart.code, CountedPart.basis, literal_column("divided_by"))
    )
    return {
        (row.kind, row.basis, row.divided_by): {
            f"largest_{name}": _pounds(getattr(row, f"largest_{name}")) for name in _LARGEST
        }
        for row in db.session.execute(query)
    }


def _in_days(day: Any, period: Period) -> list[ColumnElement[bool]]:
    """Days, unlike months, are found in an index."""
    until = day <= number_of_day(period.last)
    return [until] if period.first is None else [until, day >= number_of_day(period.first)]


_NONE = {f"largest_{name}": Decimal(0) for name in _LARGEST}


def _amount(name: str) -> str:
    return f"spread_{name}" if "_" in name else name


def _behind(name: str) -> str:
    return f"apart_{name}" if "_" in name else f"behind_{name}"


def _pounds(pence: int | Decimal) -> Decimal:
    return Decimal(int(pence)) / 100
