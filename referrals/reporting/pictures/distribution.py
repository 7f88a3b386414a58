"""A distribution: a bar for each band, side by side, with the middle and the like marked across them.

The bars stand upright; where their numbers would not fit over them they lie, one under the other.
"""

from typing import Final

from referrals.reporting.pictures import numbers
from referrals.reporting.pictures.lettering import width_of, wrapped
from referrals.reporting.pictures.scales import steps
from referrals.reporting.pictures.shapes import Anchor, Layout, Rect, Shape, Strokes, Words, column_of, line_height
from referrals.reporting.report import Mark, Table

# There are so many looks of marks.
MARKS: Final = 2
NOT_SHOWN: Final = "–"
# How much of the room of a band its bar takes.
_BARS: Final = 0.72
_SAMPLE: Final = 28
_LYING: Final = 36.0


def draw(table: Table, layout: Layout, missing: str) -> tuple[float, list[Shape]]:
    """The height of the picture and its shapes."""
    top, legend = _legend(table.marks[:MARKS], layout)
    room = layout.width / len(table.rows) - 4
    fit = all(width_of(text, 16, bold=True) <= room for text in _numbers(table))
    height, shapes = (_standing if fit else _lying)(table, layout, top)
    height, notes = _notes(table, layout, missing, height)
    return height + 2, [*legend, *shapes, *notes]


def _numbers(table: Table) -> list[str]:
    unit = table.columns[table.charted[0]].unit
    return [numbers.written(value, unit, NOT_SHOWN) for value in numbers.column(table, table.charted[0])]


def _lengths(table: Table, room: float, top_value: float) -> list[float]:
    values = numbers.column(table, table.charted[0])
    return [0.0 if value is None else float(value) * room / top_value for value in values]


def _standing(table: Table, layout: Layout, top: float) -> tuple[float, list[Shape]]:
    bottom = top + (220 if layout is Layout.WIDE else 170)
    band = layout.width / len(table.rows)
    # Above the highest bar there is room for its number.
    lengths = _lengths(table, bottom - top - 26, steps(numbers.most(numbers.column(table, table.charted[0])))[-1])
    shapes: list[Shape] = [
        Rect((index + (1 - _BARS) / 2) * band, bottom - length, _BARS * band, length, "bar-2")
        for index, length in enumerate(lengths)
        if length
    ]
    shapes.append(Strokes((((0, bottom), (layout.width, bottom)),), "axis"))
    for number, mark in enumerate(table.marks[:MARKS]):
        x = min(max(mark.at * band, 2), layout.width - 2)
        shapes.append(Strokes((((x, top), (x, bottom)),), f"mark-{number + 1}"))
    height = bottom
    for index, (row, text, length) in enumerate(zip(table.rows, _numbers(table), lengths, strict=True)):
        middle = (index + 0.5) * band
        shapes.append(Words(middle, bottom - length - 7, text, "over", Anchor.MIDDLE))
        name = wrapped(row.label, band - 4, 14, most=4)
        shapes += column_of(name, middle, bottom + 6, "tick", Anchor.MIDDLE)
        height = max(height, bottom + 6 + line_height("tick") * len(name))
    return height, shapes


def _lying(table: Table, layout: Layout, top: float) -> tuple[float, list[Shape]]:
    names = [wrapped(row.label, 0.3 * layout.width, 14, most=2) for row in table.rows]
    left = 8 + max(width_of(line, 14) for name in names for line in name)
    widest = max(width_of(text, 16, bold=True) for text in _numbers(table))
    most = float(numbers.most(numbers.column(table, table.charted[0])))
    lengths = _lengths(table, layout.width - left - widest - 10, most)
    shapes: list[Shape] = [
        Rect(left, top + (index + (1 - _BARS) / 2) * _LYING, length, _BARS * _LYING, "bar-2")
        for index, length in enumerate(lengths)
        if length
    ]
    bottom = top + _LYING * len(table.rows)
    shapes.append(Strokes((((left, top), (left, bottom)),), "axis"))
    for number, mark in enumerate(table.marks[:MARKS]):
        y = min(max(top + mark.at * _LYING, top), bottom)
        shapes.append(Strokes((((left, y), (layout.width, y)),), f"mark-{number + 1}"))
    for index, (name, text, length) in enumerate(zip(names, _numbers(table), lengths, strict=True)):
        middle = top + (index + 0.5) * _LYING
        shapes += column_of(name, left - 6, middle - line_height("tick") * len(name) / 2, "tick", Anchor.END)
        shapes.append(Words(left + length + 7, middle + 5, text, "over"))
    return bottom, shapes


def _notes(table: Table, layout: Layout, missing: str, height: float) -> tuple[float, list[Shape]]:
    """Under the bands: what they are, and what is said of a number that is not shown."""
    shapes: list[Shape] = []
    notes = [table.first]
    if None in numbers.column(table, table.charted[0]):
        notes.append(f"{NOT_SHOWN} means: {missing[:1].lower()}{missing[1:]}")
    for note in notes:
        lines = wrapped(note, layout.width, 14)
        shapes += column_of(lines, layout.width / 2, height + 4, "note", Anchor.MIDDLE)
        height += 4 + line_height("note") * len(lines)
    return height, shapes


def _legend(marks: tuple[Mark, ...], layout: Layout) -> tuple[float, list[Shape]]:
    """What is marked, beside a piece of each line; above the bars, where nothing can make one meet another."""
    shapes: list[Shape] = []
    x, y, height = 0.0, 0.0, line_height("label") + 2
    for number, mark in enumerate(marks):
        (words,) = wrapped(mark.label, layout.width - _SAMPLE - 8, 16, most=1)
        width = _SAMPLE + 8 + width_of(words, 16)
        if x and x + width > layout.width:
            x, y = 0.0, y + height
        line = ((x, y + height / 2), (x + _SAMPLE, y + height / 2))
        shapes += [Strokes((line,), f"mark-{number + 1}"), *column_of([words], x + _SAMPLE + 8, y + 1, "label")]
        x += width + 24
    return (y + height + 10 if marks else 4), shapes
