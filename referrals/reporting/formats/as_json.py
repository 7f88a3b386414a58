"""A report as JSON, for other programs: the whole of it, with what each number counts."""

import json
from decimal import Decimal
from typing import Any

from referrals.reporting.report import Report, Row, Table, Value


def to_json(report: Report) -> bytes:
    """The report in UTF-8; a number that may not be shown is null, and amounts are in pounds."""
    return json.dumps(_report(report), ensure_ascii=False, indent=1).encode()


def _report(report: Report) -> dict[str, Any]:
    period = report.period
    return {
        "report": report.name,
        "title": report.title,
        "about": report.about,
        "period": {
            "code": period.code,
            "label": period.label,
            "from": period.first.isoformat() if period.first else None,
            "to": period.last.isoformat(),
        },
        "counted_on": report.counted_on.isoformat(),
        "precision": report.precision,
        "warning": report.warning or None,
        "headline": list(report.headline),
        "figures": [
            {"label": one.label, "unit": one.unit.value, "value": _number(one.value), "note": one.note or None}
            for one in report.figures
        ],
        "tables": [_table(table) for table in report.tables],
        "definitions": {one.term: one.words for one in report.definitions},
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": table.title,
        "lines_are": table.first,
        "measures": [{"label": column.label, "unit": column.unit.value} for column in table.columns],
        "lines": [_line(row) for row in table.rows],
        "total": _line(table.total) if table.total else None,
        "note": table.note,
    }


def _line(row: Row) -> dict[str, Any]:
    return {"label": row.label, "values": [_number(value) for value in row.values]}


def _number(value: Value) -> int | float | None:
    # Pence and half days are exact enough in a float, and every program reads it.
    return float(value) if isinstance(value, Decimal) else value
