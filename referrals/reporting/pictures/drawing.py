"""From a table to its picture: which kind it asks for, whether it would say anything, and the finished drawing."""

from collections.abc import Callable
from typing import Final

from referrals.reporting.pictures import bars, distribution, flow, lines, numbers
from referrals.reporting.pictures.describing import describe
from referrals.reporting.pictures.shapes import Drawing, Layout, Shape
from referrals.reporting.report import Picture, Table

# What is said in place of a number that is not shown.
MISSING: Final = "Not shown"

_KINDS: Final[dict[Picture, Callable[[Table, Layout, str], tuple[float, list[Shape]]]]] = {
    Picture.BARS: bars.draw,
    Picture.LINES: lines.draw,
    Picture.DISTRIBUTION: distribution.draw,
    Picture.FLOW: flow.draw,
}


def says_something(table: Table) -> bool:
    """Whether a picture of the table would tell anything: enough of it is shown, and not all of it is nought."""
    if not table.charted:
        return False
    if table.picture is Picture.FLOW:
        return sum(bool(row.values[table.charted[0]]) for row in flow.parts_of(table, None)) > 1
    shown = [[value for value in numbers.column(table, index) if value is not None] for index in table.charted]
    if table.picture is Picture.LINES and max(len(each) for each in shown) < 3:
        return False
    return any(value > 0 for each in shown for value in each)


def draw(table: Table, layout: Layout = Layout.WIDE, missing: str = MISSING) -> Drawing | None:
    """The picture of a table as its report wants it; None where the table has none, or it would say nothing."""
    if not says_something(table):
        return None
    height, shapes = _KINDS[table.picture](table, layout, missing)
    return Drawing(layout.width, height, table.title, describe(table, missing), tuple(shapes))
