"""The tables of the report on waiting: before a referral was sent, and the turns after that."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from referrals.directory import lists
from referrals.reporting.bands import band_labels
from referrals.reporting.categories import category_labels
from referrals.reporting.cells import Cell
from referrals.reporting.deduction import Key
from referrals.reporting.disclosure import Profile
from referrals.reporting.marking import half_and_nine_of_ten
from referrals.reporting.queries import WAITED, Spread
from referrals.reporting.report import Column, Mark, Picture, Row, Table, Unit, Value
from referrals.reporting.reports.outcomes.counts import TOTAL, waited
from referrals.reporting.reports.waiting import counts
from referrals.reporting.spreading import shown_days
from referrals.reporting.summaries import measures

_TURNS: Final = {
    "deciding": "The MP’s office, to decide",
    "working": "The MP’s office, to work on it",
    "answering": "The group, to answer a question",
    "checking": "The group, to check a result",
    "replying": "A body, to answer an enquiry",
}
_COLUMNS: Final = (Column("Median days", Unit.DAYS), Column("Nine of ten within", Unit.DAYS))
_NOT_KNOWN: Final = "It is not known of any referral sent in this period since when the resident had waited."
_TOO_FEW: Final = "Of too few referrals sent in this period it is known since when the resident had waited."


@dataclass(frozen=True, slots=True)
class Ready:
    """What the tables of the days before are filled from."""

    shown: Mapping[Key, int | None]
    categories: list[str]
    # By category (None: all).
    took: Mapping[str | None, Spread]
    profile: Profile

    def days(self, category: str | None = None) -> tuple[Value, Value]:
        """The median and the ninetieth of a hundred, where enough referrals are behind them."""
        place = TOTAL if category is None else category
        return shown_days(self.took.get(category), self.shown[waited(place)], self.profile)

    def empty(self) -> str:
        """What is said where there is no line."""
        return _NOT_KNOWN if self.profile.is_exact else _TOO_FEW


def before(ready: Ready) -> tuple[Table, Table]:
    """How long residents had waited before they were referred: how it spreads, and by category."""
    return _bands(ready), _categories(ready)


def turns(over: Mapping[str, Spread], now: Mapping[str, Spread]) -> tuple[Table, Table]:
    """How long turns lasted, and whose it is now."""
    return _over(over), _now(now)


def _bands(ready: Ready) -> Table:
    total = ready.shown[waited()]

    def row(place: int, label: str) -> Row:
        number = ready.shown[counts.band(place)]
        low, high = (None, *(most + 1 for most in WAITED))[place], (*WAITED, None)[place]
        cell = Cell(measures.WAITED, days=(low, high))
        return Row(label, (number, ready.profile.percentage(number, total)), cells=(cell, None))

    return Table(
        key="bands",
        title="How long residents had waited before they were referred",
        first="Days waited",
        columns=(Column("Referrals"), Column("Share", Unit.PERCENT)),
        rows=tuple(row(place, label) for place, label in enumerate(band_labels(WAITED))) if total else (),
        total=Row("All of them", (total, 100)) if total else None,
        charted=(0,),
        picture=Picture.DISTRIBUTION,
        marks=_marks(ready),
        empty=ready.empty(),
    )


def _marks(ready: Ready) -> tuple[Mark, ...]:
    """Only together, where the numbers themselves are shown, and no more exact than these."""
    median, most = ready.days()
    if median is None or most is None:
        return ()
    return half_and_nine_of_ten(Decimal(median), int(most), WAITED)


def _categories(ready: Ready) -> Table:
    def row(label: str, category: str | None) -> Row:
        number = ready.shown[waited(TOTAL if category is None else category)]
        return Row(label, (*ready.days(category), number), cells=(None, None, Cell(measures.WAITED, category)))

    labels = category_labels()
    return Table(
        key="categories",
        title="Before they were referred, by category",
        first="Category",
        columns=(*_COLUMNS, Column("Referrals")),
        rows=tuple(row(labels[category], category) for category in ready.categories),
        total=row("All categories", None) if ready.shown[waited()] else None,
        charted=(0, 1),
        empty=ready.empty(),
    )


def _over(over: Mapping[str, Spread]) -> Table:
    return Table(
        key="turns",
        title="How long each turn lasted",
        first="Turn of",
        columns=(*_COLUMNS, Column("Turns", Unit.TURNS)),
        rows=tuple(
            Row(label, _values(over[code]), cells=(None, None, Cell(measures.TURN, code=code)))
            for code, label in _TURNS.items()
            if code in over
        ),
        charted=(0, 1),
        empty="No turn ended in this period.",
    )


def _now(now: Mapping[str, Spread]) -> Table:
    return Table(
        key="now",
        title="Whose turn it is today, and for how long already",
        first="Turn of",
        columns=(*_COLUMNS, Column("Referrals")),
        rows=tuple(Row(item.label, _values(now[item.code])) for item in lists.items("waiting_on") if item.code in now),
        charted=(0, 1),
        note="Of this moment, whatever the period.",
        empty="Nothing is open.",
    )


def _values(one: Spread) -> tuple[Value, ...]:
    return one.median, one.most, one.number
