"""A flow: from the total to its rows, and from a row to those that are part of it, each as wide as its number.

The picture is laid out from the top down in blocks, one a row of the first level: first those that go on, each with its
parts in a column of their own to the right, then those that end there. A label has a slot of its own in its column, so
that none meets another whatever the numbers are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from referrals.reporting.pictures import numbers
from referrals.reporting.pictures.lettering import wrapped
from referrals.reporting.pictures.shapes import Band, Layout, Rect, Shape, column_of, line_height
from referrals.reporting.report import Row, Table

# How high the whole is where every number is shown, and the least that can be seen of a part.
_HIGH: Final = {Layout.WIDE: 260.0, Layout.NARROW: 230.0}
_LEAST: Final = 1.5
_NODE: Final = 10.0
_GAP: Final = 10.0
# Where the three columns begin, as a share of the width.
_COLUMNS: Final = {Layout.WIDE: (0.0, 0.32, 0.68), Layout.NARROW: (0.0, 0.29, 0.6)}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the parts of the picture need to know: the table's column, the columns of the picture, and the scale."""

    table: Table
    layout: Layout
    missing: str
    # Units of the picture for each one that is counted.
    scale: float

    def at(self, level: int) -> float:
        return _COLUMNS[self.layout][level] * self.layout.width

    def room(self, level: int) -> float:
        """For a label over a node of this level, up to the next column."""
        return (self.at(level + 1) if level < 2 else self.layout.width) - self.at(level) - 8

    def thickness(self, row: Row) -> float:
        value = row.values[self.table.charted[0]]
        return max(_LEAST, float(value) * self.scale) if value else 0.0

    def label(self, row: Row, room: float) -> list[str]:
        """The number, then what it counts."""
        column = self.table.columns[self.table.charted[0]]
        number = numbers.written(row.values[self.table.charted[0]], column.unit, self.missing)
        return [*wrapped(number, room, 16, bold=True, most=1), *wrapped(numbers.own_label(row), room, 16)]


def parts_of(table: Table, row: Row | None) -> list[Row]:
    """The rows of the first level, or those of another row, without those that are nought: they make no band."""
    name = None if row is None else row.label
    return [one for one in table.rows if one.part_of == name and one.values[table.charted[0]] != 0]


def draw(table: Table, layout: Layout, missing: str) -> tuple[float, list[Shape]]:
    """The height of the picture and its shapes."""
    whole = table.total or Row("", (None,) * len(table.columns))
    first = parts_of(table, None)
    # Parts are rounded each by itself where they are rounded, so together they can be more than the whole.
    most = max(_value(table, whole), sum(_value(table, row) for row in first))
    sheet = _Sheet(table, layout, missing, _HIGH[layout] / most if most else 0.0)
    label = sheet.label(whole, sheet.room(0))
    ordered = sorted(first, key=lambda row: not parts_of(table, row))
    # The name of what goes on stands over its node, in line with that of the whole.
    named = _labelled(sheet.label(ordered[0], sheet.room(1))) + 4 if parts_of(table, ordered[0]) else 0
    top = max(named, _labelled(label) + 4)
    shapes = _label(label, 0, top - _labelled(label) - 4)
    height, nodes = top - named, list[tuple[float, float]]()
    for row in ordered:
        height, node, block = _block(sheet, row, height)
        nodes.append(node)
        shapes += block
    behind = _bands((sheet.at(0), top), [thickness for _, thickness in nodes], nodes, sheet.at(1), "band-1")
    thickness = max(sheet.thickness(whole), sum(thickness for _, thickness in nodes))
    shapes.append(Rect(0, top, _NODE, thickness, "node"))
    return max(height - _GAP, top + thickness) + 2, [*behind, *shapes]


def _value(table: Table, row: Row) -> float:
    return float(row.values[table.charted[0]] or 0)


def _block(sheet: _Sheet, row: Row, top: float) -> tuple[float, tuple[float, float], list[Shape]]:
    """Where the block ends, the top and thickness of its node, and its shapes."""
    parts = parts_of(sheet.table, row)
    return _going_on(sheet, row, parts, top) if parts else _ending(sheet, row, top, 1)


def _ending(sheet: _Sheet, row: Row, top: float, level: int) -> tuple[float, tuple[float, float], list[Shape]]:
    """A node with its label to the right, in a slot that is as high as the higher of them."""
    thickness, x = sheet.thickness(row), sheet.at(level)
    label = sheet.label(row, sheet.layout.width - x - _NODE - 8)
    high = max(thickness, _labelled(label))
    middle = top + (high - thickness) / 2
    shapes: list[Shape] = _label(label, x + _NODE + 8, top + (high - _labelled(label)) / 2)
    if thickness:
        shapes.append(Rect(x, middle, _NODE, thickness, "node"))
    return top + high + _GAP, (middle, thickness), shapes


def _going_on(
    sheet: _Sheet, row: Row, parts: Sequence[Row], top: float
) -> tuple[float, tuple[float, float], list[Shape]]:
    """A node with its label above, and its parts to the right of it."""
    label = sheet.label(row, sheet.room(1))
    x, thickness = sheet.at(1), sheet.thickness(row)
    begin = top + _labelled(label) + 4
    shapes: list[Shape] = []
    height, nodes = begin, list[tuple[float, float]]()
    for part in parts:
        height, node, ending = _ending(sheet, part, height, 2)
        nodes.append(node)
        shapes += ending
    total = sum(each for _, each in nodes)
    shrink = min(1.0, thickness / total) if total else 1.0
    bands = _bands((x, begin), [each * shrink for _, each in nodes], nodes, sheet.at(2), "band-2")
    shapes += _label(label, x, top)
    if thickness:
        shapes.append(Rect(x, begin, _NODE, thickness, "node"))
    else:
        bands = []
    return max(height, begin + thickness + _GAP), (begin, thickness), [*bands, *shapes]


def _bands(
    begin: tuple[float, float], leaving: Sequence[float], nodes: Sequence[tuple[float, float]], to: float, look: str
) -> list[Shape]:
    """A band from one node to each of the others, one under the other where they leave it."""
    x, y = begin[0] + _NODE, begin[1]
    bands: list[Shape] = []
    for thickness, (top, arriving) in zip(leaving, nodes, strict=True):
        if thickness and arriving:
            bands.append(Band((x, y, y + thickness), (to, top, top + arriving), look))
        y += thickness
    return bands


def _labelled(label: Sequence[str]) -> float:
    return line_height("label") * len(label)


def _label(label: Sequence[str], x: float, top: float) -> list[Shape]:
    # What is not shown is no number, and does not look like one.
    first = column_of(label[:1], x, top, "value" if any(one.isdigit() for one in label[0]) else "label")
    return [*first, *column_of(label[1:], x, top + line_height("value"), "label")]
