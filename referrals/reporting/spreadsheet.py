"""A report as a spreadsheet: CSV that opens with a double click, and in which nothing can run as a formula."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from referrals.reporting.report import Report, Row, Table

# A cell that begins with one of these is a formula, or becomes one, in some spreadsheet (OWASP, "CSV injection").
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HEADER: Final = ("Report", "About", "From", "To", "Table", "Line", "Measure", "Unit", "Value", "Precision")

Cell = str | int | Decimal


def to_csv(report: Report) -> bytes:
    """One line a number, in UTF-8 with a byte order mark, so that Excel reads it as such."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADER)
    writer.writerows([safe(cell) for cell in line] for line in _lines(report))
    return text.getvalue().encode("utf-8-sig")


def file_name(report: Report) -> str:
    """The name to save it under: which report and which period, and nothing about anybody."""
    return f"{report.name}-{report.period.code}.csv"


def safe(cell: Cell) -> str:
    """A cell as text. Numbers stay numbers; words that a spreadsheet would run are made words by an apostrophe."""
    if not isinstance(cell, str):
        return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


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
