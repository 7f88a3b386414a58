"""Printing: typst templates become tagged PDFs (PDF/UA-1) in fonts of our own, with data passed in and never pasted."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from referrals.foundation.printing.coverage import printable, printable_in

FONTS: Final = Path(__file__).parent / "fonts"


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


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def covered() -> frozenset[int]:
    """The characters, by number, that can be printed both plain and bold."""
    return printable_in(sorted(FONTS.glob("*.ttf")))
