"""Money: what came of it in pounds, by kind, by how sure it is and by who says so; never added up."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.reporting import money, phrases, queries
from referrals.reporting.categories import category_labels
from referrals.reporting.cells import Cell
from referrals.reporting.periods import Period
from referrals.reporting.queries import Gain, together
from referrals.reporting.report import Column, Definition, Figure, Report, Row, Table, Unit
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.measures import GAIN_CLAIMED, MONEY_CLAIMED

NAME: Final = "money"
TITLE: Final = "Money"
SUMMARY: Final = "Regular and one-off payments, compensation and debt: claimed, confirmed, evidenced, never added up."

# The basis on which it is paid or decided.
_SURE: Final = "confirmed"
_COLUMNS: Final = (
    Column("Claimed", Unit.POUNDS),
    Column("Confirmed", Unit.POUNDS),
    Column("Evidenced", Unit.POUNDS),
    Column("Referrals"),
)
_NONE: Final = "No money was recorded in this period."


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope for a period; every number is exact, because only owners read it."""
    found = queries.gains_by_category(scope, period)
    kinds = [item.code for item in lists.items("money_kinds")]
    sure = {kind: _of(found, kind, _SURE) for kind in kinds}
    return Report(
        name=NAME,
        title=TITLE,
        about=scope.name,
        period=period,
        headline=_headline(found, sure),
        figures=tuple(
            Figure(
                money.kind_name(kind),
                one.confirmed if one else Decimal(0),
                Unit.POUNDS,
                "paid or decided, confirmed by the group",
            )
            for kind, one in sure.items()
        ),
        tables=(_kinds(found), *_categories(found, kinds), _codes(queries.gains_by_code(scope, period))),
        definitions=_DEFINITIONS,
        counted_on=today(),
        precision="exact",
        is_empty=not found,
    )


def _of(found: Sequence[Gain], kind: str, basis: str) -> Gain | None:
    mine = [one for one in found if (one.kind, one.basis) == (kind, basis)]
    return together(mine) if mine else None


def _headline(found: Sequence[Gain], sure: dict[str, Gain | None]) -> tuple[str, ...]:
    if not found:
        return (_NONE,)
    named = [f"{phrases.pounds(one.confirmed)} ({money.kind_name(kind).lower()})" for kind, one in sure.items() if one]
    if not named:
        return ("No sum is paid or decided yet; the tables show what is estimated or expected.",)
    return (
        f"Paid or decided, and confirmed by the group: {'; '.join(named)}.",
        "These are different things, and are never added up.",
    )


def _row(label: str, one: Gain, cell: Cell) -> Row:
    return Row(label, (one.claimed, one.confirmed, one.evidenced, one.referrals), cells=(None, None, None, cell))


def _bases() -> list[str]:
    return [item.code for item in lists.items("money_bases")]


def _kinds(found: Sequence[Gain]) -> Table:
    return Table(
        key="kinds",
        title="Kinds of money",
        first="Kind and basis",
        columns=_COLUMNS,
        rows=tuple(
            _row(money.name_of(item.code, basis), one, Cell(MONEY_CLAIMED, None, item.code, basis))
            for item in lists.items("money_kinds")
            for basis in _bases()
            if (one := _of(found, item.code, basis))
        ),
        note="Each line stands for itself: kinds of money are never added to each other.",
        empty=_NONE,
    )


def _categories(found: Sequence[Gain], kinds: Sequence[str]) -> list[Table]:
    """A table a kind that there is, so that nobody adds one to another."""
    return [_by_category(kind, [one for one in found if one.kind == kind]) for kind in kinds if _is_there(found, kind)]


def _is_there(found: Sequence[Gain], kind: str) -> bool:
    return any(one.kind == kind for one in found)


def _by_category(kind: str, found: Sequence[Gain]) -> Table:
    by_place = {(one.part, one.basis): one for one in found}
    rows = tuple(
        _row(
            f"{label}: {money.basis_name(basis)}",
            by_place[category, basis],
            Cell(MONEY_CLAIMED, category, kind, basis),
        )
        for category, label in category_labels().items()
        for basis in _bases()
        if (category, basis) in by_place
    )
    return Table(
        key=kind,
        title=f"{money.kind_name(kind)}, by category",
        first="Category and basis",
        columns=_COLUMNS,
        rows=rows,
        # One line alone is no comparison.
        charted=(0, 1, 2) if len(rows) > 1 else (),
    )


def _codes(found: Sequence[Gain]) -> Table:
    return Table(
        key="outcomes",
        title="By what came of it",
        first="Outcome, kind and basis",
        columns=_COLUMNS,
        rows=tuple(
            _row(
                f"{item.label}. {money.name_of(kind.code, basis)}",
                one,
                Cell(GAIN_CLAIMED, item.code, kind.code, basis),
            )
            for item in lists.items("outcomes")
            for kind in lists.items("money_kinds")
            for basis in _bases()
            for one in found
            if (one.part, one.kind, one.basis) == (item.code, kind.code, basis)
        ),
        note="A result can have several outcomes, and its money then stands in several of these lines.",
        empty=_NONE,
    )


_DEFINITIONS: Final = (
    Definition(
        "Period",
        "Money of the newest result of each referral, by the day on which that result was recorded. It is counted as "
        "in the report on outcomes, where the kinds stand without their categories.",
    ),
    Definition(
        "Claimed, confirmed, evidenced",
        "Claimed is every sum the office recorded. Confirmed is what stands in results that the group confirmed. "
        "Evidenced is what a letter, a payment, a reply or an order was seen for; a resident’s word alone does not "
        "count here. Each of the last two is a part of what is claimed.",
    ),
    Definition(
        "Never added up",
        "A debt written off is not income, and a debt on a plan is still owed. Sums that are paid or decided, "
        "estimated, and expected are kept apart, because only the first of them are certain.",
    ),
    Definition("In a year", "A regular payment counts as what it comes to in a year of 52 weeks or 12 months."),
    Definition("Referrals", "How many referrals stand behind a line."),
)
