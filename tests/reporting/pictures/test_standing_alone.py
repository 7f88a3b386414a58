"""Pictures for paper: an SVG that a PDF can hold with words in its place, and the same as a PNG."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from referrals.foundation import printing
from referrals.reporting import pictures
from referrals.reporting.pictures import Layout
from referrals.reporting.report import Column, Picture, Row, Table

TABLE = Table(
    key="months",
    title="Received & closed",
    first="Month",
    columns=(Column("Received"), Column("Closed")),
    rows=(Row("Jan 2026", (3, 1)), Row("Feb 2026", (5, None)), Row("Mar 2026", (8, 4))),
    charted=(0, 1),
    picture=Picture.LINES,
)
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "A picture")
#set text(lang: "en", font: ("Atkinson Hyperlegible Next", "DejaVu Sans"))
#image(bytes(data.svg), format: "svg", alt: data.alt, width: 100%)
"""


@pytest.mark.parametrize("layout", Layout)
def test_a_png_is_dark_on_white_and_as_large_as_asked(layout: Layout) -> None:
    drawing = pictures.draw(TABLE, layout)
    assert drawing is not None
    image = Image.open(io.BytesIO(pictures.png(drawing, scale=2)))
    assert image.size == pytest.approx((2 * drawing.width, 2 * drawing.height), abs=1)
    grey = image.convert("L")
    assert grey.getpixel((image.width // 2, 2)) == 255
    assert min(grey.tobytes()) < 60


def test_a_tagged_pdf_holds_it_with_its_description(tmp_path: Path) -> None:
    drawing = pictures.draw(TABLE)
    assert drawing is not None
    (tmp_path / "page").mkdir()
    template = tmp_path / "page" / "page.typ"
    template.write_text(TEMPLATE)
    data = {"svg": pictures.standing_alone(drawing), "alt": drawing.description}
    with pikepdf.open(io.BytesIO(printing.to_pdf(template, data))) as pdf:
        words = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert words == [drawing.description]
    assert drawing.description == (
        "Received: 3 in Jan 2026, 8 in Mar 2026, and at most 8, in Mar 2026. "
        "Closed: 1 in Jan 2026, 4 in Mar 2026, and at most 4, in Mar 2026; not shown for 1 of 3."
    )
