"""Bars: one for each row and charted column, from the left, in proportion to the largest of all.

A row or a column of which no number is shown has no bars: the table beside the picture says of it what there is to say.
"""

from dataclasses import replace
from typing import Final

from referrals.reporting.pictures import numbers
from referrals.reporting.pictures.lettering import width_of, wrapped
from referrals.reporting.pictures.shapes import Layout, Point, Rect, Shape, Strokes, Words, column_of, line_height
from referrals.reporting.report import Row, Table

# There are so many looks of bars.
SERIES: Final = 3
_BAR: Final = 18
_STEP: Final = 22
_GAP: Final = 14
_LABELS: Final = 230
_SWATCH: Final = 16


def draw(table: Table, layout: Layout, missing: str) -> tuple[float, list[Shape]]:
    """The height of the picture and its shapes."""
    is_alone, table = len(table.charted) == 1, _shown(table)
    columns = table.charted
    height, shapes = (2, []) if is_alone else _legend([table.columns[index].label for index in columns], layout)
    wide = layout is Layout.WIDE
    left = _LABELS + 12.0 if wide else 1.0
    room = layout.width - left - 8 - max(_widest(table, index, missing) for index in columns)
    most = max(float(numbers.most(numbers.column(table, index))) for index in columns)
    begin = height
    axis: list[tuple[Point, ...]] = []
    for row in table.rows:
        label = wrapped(row.label, _LABELS if wide else layout.width, 16, most=3 if wide else 2)
        words = line_height("label") * len(label)
        top = height if wide else height + words + 1
        shapes += column_of(label, 0, height, "label")
        shapes += _row(table, row, columns, (left, top, room / most if most else 0), missing)
        bars = _STEP * len(columns)
        axis.append(((left, top - 3), (left, top + bars - 1)))
        height += (max(words, bars) if wide else words + bars) + _GAP
    # Beside the words it is one line; under them, one for the bars of each row.
    shapes.append(Strokes((((left, begin), (left, height - _GAP)),) if wide else tuple(axis), "axis"))
    return height - _GAP + 2, shapes


def _shown(table: Table) -> Table:
    columns = tuple(
        index for index in table.charted[:SERIES] if any(value is not None for value in numbers.column(table, index))
    )
    rows = tuple(row for row in table.rows if any(row.values[index] is not None for index in columns))
    return replace(table, rows=rows, charted=columns)


def _widest(table: Table, index: int, missing: str) -> float:
    unit = table.columns[index].unit
    texts = [numbers.written(value, unit, missing) for value in numbers.column(table, index)]
    return max(width_of(text, 16, bold=True) for text in texts)


def _row(
    table: Table, row: Row, columns: tuple[int, ...], place: tuple[float, float, float], missing: str
) -> list[Shape]:
    left, top, scale = place
    shapes: list[Shape] = []
    for number, index in enumerate(columns):
        y, value = top + _STEP * number, row.values[index]
        text = numbers.written(value, table.columns[index].unit, missing)
        length = 0.0 if value is None else max(0.0, float(value) * scale)
        if length:
            shapes.append(Rect(left, y, length, _BAR, f"bar-{number + 1}"))
        shapes.append(Words(left + length + 7, y + 15, text, "label" if value is None else "value"))
    return shapes


def _legend(names: list[str], layout: Layout) -> tuple[float, list[Shape]]:
    shapes: list[Shape] = []
    x, y, height = 1.0, 1.0, line_height("label") + 2
    for number, name in enumerate(names):
        (words,) = wrapped(name, layout.width - _SWATCH - 10, 16, most=1)
        width = _SWATCH + 8 + width_of(words, 16)
        if x > 1 and x + width > layout.width:
            x, y = 1.0, y + height
        shapes += [
            Rect(x, y + 2, _SWATCH, _SWATCH, f"bar-{number + 1}"),
            *column_of([words], x + _SWATCH + 8, y, "label"),
        ]
        x += width + 22
    return y + height + 10, shapes
