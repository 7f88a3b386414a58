"""The charts of a sheet, drawn from the numbers that are kept in it."""

from collections.abc import Mapping
from typing import Any

from referrals.reporting import pictures
from referrals.reporting.pictures import Drawing
from referrals.reporting.report import Column, Row, Table


def table_of(chart: Mapping[str, Any]) -> Table:
    """The table that a chart of a sheet is drawn from: all its measures, and none of the rest."""
    return Table(
        key=chart["key"],
        title=chart["title"],
        first="",
        columns=tuple(Column(name) for name in chart["series"]),
        rows=tuple(Row(row["label"], tuple(row["bars"])) for row in chart["rows"]),
        charted=tuple(range(len(chart["series"]))),
    )


def drawing_of(chart: Mapping[str, Any]) -> Drawing | None:
    """The drawing; None where it would say nothing."""
    return pictures.draw(table_of(chart))
