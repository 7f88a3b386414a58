"""Printing: typst templates become tagged PDFs (PDF/UA-1) in fonts of our own, with data passed in and never pasted."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from referrals.foundation.printing.coverage import printable, printable_in

FONTS: Final = Path(__file__).parent / "fonts"
# A page that is nothing but a picture.
_PICTURE: Final = """
#let size = (width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt)
#set page(..size, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", ..size)
"""


def to_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template in a folder under `templates/`, which may import from the folders beside its own.

    `data` is plain JSON; the template reads it with `json(bytes(sys.inputs.data))`, and whatever is in it stays text.
    Characters that no font of ours has are printed as □, and `data.replaced` is then true. Raises `typst.TypstError`
    for a fault in the template.
    """
    content, replaced = printable(data, covered())
    given = json.dumps({**content, "replaced": replaced}, ensure_ascii=False, allow_nan=False)
    made = typst.compile(
        str(template),
        root=str(template.parent.parent),
        font_paths=_fonts(),
        sys_inputs={"data": given},
        pdf_standards=["ua-1"],
    )
    return bytes(made)


def to_png(svg: str, width: float, height: float, scale: float) -> bytes:
    """An SVG picture as a PNG on white, in fonts of our own; its size in its own units, and how many dots each is."""
    made = typst.compile(
        _PICTURE.encode(),
        font_paths=_fonts(),
        sys_inputs={"svg": svg, "width": str(width), "height": str(height)},
        format="png",
        # A point is the 72nd part of an inch.
        ppi=72 * scale,
    )
    return bytes(made)


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def covered() -> frozenset[int]:
    """The characters, by number, that can be printed both plain and bold."""
    return printable_in(sorted(FONTS.glob("*.ttf")))
