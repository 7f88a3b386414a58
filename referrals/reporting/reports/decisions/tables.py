"""The tables of the report on decisions, from counts that are ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from referrals.directory import lists
from referrals.reporting.categories import category_labels
from referrals.reporting.cells import Cell
from referrals.reporting.deciding import LABELS
from referrals.reporting.deduction import Key
from referrals.reporting.disclosure import Profile
from referrals.reporting.months import MOST, Month
from referrals.reporting.queries import ANY, Spread
from referrals.reporting.report import Column, Picture, Row, Table, Unit, Value
from referrals.reporting.reports.decisions import counts
from referrals.reporting.reports.outcomes.counts import RECEIVED, TOTAL, flow
from referrals.reporting.spreading import shown_days
from referrals.reporting.summaries.measures import DECISION

_TITLES: Final = {
    "declined": "Why the office declined",
    "returned_with_advice": "Why the office sent it back",
    "withdrawn": "Why it was withdrawn before a decision",
}
_NO_REASON: Final = "No reason given"
_MEDIAN: Final = Column("Median days", Unit.DAYS)
_MOST: Final = Column("Nine of ten within", Unit.DAYS)


@dataclass(frozen=True, slots=True)
class Ready:
    """What the tables are filled from."""

    shown: Mapping[Key, int | None]
    categories: list[str]
    months: list[Month]
    # By decision (or ANY) and category (None: all).
    took: Mapping[tuple[str, str | None], Spread]
    profile: Profile
    # Whether the months are all that there is.
    is_all: bool

    def days(self, decision: str, category: str | None = None) -> tuple[Value, Value]:
        """The median and the ninetieth of a hundred, where enough decisions are behind them."""
        place = TOTAL if category is None else category
        number = self.shown[flow(RECEIVED, place) if decision == ANY else counts.decided(decision, place)]
        return shown_days(self.took.get((decision, category)), number, self.profile)


def tables(ready: Ready) -> tuple[Table, ...]:
    """All of them, in the order they are read."""
    months = (_months(ready),) if ready.months else ()
    return (_decisions(ready), _categories(ready), *months, *(_reasons(ready, decision) for decision in _TITLES))


def _decisions(ready: Ready) -> Table:
    received = ready.shown[flow(RECEIVED)]

    def row(label: str, decision: str, number: int | None) -> Row:
        values = (number, ready.profile.percentage(number, received), *ready.days(decision))
        cell = Cell(DECISION, aspect=None if decision == ANY else decision)
        return Row(label, values, cells=(cell, None, None, None))

    return Table(
        key="decisions",
        title="How they were decided",
        first="Decision",
        columns=(Column("Referrals"), Column("Share", Unit.PERCENT), _MEDIAN, _MOST),
        rows=tuple(row(label, decision, ready.shown[counts.decided(decision)]) for decision, label in LABELS.items()),
        total=row("All received", ANY, received),
        charted=(0,),
    )


def _columns() -> tuple[Column, ...]:
    return Column("Received"), *(Column(label) for label in LABELS.values())


def _behind(*, category: str | None = None, month: str | None = None) -> tuple[Cell, ...]:
    """Received, and each decision."""
    return tuple(Cell(DECISION, category, aspect=decision, month=month) for decision in (None, *LABELS))


def _categories(ready: Ready) -> Table:
    def row(label: str, category: str | None) -> Row:
        place = TOTAL if category is None else category
        decided = (ready.shown[counts.decided(decision, place)] for decision in LABELS)
        values = (ready.shown[flow(RECEIVED, place)], *decided, ready.days(ANY, category)[0])
        return Row(label, values, cells=(*_behind(category=category), None))

    labels = category_labels()
    return Table(
        key="categories",
        title="By category",
        first="Category",
        columns=(*_columns(), _MEDIAN),
        rows=tuple(row(labels[category], category) for category in ready.categories),
        total=row("All categories", None),
        charted=(0, 1, 2),
    )


def _months(ready: Ready) -> Table:
    def row(month: Month) -> Row:
        decided = [ready.shown[counts.decided_in(decision, month.code)] for decision in LABELS]
        values = (ready.shown[counts.received_in(month.code)], *decided)
        return Row(month.label, values, cells=_behind(month=month.code))

    return Table(
        key="months",
        title="By the month in which they were sent",
        first="Month",
        columns=_columns(),
        rows=tuple(map(row, ready.months)),
        note=None if ready.is_all else f"The last {MOST} months; earlier ones count in the other tables.",
        charted=(0, 1),
        picture=Picture.LINES,
    )


def _reasons(ready: Ready, decision: str) -> Table:
    labels = {**{item.code: item.label for item in lists.items(counts.REASONS[decision])}, "": _NO_REASON}
    found = {code: ready.shown.get(counts.because(decision, code)) for code in labels}
    rows = tuple(
        Row(labels[code], (number,), cells=(Cell(DECISION, code=code, aspect=decision),))
        for code, number in found.items()
        if number
    )
    exact = ready.profile.is_exact
    return Table(
        key=decision,
        title=_TITLES[decision],
        first="Reason",
        columns=(Column("Referrals"),),
        rows=rows,
        total=Row("All reasons", (ready.shown[counts.decided(decision)],)) if rows else None,
        charted=(0,),
        note=None if exact or not rows else "Reasons with too few referrals are left out.",
        empty="None in this period." if exact else "No reason has enough referrals to be shown.",
    )
