"""The tables of the report on money, from sums that are ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from referrals.directory import lists
from referrals.reporting import money
from referrals.reporting.categories import category_labels
from referrals.reporting.cells import Cell
from referrals.reporting.queries import Gain
from referrals.reporting.report import Column, Row, Table, Unit, Value
from referrals.reporting.summaries.measures import GAIN_CLAIMED, MONEY_CLAIMED

_COLUMNS: Final = (
    Column("Claimed", Unit.POUNDS),
    Column("Confirmed", Unit.POUNDS),
    Column("Evidenced", Unit.POUNDS),
    Column("Referrals"),
)
NONE: Final = "No money was recorded in this period."
TOO_FEW: Final = "No sum has enough referrals behind it to be shown."


@dataclass(frozen=True, slots=True)
class Line:
    """The sums of one kind on one basis, of one category or of all: claimed, confirmed, and the rest that is shown."""

    kind: str
    basis: str
    category: str
    values: tuple[Value, ...]


def _row(label: str, values: tuple[Value, ...], cell: Cell) -> Row:
    """One line; behind its number of referrals, where it has one, are those that its owner can list."""
    return Row(label, values, cells=(None, None, None, cell) if len(values) == len(_COLUMNS) else ())


def _bases() -> list[str]:
    return [item.code for item in lists.items("money_bases")]


def by_kind(found: Sequence[Line], threshold: int | None) -> Table:
    """Each kind and basis by itself."""
    lines = {(one.kind, one.basis): one.values for one in found}
    places = [(item.code, basis) for item in lists.items("money_kinds") for basis in _bases()]
    return Table(
        key="kinds",
        title="Kinds of money",
        first="Kind and basis",
        columns=_COLUMNS,
        rows=tuple(
            _row(money.name_of(*place), lines[place], Cell(MONEY_CLAIMED, None, *place))
            for place in places
            if place in lines
        ),
        note="Each line stands for itself: kinds of money are never added to each other."
        + ("" if threshold is None else " Lines with too few referrals are left out."),
        empty=NONE if threshold is None else TOO_FEW,
    )


def by_category(found: Sequence[Line], kinds: Sequence[str]) -> list[Table]:
    """A table a kind that there is, so that nobody adds one to another."""
    there = {one.kind for one in found}
    return [_of_kind(kind, [one for one in found if one.kind == kind]) for kind in kinds if kind in there]


def _of_kind(kind: str, found: Sequence[Line]) -> Table:
    by_place = {(one.category, one.basis): one.values for one in found}
    rows = tuple(
        _row(
            f"{label}: {money.basis_name(basis)}", by_place[category, basis], Cell(MONEY_CLAIMED, category, kind, basis)
        )
        for category, label in category_labels().items()
        for basis in _bases()
        if (category, basis) in by_place
    )
    number = max(len(one.values) for one in found)
    return Table(
        key=kind,
        title=f"{money.kind_name(kind)}, by category",
        first="Category and basis",
        columns=_COLUMNS[:number],
        rows=rows,
        # One line alone is no comparison.
        charted=tuple(range(min(number, 3))) if len(rows) > 1 else (),
    )


def by_code(found: Sequence[Gain]) -> Table:
    """Each outcome with its money, for who owns it."""
    return Table(
        key="outcomes",
        title="By what came of it",
        first="Outcome, kind and basis",
        columns=_COLUMNS,
        rows=tuple(
            _row(
                f"{item.label}. {money.name_of(kind.code, basis)}",
                (one.claimed, one.confirmed, one.evidenced, one.referrals),
                Cell(GAIN_CLAIMED, item.code, kind.code, basis),
            )
            for item in lists.items("outcomes")
            for kind in lists.items("money_kinds")
            for basis in _bases()
            for one in found
            if (one.part, one.kind, one.basis) == (item.code, kind.code, basis)
        ),
        note="A result can have several outcomes, and its money then stands in several of these lines.",
        empty=NONE,
    )
