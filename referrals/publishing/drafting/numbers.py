"""Numbers of a report, found by table, line and measure, and written as they are read."""

from decimal import Decimal
from typing import Any, Final

from referrals.reporting.report import Report, Row, Table, Unit, Value

NOT_SHOWN: Final = "Not shown"


class Numbers:
    """The numbers of one report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._tables = {table.key: table for table in report.tables}

    def table(self, key: str) -> Table:
        """A table. Raises KeyError for one that the report has not."""
        return self._tables[key]

    def has(self, key: str) -> bool:
        """Whether the report has this table."""
        return key in self._tables

    def total(self, key: str, column: str) -> Value:
        """The total of a measure; None where it may not be shown."""
        table = self.table(key)
        return None if table.total is None else table.total.values[_place(table, column)]

    def lines(self, key: str, column: str) -> list[tuple[str, int]]:
        """The lines of a table whose count may be shown, with it, the largest first."""
        table = self.table(key)
        place = _place(table, column)
        found = [(row.label, value) for row in table.rows if isinstance(value := row.values[place], int) and value]
        return sorted(found, key=lambda line: -line[1])

    def cell(self, key: str, line: str, column: str) -> Value:
        """One number; None where it may not be shown or where there is no such line."""
        table = self.table(key)
        return next((row.values[_place(table, column)] for row in table.rows if row.label == line), None)


def written(value: Value, unit: Unit) -> str:
    """A number with its unit, like "1,204", "£1,234" or "12 days"."""
    if value is None:
        return NOT_SHOWN
    if unit is Unit.POUNDS:
        return "£" + f"{value:,.2f}".removesuffix(".00")
    if unit is Unit.PERCENT:
        return f"{value}%"
    if unit is Unit.DAYS:
        return f"{_short(value)} day{'' if value == 1 else 's'}"
    return _short(value)


def plain_table(table: Table) -> dict[str, Any]:
    """A table as JSON: its numbers as they are read, and those that are drawn also as numbers."""
    return {
        "title": table.title,
        "first": table.first,
        "columns": [column.label for column in table.columns],
        "rows": [_row(table, row) for row in table.rows],
        "total": _row(table, table.total) if table.total else None,
        "note": table.note or "",
        "empty": table.empty,
        "series": [table.columns[place].label for place in table.charted],
    }


def _row(table: Table, row: Row) -> dict[str, Any]:
    units = [column.unit for column in table.columns]
    cells = [_cell(value, unit) for value, unit in zip(row.values, units, strict=True)]
    return {"label": row.label, "cells": cells, "bars": [_bar(row.values[place]) for place in table.charted]}


def _cell(value: Value, unit: Unit) -> str:
    # The column says what is counted.
    return written(value, Unit.REFERRALS if unit is Unit.DAYS else unit)


def _bar(value: Value) -> int | None:
    return None if value is None else int(value)


def _place(table: Table, column: str) -> int:
    return [one.label for one in table.columns].index(column)


def _short(value: int | Decimal) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value.normalize():,f}"
