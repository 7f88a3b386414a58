"""Pictures of tables: plain geometry, written as SVG for pages, and as SVG or PNG that stands alone for paper.

A table of a report says by `charted` and `picture` what is drawn of it and how. `draw` makes the drawing, or None where
it would say nothing; `standalone` writes it as an SVG file that typst can place, with `Drawing.description` as its
alternative text, and `png` as an image for what reads no SVG, as Word.
"""

from referrals.foundation import printing
from referrals.reporting.pictures.drawing import MISSING, draw
from referrals.reporting.pictures.shapes import Drawing, Layout
from referrals.reporting.pictures.svg import for_page, standing_alone
from referrals.reporting.report import Table

__all__ = ["MISSING", "Drawing", "Layout", "draw", "for_page", "png", "standalone", "standing_alone"]


def standalone(table: Table, layout: Layout = Layout.WIDE, missing: str = MISSING) -> str | None:
    """The picture of a table as an SVG file of its own; None where there is none."""
    drawing = draw(table, layout, missing)
    return standing_alone(drawing) if drawing else None


def png(drawing: Drawing, *, scale: float = 3) -> bytes:
    """A drawing as a PNG image on white, so many points of it for each unit of the picture."""
    return printing.to_png(standing_alone(drawing), drawing.width, drawing.height, scale)
