"""What pictures are made of: boxes, lines, bands, signs and words, each with the name of its look and its bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from referrals.reporting.pictures.lettering import width_of
from referrals.reporting.pictures.looks import BOLD, SIZES

Point = tuple[float, float]
# Left, top, right, bottom.
Box = tuple[float, float, float, float]


class Layout(StrEnum):
    """The two shapes of each picture: for a page or a desk, and for a phone or a column."""

    WIDE = "wide"
    NARROW = "narrow"

    @property
    def width(self) -> float:
        """In the units of the picture, which are the pixels of a screen."""
        return 720 if self is Layout.WIDE else 330


class Anchor(StrEnum):
    """Which end of the words lies where they are put."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Rect:
    """A box."""

    x: float
    y: float
    width: float
    height: float
    look: str

    def box(self) -> Box:
        """Its bounds."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@dataclass(frozen=True, slots=True)
class Strokes:
    """One or more open lines from point to point."""

    lines: tuple[tuple[Point, ...], ...]
    look: str

    def box(self) -> Box:
        """Their bounds."""
        return _around([point for line in self.lines for point in line])


@dataclass(frozen=True, slots=True)
class Band:
    """A stream from one upright edge to another: where each is, and its top and bottom there."""

    begin: tuple[float, float, float]
    end: tuple[float, float, float]
    look: str

    def box(self) -> Box:
        """Its bounds: the curves lie between their ends."""
        (left, top, bottom), (right, end_top, end_bottom) = self.begin, self.end
        return left, min(top, end_top), right, max(bottom, end_bottom)


@dataclass(frozen=True, slots=True)
class Signs:
    """The same small sign at several points; its form is told by the look: see `SIGNS` in svg.py."""

    points: tuple[Point, ...]
    form: str
    look: str

    def box(self) -> Box:
        """Their bounds."""
        left, top, right, bottom = _around(self.points)
        return left - 5, top - 5, right + 5, bottom + 5


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words; `y` is the line they stand on."""

    x: float
    y: float
    words: str
    look: str
    anchor: Anchor = Anchor.START

    def box(self) -> Box:
        """Their bounds, as wide as they are in the widest font."""
        size = SIZES[self.look]
        width = width_of(self.words, size, bold=self.look in BOLD)
        left = self.x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[self.anchor]
        return left, self.y - 0.8 * size, left + width, self.y + 0.22 * size


Shape = Rect | Strokes | Band | Signs | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture: its size, what it is called, what it says in words, and its shapes from back to front."""

    width: float
    height: float
    title: str
    description: str
    shapes: tuple[Shape, ...]


def column_of(lines: Sequence[str], x: float, top: float, look: str, anchor: Anchor = Anchor.START) -> list[Words]:
    """Lines of words under each other, the first of which begins at the top."""
    size, height = SIZES[look], line_height(look)
    return [
        Words(x, top + index * height + (height + 0.6 * size) / 2, line, look, anchor)
        for index, line in enumerate(lines)
    ]


def line_height(look: str) -> float:
    """From one line of words to the next."""
    return SIZES[look] * 1.25


def _around(points: Sequence[Point]) -> Box:
    across, down = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(down), max(across), max(down)
