"""A report as CSV: one line a number."""

from collections.abc import Iterator
from typing import Final

from referrals.foundation import spreadsheets
from referrals.foundation.spreadsheets import Cell
from referrals.reporting.report import Report, Row, Table

_HEADER: Final = ("Report", "About", "From", "To", "Table", "Line", "Measure", "Unit", "Value", "Precision")


def to_csv(report: Report) -> bytes:
    """One line a number, in UTF-8 with a byte order mark, so that Excel reads it as such."""
    return spreadsheets.to_csv(_HEADER, _lines(report))


def _lines(report: Report) -> Iterator[list[Cell]]:
    first = report.period.first.isoformat() if report.period.first else ""
    start: list[Cell] = [report.title, report.about, first, report.period.last.isoformat()]
    for table in report.tables:
        for row in (*table.rows, *([table.total] if table.total else [])):
            for cells in _cells(table, row):
                yield [*start, *cells, report.precision if cells[-1] != "" else "not shown"]


def _cells(table: Table, row: Row) -> Iterator[list[Cell]]:
    for column, value in zip(table.columns, row.values, strict=True):
        yield [table.title, row.label, column.label, column.unit.value, "" if value is None else value]
