"""A drawing as SVG: with classes for a page, whose styles decide, or with attributes of its own to stand alone."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Final

from referrals.reporting.pictures.looks import BOLD, LOOKS, SIZES
from referrals.reporting.pictures.shapes import Anchor, Band, Drawing, Point, Rect, Shape, Signs, Strokes, Words

# The fonts of everything printed, then what a reader has.
FONTS: Final = "Atkinson Hyperlegible Next, DejaVu Sans, sans-serif"
# Each sign around its point, of about the same area.
SIGNS: Final[Mapping[str, str]] = {
    "circle": "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "square": "m-3.6-3.6h7.2v7.2h-7.2z",
    "triangle": "m0-4.6l4.4 8h-8.8z",
    "diamond": "m0-5l5 5l-5 5l-5-5z",
}


def for_page(drawing: Drawing, key: str, classes: str) -> str:
    """The picture as a part of a page, with classes; the key is unique on it."""
    named = f'class="{escape(classes)}" {_named(key)} focusable="false"'
    return _svg(drawing, key, named, lambda look: f'class="app-drawn--{look}"')


def standing_alone(drawing: Drawing) -> str:
    """The picture as a file of its own, with attributes and no styles, so that whatever shows SVG shows it."""
    size = f'width="{_n(drawing.width)}" height="{_n(drawing.height)}"'
    named = f'xmlns="http://www.w3.org/2000/svg" {_named("picture")} {size} font-family="{FONTS}"'
    return _svg(drawing, "picture", named, _attributes)


def _named(key: str) -> str:
    return f'role="img" aria-labelledby="{key}-title {key}-desc"'


def _attributes(look: str) -> str:
    found = dict(LOOKS[look])
    if look in SIZES:
        found["font-size"] = str(SIZES[look])
    if look in BOLD:
        found["font-weight"] = "bold"
    return " ".join(f'{name}="{value}"' for name, value in found.items())


def _svg(drawing: Drawing, key: str, attributes: str, look_of: Callable[[str], str]) -> str:
    title = f'<title id="{key}-title">{escape(drawing.title)}</title>'
    description = f'<desc id="{key}-desc">{escape(drawing.description)}</desc>'
    shapes = "".join(_element(shape, look_of(shape.look)) for shape in drawing.shapes)
    box = f"0 0 {_n(drawing.width)} {_n(drawing.height)}"
    return f'<svg {attributes} viewBox="{box}">{title}{description}{shapes}</svg>'


def _element(shape: Shape, look: str) -> str:
    if isinstance(shape, Words):
        anchor = "" if shape.anchor is Anchor.START else f' text-anchor="{shape.anchor}"'
        return f'<text x="{_n(shape.x)}" y="{_n(shape.y)}"{anchor} {look}>{escape(shape.words)}</text>'
    if isinstance(shape, Rect):
        size = f'width="{_n(shape.width)}" height="{_n(shape.height)}"'
        return f'<rect x="{_n(shape.x)}" y="{_n(shape.y)}" {size} {look}/>'
    return f'<path d="{_path(shape)}" {look}/>'


def _path(shape: Strokes | Band | Signs) -> str:
    if isinstance(shape, Strokes):
        return "".join(f"M{'L'.join(map(_point, line))}" for line in shape.lines)
    if isinstance(shape, Signs):
        return "".join(f"M{_point(point)}{SIGNS[shape.form]}" for point in shape.points)
    (left, top, bottom), (right, end_top, end_bottom) = shape.begin, shape.end
    half = (left + right) / 2
    there = f"M{_n(left)} {_n(top)}C{_n(half)} {_n(top)} {_n(half)} {_n(end_top)} {_n(right)} {_n(end_top)}"
    back = f"V{_n(end_bottom)}C{_n(half)} {_n(end_bottom)} {_n(half)} {_n(bottom)} {_n(left)} {_n(bottom)}Z"
    return there + back


def _point(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
