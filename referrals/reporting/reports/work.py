"""The work in hand at this moment: whose turn it is, who has how much, and what is late. For who owns the referrals."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from referrals.accounts.queries import names_of
from referrals.accounts.roles import Side
from referrals.casework.workflow import Waiting
from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.reporting import queries
from referrals.reporting.periods import Period
from referrals.reporting.queries import Held
from referrals.reporting.report import Column, Definition, Figure, Report, Row, Table, Unit
from referrals.reporting.scope import Scope

NAME: Final = "work"
TITLE: Final = "Work in hand today"
SUMMARY: Final = "What is open now: whose turn it is, who has how much of it, and what is late."

NOBODY: Final = "Nobody yet"
_TURNS: Final = {
    Waiting.OFFICE.value: "The MP’s office",
    Waiting.REFERRER.value: "The group",
    Waiting.RESIDENT.value: "The resident",
    Waiting.AGENCY.value: "A public body",
}
_COLUMNS: Final = (Column("Open"), Column("Urgent"), Column("Overdue"))


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope, of this moment; every number is exact, because only owners read it."""
    turns = queries.held_by_turn(scope)
    total = Row("All open referrals", (_sum(turns, "open"), _sum(turns, "urgent"), _sum(turns, "overdue")))
    return Report(
        name=NAME,
        title=TITLE,
        about=scope.name,
        period=period,
        headline=_headline(turns),
        figures=_figures(turns),
        tables=(_turns(turns, total), _people(scope, total), _categories(scope, total)),
        definitions=_DEFINITIONS,
        counted_on=today(),
        precision="exact",
        is_empty=not turns,
    )


def _sum(held: Sequence[Held], measure: str) -> int:
    return sum(getattr(one, measure) for one in held)


def _headline(turns: Sequence[Held]) -> tuple[str, ...]:
    whole, late = _sum(turns, "open"), _sum(turns, "overdue")
    first = "1 referral is open" if whole == 1 else f"{whole:,} referrals are open"
    if not late:
        return (f"{first}, and none is overdue.",)
    return (f"{first}, and {late:,} {'is' if late == 1 else 'are'} overdue.",)


def _figures(turns: Sequence[Held]) -> tuple[Figure, ...]:
    office = next((one.open for one in turns if one.part == Waiting.OFFICE), 0)
    return (
        Figure("Open", _sum(turns, "open")),
        Figure("The office’s turn", office),
        Figure("Urgent", _sum(turns, "urgent")),
        Figure("Overdue", _sum(turns, "overdue")),
    )


def _turns(turns: Sequence[Held], total: Row) -> Table:
    longest = Column("Longest turn so far", Unit.DAYS)
    return Table(
        key="turns",
        title="Whose turn it is",
        first="Turn of",
        columns=(*_COLUMNS, longest),
        rows=_rows(turns, _TURNS, _with_longest),
        total=Row(total.label, (*total.values, max((one.longest for one in turns), default=0))),
        charted=(0, 2),
    )


def _people(scope: Scope, total: Row) -> Table:
    held = queries.held_by_person(scope)
    names = names_of([one.part for one in held if one.part])
    in_order = dict(sorted(names.items(), key=lambda one: one[1].casefold()))
    return Table(
        key="people",
        title="Who has how much",
        first="Assigned to" if scope.side is Side.OFFICE else "Looked after by",
        columns=(*_COLUMNS, Column("Oldest", Unit.DAYS)),
        rows=_rows(held, {None: NOBODY, **in_order}, _with_longest),
        total=Row(total.label, (*total.values, max((one.longest for one in held), default=0))),
        charted=(0, 2),
    )


def _categories(scope: Scope, total: Row) -> Table:
    held = queries.held_by_category(scope)
    labels: dict[Any, str] = {item.code: item.label for item in lists.items("categories")}
    labels[None] = "No category"
    return Table(
        key="categories",
        title="What it is about",
        first="Category",
        columns=_COLUMNS,
        rows=_rows(held, labels, _without_longest),
        total=total,
    )


def _rows(held: Sequence[Held], labels: dict[Any, str], values: Callable[[Held], tuple[int, ...]]) -> tuple[Row, ...]:
    by_part = {one.part: one for one in held}
    return tuple(Row(label, values(by_part[part])) for part, label in labels.items() if part in by_part)


def _with_longest(one: Held) -> tuple[int, ...]:
    return (*_without_longest(one), one.longest)


def _without_longest(one: Held) -> tuple[int, ...]:
    return one.open, one.urgent, one.overdue


_DEFINITIONS: Final = (
    Definition("Open", "Sent and not ended, at this moment. Requests for advice are left out."),
    Definition("Overdue", "The day by which whoever has the turn should have acted has passed."),
    Definition("Longest turn so far", "Calendar days since the oldest of these turns began."),
    Definition("Oldest", "Calendar days since the oldest of these referrals was sent."),
)
