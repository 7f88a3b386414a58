"""The geometry of pictures, over random tables: nothing outside, no words on others, and everything in proportion."""

from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referrals.reporting import pictures
from referrals.reporting.pictures import Drawing, Layout, flow, lines
from referrals.reporting.pictures.lettering import width_of, wrapped
from referrals.reporting.pictures.looks import LOOKS
from referrals.reporting.pictures.scales import apart, steps
from referrals.reporting.pictures.shapes import Band, Rect, Signs, Strokes, Words
from referrals.reporting.report import Row, Table
from tests.reporting.pictures import tables as random_tables

LITTLE = 0.01
layouts = st.sampled_from(Layout)
thorough = settings(max_examples=150, deadline=None)


def drawn(table: Table, layout: Layout) -> Drawing | None:
    return pictures.draw(table, layout)


@thorough
@given(random_tables.tables, layouts)
def test_nothing_lies_outside_the_picture(table: Table, layout: Layout) -> None:
    drawing = drawn(table, layout)
    if drawing is None:
        return
    assert drawing.width == layout.width
    for shape in drawing.shapes:
        left, top, right, bottom = shape.box()
        assert left >= -LITTLE, shape
        assert top >= -LITTLE, shape
        assert right <= drawing.width + LITTLE, shape
        assert bottom <= drawing.height + LITTLE, shape


@thorough
@given(random_tables.tables, layouts)
def test_no_words_lie_on_others(table: Table, layout: Layout) -> None:
    drawing = drawn(table, layout)
    words = [shape for shape in drawing.shapes if isinstance(shape, Words)] if drawing else []
    for one, other in combinations(words, 2):
        left, top, right, bottom = one.box()
        other_left, other_top, other_right, other_bottom = other.box()
        apart_across = right <= other_left + LITTLE or other_right <= left + LITTLE
        assert apart_across or bottom <= other_top + LITTLE or other_bottom <= top + LITTLE, (one, other)


@thorough
@given(random_tables.flow(), layouts)
def test_no_words_lie_on_a_band_or_a_node(table: Table, layout: Layout) -> None:
    drawing = drawn(table, layout)
    shapes = drawing.shapes if drawing else ()
    # The box around a slanting band holds more than the band, so a band is looked at where the words begin and end.
    solid = [shape for shape in shapes if isinstance(shape, Rect)]
    for words in (shape for shape in shapes if isinstance(shape, Words)):
        left, top, right, bottom = words.box()
        for rect in solid:
            over = rect.box()
            assert right <= over[0] + LITTLE or over[2] <= left + LITTLE or bottom <= over[1] or over[3] <= top, words
        for band in (shape for shape in shapes if isinstance(shape, Band)):
            for x in (left, (left + right) / 2, right):
                if band.begin[0] < x < band.end[0]:
                    upper, lower = _across(band, x)
                    assert bottom <= upper + LITTLE or top >= lower - LITTLE, (words, band)


def _across(band: Band, x: float) -> tuple[float, float]:
    """The top and the bottom of a band at a place between its ends; its sides bend at half of the way."""
    low, high = 0.0, 1.0
    begin, end = band.begin[0], band.end[0]
    for _ in range(40):
        t = (low + high) / 2
        half = (begin + end) / 2
        place = (1 - t) ** 3 * begin + 3 * (1 - t) ** 2 * t * half + 3 * (1 - t) * t**2 * half + t**3 * end
        low, high = (t, high) if place < x else (low, t)
    share = 3 * low**2 - 2 * low**3
    return (
        band.begin[1] + share * (band.end[1] - band.begin[1]),
        band.begin[2] + share * (band.end[2] - band.begin[2]),
    )


@thorough
@given(random_tables.flow(), layouts)
def test_bands_are_as_wide_as_their_numbers(table: Table, layout: Layout) -> None:
    drawing = drawn(table, layout)
    bands = [shape for shape in drawing.shapes if isinstance(shape, Band)] if drawing else []
    first = [row for row in flow.parts_of(table, None) if row.values[0]]
    wide = [band for band in bands if band.look == "band-1"]
    numbers = sorted(float(row.values[0] or 0) for row in first)
    assert len(wide) == (len(first) if drawing else 0)
    ends = sorted(band.end[2] - band.end[1] for band in wide)
    for (end, number), (other_end, other) in combinations(zip(ends, numbers, strict=True), 2) if drawing else ():
        # The least that is drawn is as wide as can be seen.
        if min(end, other_end) > 1.5 + LITTLE:
            assert end * other == pytest.approx(other_end * number)


@thorough
@given(random_tables.bars(), layouts)
def test_rows_and_columns_without_a_number_are_left_to_the_table(table: Table, layout: Layout) -> None:
    hidden = Row("A row of which nothing is shown", (None,) * len(table.columns))
    more = replace(table, rows=(*table.rows, hidden))
    drawing, as_before = drawn(more, layout), drawn(table, layout)
    assert (drawing is None) == (as_before is None)
    if drawing and as_before:
        assert drawing.shapes == as_before.shapes


@thorough
@given(random_tables.bars(), layouts)
def test_bars_are_as_long_as_their_numbers(table: Table, layout: Layout) -> None:
    drawing = drawn(table, layout)
    values = [float(value) for row in table.rows for value in row.values if value]
    rects = [one for one in drawing.shapes if isinstance(one, Rect)] if drawing else []
    if len(table.columns) > 1:
        # The legend names the columns of which something is shown.
        rects = rects[sum(any(row.values[index] is not None for row in table.rows) for index in table.charted) :]
    assert len(rects) == (len(values) if drawing else 0)
    for rect, value in zip(rects, values, strict=True):
        assert rect.width * max(values) == pytest.approx(max(rect.width for rect in rects) * value)


@thorough
@given(random_tables.lines(), layouts)
def test_a_number_that_is_not_shown_breaks_its_line(table: Table, layout: Layout) -> None:
    drawing = drawn(table, layout)
    if drawing is None:
        return
    for number in range(len(table.columns)):
        values = [row.values[number] for row in table.rows]
        pairs = sum(before is not None and after is not None for before, after in pairwise(values))
        found = [one for one in drawing.shapes if isinstance(one, Strokes) and one.look == f"line-{number + 1}"]
        steps_drawn = sum(len(line) - 1 for one in found for line in one.lines)
        # One more is the piece of line beside its name.
        assert steps_drawn == pairs + 1
    said = any(isinstance(one, Words) and one.words.startswith("A gap in a line") for one in drawing.shapes)
    assert said == any(value is None for row in table.rows for value in row.values)


@thorough
@given(random_tables.lines())
def test_every_line_begins_at_nought_and_goes_up_to_scale(table: Table) -> None:
    drawing = drawn(table, Layout.WIDE)
    if drawing is None or len(table.rows) > lines.MANY:
        return
    axis = [one for one in drawing.shapes if isinstance(one, Words) and one.look == "tick" and one.x < 90]
    strokes = [one for one in drawing.shapes if isinstance(one, Strokes) and one.look == "axis"]
    (zero,) = [one.lines[0][0][1] for one in strokes if one.lines[0][0][1] == one.lines[0][1][1]]
    assert any(one.words == "0" for one in axis)
    for number in range(len(table.columns)):
        signs = [one for one in drawing.shapes if isinstance(one, Signs) and one.look == f"sign-{number + 1}"]
        points = [point for one in signs for point in one.points]
        values = [float(row.values[number] or 0) for row in table.rows if row.values[number] is not None]
        heights = [zero - y for _, y in points][: len(values)]
        for height, value in zip(heights, values, strict=True):
            assert height * max(values) == pytest.approx(max(heights) * value, abs=LITTLE * max(1, *values))


@given(st.integers(0, 10_000_000))
def test_steps_are_round_and_few(most: int) -> None:
    found = steps(most)
    step = found[1]
    assert found[0] == 0
    assert found[-1] >= most
    assert 2 <= len(found) <= 6
    assert str(step).rstrip("0") in ("1", "2", "5")
    assert [after - before for before, after in pairwise(found)] == [step] * (len(found) - 1)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 20)), min_size=1, max_size=5))
def test_labels_keep_apart_and_inside(labels: list[tuple[float, float]]) -> None:
    wanted, heights = [one for one, _ in labels], [height for _, height in labels]
    middles = apart(wanted, heights, 0, 100)
    spans = sorted((middle - height / 2, middle + height / 2) for middle, height in zip(middles, heights, strict=True))
    assert spans[0][0] >= -LITTLE
    assert spans[-1][1] <= 100 + LITTLE
    assert all(before[1] <= after[0] + LITTLE for before, after in pairwise(spans))


def test_labels_that_do_not_fit_are_an_error() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        apart([1, 2], [60, 60], 0, 100)


@given(st.text(max_size=200), st.floats(30, 400), st.integers(1, 4))
def test_lines_of_words_fit(words: str, room: float, most: int) -> None:
    found = wrapped(words, room, 16, most=most)
    assert 1 <= len(found) <= most
    assert all(width_of(line, 16) <= room for line in found)


@settings(max_examples=40, deadline=None)
@given(random_tables.tables, layouts)
def test_what_stands_alone_is_whole_and_needs_no_style(table: Table, layout: Layout) -> None:
    text = pictures.standalone(table, layout)
    if text is None:
        return
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    ids = {element.get("id"): element for element in root.iter() if element.get("id")}
    title, description = (ids[name] for name in str(root.get("aria-labelledby")).split())
    assert title.text == table.title
    assert description.text
    assert "style" not in {name for element in root.iter() for name in element.attrib}
    assert "class" not in {name for element in root.iter() for name in element.attrib}
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "path",
        "text",
    }


def test_series_are_told_apart_without_colour() -> None:
    def plain(look: dict[str, str]) -> tuple[str | None, ...]:
        return look.get("stroke-dasharray"), look["fill"]

    assert len({LOOKS[f"line-{number}"].get("stroke-dasharray") for number in range(1, 5)}) == 4
    assert len(set(lines.FORMS)) == 4
    assert len({plain(LOOKS[f"bar-{number}"]) for number in range(1, 4)}) == 3
