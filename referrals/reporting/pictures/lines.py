"""Lines over time: up to four, told apart by how they are broken, by their signs, and by their names at their ends."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from referrals.reporting.pictures import numbers
from referrals.reporting.pictures.lettering import width_of, wrapped
from referrals.reporting.pictures.scales import apart, steps
from referrals.reporting.pictures.shapes import (
    Anchor,
    Layout,
    Point,
    Shape,
    Signs,
    Strokes,
    Words,
    column_of,
    line_height,
)
from referrals.reporting.report import Table, Unit, Value

SERIES: Final = 4
FORMS: Final = ("circle", "square", "triangle", "diamond")
# With more points than this only some have a sign.
MANY: Final = 13
_TOP: Final = 12
_SAMPLE: Final = 34


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the numbers lie."""

    left: float
    right: float
    bottom: float
    # Of the first and the last row.
    first: float
    last: float
    rows: int
    top_value: int

    def x(self, index: int) -> float:
        return self.first + index * (self.last - self.first) / max(1, self.rows - 1)

    def y(self, value: float) -> float:
        return self.bottom - value * (self.bottom - _TOP) / self.top_value


def draw(table: Table, layout: Layout, missing: str) -> tuple[float, list[Shape]]:
    """The height of the picture and its shapes."""
    columns = table.charted[:SERIES]
    values = [numbers.column(table, index) for index in columns]
    axis = steps(max(numbers.most(each) for each in values))
    names = [wrapped(table.columns[index].label, layout.width * 0.38 - _SAMPLE, 16) for index in columns]
    plot = _plot(table, layout, axis, names)
    every = _every(table, plot)
    shapes = [*_grid(table, plot, axis), *_months(table, plot, every)]
    for number, each in enumerate(values):
        shapes += _line(plot, [None if value is None else float(value) for value in each], number, every)
    shapes += _names(plot, [_last(each) for each in values], names)
    height = plot.bottom + 8 + line_height("tick")
    if any(value is None for each in values for value in each):
        note = wrapped(f"A gap in a line means “{missing}” in the table.", layout.width, 14)
        shapes += column_of(note, 0, height + 6, "note")
        height += 6 + line_height("note") * len(note)
    return height + 2, shapes


def _plot(table: Table, layout: Layout, axis: list[int], names: list[list[str]]) -> _Plot:
    unit = table.columns[table.charted[0]].unit
    left = 8 + max(width_of(_tick(value, unit), 14) for value in axis)
    half = max(width_of(row.label, 14) for row in (table.rows[0], table.rows[-1])) / 2
    right = layout.width - max(half, _SAMPLE + 8 + max(width_of(line, 16) for name in names for line in name))
    needed = sum(line_height("label") * len(name) + 4 for name in names)
    bottom = _TOP + max(240 if layout is Layout.WIDE else 190, needed)
    return _Plot(left, right, bottom, max(left + 8, half), right - 6, len(table.rows), axis[-1])


def _tick(value: int, unit: Unit) -> str:
    return numbers.written(value, unit, "")


def _every(table: Table, plot: _Plot) -> int:
    """Every how many months one is named, so that no name meets the next."""
    widest = max(width_of(row.label, 14) for row in table.rows) + 14
    across = (plot.last - plot.first) / max(1, plot.rows - 1)
    return max(1, -(-int(widest) // max(1, int(across))))


def _grid(table: Table, plot: _Plot, axis: list[int]) -> list[Shape]:
    unit = table.columns[table.charted[0]].unit
    shapes: list[Shape] = [
        Strokes(tuple(((plot.left, plot.y(value)), (plot.right, plot.y(value))) for value in axis[1:]), "grid")
    ]
    shapes += [Words(plot.left - 6, plot.y(value) + 5, _tick(value, unit), "tick", Anchor.END) for value in axis]
    return [*shapes, Strokes((((plot.left, plot.bottom), (plot.right, plot.bottom)),), "axis")]


def _months(table: Table, plot: _Plot, every: int) -> list[Shape]:
    named = range(0, plot.rows, every)
    ticks = tuple(((plot.x(index), plot.bottom), (plot.x(index), plot.bottom + 5)) for index in named)
    return [
        Strokes(ticks, "axis"),
        *(Words(plot.x(i), plot.bottom + 20, table.rows[i].label, "tick", Anchor.MIDDLE) for i in named),
    ]


def _line(plot: _Plot, values: list[float | None], number: int, every: int) -> list[Shape]:
    runs = _runs(plot, values)
    shapes: list[Shape] = []
    if lines := tuple(tuple(point for _, point in run) for run in runs if len(run) > 1):
        shapes.append(Strokes(lines, f"line-{number + 1}"))
    signed = tuple(
        point
        for run in runs
        for index, point in run
        # The ends of a line have one always: a line of one point is nothing else.
        if plot.rows <= MANY or index % every == 0 or index in {run[0][0], run[-1][0]}
    )
    return [*shapes, Signs(signed, FORMS[number], f"sign-{number + 1}")] if signed else shapes


def _runs(plot: _Plot, values: list[float | None]) -> list[list[tuple[int, Point]]]:
    """The points that a line goes through without a gap; each with the number of its row."""
    runs: list[list[tuple[int, Point]]] = []
    for (_, before), (index, value) in pairwise([(-1, None), *enumerate(values)]):
        if value is not None:
            if before is None:
                runs.append([])
            runs[-1].append((index, (plot.x(index), plot.y(value))))
    return runs


def _last(values: list[Value]) -> float:
    return next((float(value) for value in reversed(values) if value is not None), 0.0)


def _names(plot: _Plot, ends: list[float], names: list[list[str]]) -> list[Shape]:
    """The name of each line beside its end, with a piece of the line, and none on another."""
    heights = [line_height("label") * len(name) + 4 for name in names]
    middles = apart([plot.y(end) for end in ends], heights, _TOP - 8, plot.bottom + 8)
    shapes: list[Shape] = []
    for number, (name, middle, height) in enumerate(zip(names, middles, heights, strict=True)):
        begin = plot.right + 8
        sample = ((begin, middle), (begin + _SAMPLE - 6, middle))
        shapes += [
            Strokes((sample,), f"line-{number + 1}"),
            Signs(((begin + (_SAMPLE - 6) / 2, middle),), FORMS[number], f"sign-{number + 1}"),
            *column_of(name, begin + _SAMPLE, middle - height / 2 + 2, "label"),
        ]
    return shapes
