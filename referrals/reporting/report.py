"""The shape of a report: sentences, figures, tables and definitions that pages, charts and CSV are all made from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from referrals.reporting.cells import Cell
from referrals.reporting.periods import Period

# A number, or None where it may not be shown.
Value = int | Decimal | None


class Unit(StrEnum):
    """What a number counts; it decides how the number is written."""

    REFERRALS = "referrals"
    POUNDS = "pounds"
    DAYS = "days"
    PEOPLE = "people"
    REQUESTS = "requests"
    ENQUIRIES = "enquiries"
    AGREEMENTS = "agreements"
    TURNS = "turns"
    PERCENT = "percent"
    AWARDS = "awards"
    ENTRIES = "entries"
    AREAS = "areas"


class Picture(StrEnum):
    """How the charted columns of a table are drawn; `reporting/pictures` has a module for each."""

    # A bar a row and column: to compare.
    BARS = "bars"
    # A line a column, over rows that are months in their order: to see what changes. Four lines at most.
    LINES = "lines"
    # A bar a row, over rows that are bands of days in their order, with marks: to see how it spreads. One column.
    DISTRIBUTION = "distribution"
    # From the total to the rows, and from a row to those that are part of it: to see what became of it. One column.
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Column:
    """One measure of a table."""

    label: str
    unit: Unit = Unit.REFERRALS


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: as many values as the table has columns."""

    label: str
    values: tuple[Value, ...]
    # The label of the row above that it is a part of; the own label then begins with it: "Taken on: not resolved".
    part_of: str | None = None
    # What each of its values counts, where its owner can ask for the referrals behind it.
    cells: tuple[Cell | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A number marked in a distribution: what it says, and where it lies among the rows (2.5: midway in the third)."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `charted` are the columns that are drawn too, `picture` says how; `total` is never one of its rows."""

    key: str
    title: str
    # What its rows are.
    first: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    charted: tuple[int, ...] = ()
    note: str | None = None
    # What to say when there are no rows.
    empty: str = ""
    picture: Picture = Picture.BARS
    # Of a distribution.
    marks: tuple[Mark, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether it has lines, and not one number in them can be shown."""
        lines = (*self.rows, *([self.total] if self.total else ()))
        return bool(self.rows) and all(value is None for row in lines for value in row.values)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that stands for itself."""

    label: str
    value: Value
    unit: Unit = Unit.REFERRALS
    note: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """How one thing is counted."""

    term: str
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report. Nothing in it is about one resident, and nothing in it was ever sealed."""

    name: str
    title: str
    # Whose referrals it counts.
    about: str
    period: Period
    headline: tuple[str, ...]
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    definitions: tuple[Definition, ...]
    counted_on: date
    # How exact the numbers are, for every line of a download: "exact", or how they were rounded.
    precision: str
    # Said above the figures where some are hidden.
    warning: str = ""
    is_empty: bool = False
