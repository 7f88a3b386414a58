"""Building the report on money: its queries, what may be shown of their sums, and the report."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.reporting import money, queries
from referrals.reporting.periods import Period
from referrals.reporting.queries import Gain, Sums, together
from referrals.reporting.report import Figure, Report, Unit
from referrals.reporting.reports.money import tables, words
from referrals.reporting.reports.money.tables import Line
from referrals.reporting.scope import Scope

# The basis on which it is paid or decided.
_SURE = "confirmed"


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope for a period."""
    whole, parts = (_exact if scope.profile.is_exact else _guarded)(scope, period)
    # Several outcomes can have the same money, so what is shown of two of them would tell of those that have one.
    codes = [tables.by_code(queries.gains_by_code(scope, period))] if scope.profile.is_exact else []
    kinds = [item.code for item in lists.items("money_kinds")]
    sure = {kind: line.values[1] for kind in kinds for line in whole if (line.kind, line.basis) == (kind, _SURE)}
    return Report(
        name="money",
        title="Money",
        about=scope.name,
        period=period,
        headline=words.headline(whole, sure, scope.threshold),
        figures=tuple(
            Figure(
                money.kind_name(kind),
                sure.get(kind, Decimal(0) if scope.profile.is_exact else None),
                Unit.POUNDS,
                "paid or decided, confirmed by the group",
            )
            for kind in kinds
        ),
        tables=(tables.by_kind(whole, scope.threshold), *tables.by_category(parts, kinds), *codes),
        definitions=words.definitions(scope.threshold),
        counted_on=today(),
        precision=scope.profile.precision(money=True),
        warning=scope.profile.warning(money=True),
        is_empty=not whole,
    )


def _exact(scope: Scope, period: Period) -> tuple[list[Line], list[Line]]:
    """All of it by kind and basis, and the same by category."""
    found = sorted(queries.gains_by_category(scope, period), key=_place)
    every = [together(list(same)) for _, same in groupby(found, key=_place)]
    return [_line(one) for one in every], [_line(one) for one in found]


def _line(one: Gain) -> Line:
    return Line(one.kind, one.basis, one.part, (one.claimed, one.confirmed, one.evidenced, one.referrals))


def _place(one: Gain | Sums) -> tuple[str, str]:
    return one.kind, one.basis


def _guarded(scope: Scope, period: Period) -> tuple[list[Line], list[Line]]:
    """The same as far as others may see it."""
    parts = queries.sums_by_category(scope, period)
    whole, divided = list[Line](), list[Line]()
    for sums in queries.sums(scope, period):
        shown = money.shown(sums, scope.profile)
        if shown[0] is not None:
            whole.append(Line(sums.kind, sums.basis, "", shown))
        divided += _divided(sums, shown, [one for one in parts if _place(one) == _place(sums)], scope)
    return whole, divided


def _divided(sums: Sums, shown: money.Shown, parts: Sequence[Sums], scope: Scope) -> list[Line]:
    found = money.shown_by_category(shown, parts, scope.profile)
    return [Line(sums.kind, sums.basis, category, values) for category, values in found.items()]
