"""Papers for the demonstration, made when they are needed: letters as PDFs, and a photo of one on a table."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

from referrals.foundation.printing import FONTS, to_pdf

TEMPLATE: Final = Path(__file__).with_name("paper.typ")
TABLE, PAPER, INK = (133, 101, 72), (250, 248, 240), (40, 40, 45)
SIZE: Final = (1200, 900)
TILT: Final = -3


def paper(step: Mapping[str, Any]) -> bytes:
    """The file that a story adds: `paper` is letter or photo, `title` and `words` what stands on it."""
    return _photo(step) if step["paper"] == "photo" else to_pdf(TEMPLATE, _texts(step))


def _texts(step: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(step.get(name, "")) for name in ("from", "title", "words")}


def _photo(step: Mapping[str, Any]) -> bytes:
    sheet = Image.new("RGB", (760, 640), PAPER)
    draw = ImageDraw.Draw(sheet)
    heading, plain = (
        ImageFont.truetype(FONTS / f"AtkinsonHyperlegibleNext-{weight}.ttf", size)
        for weight, size in (("Bold", 40), ("Regular", 29))
    )
    draw.text((60, 70), str(step["title"]), INK, heading)
    draw.multiline_text((60, 160), "\n".join(wrap(str(step["words"]), 46)), INK, plain, spacing=14)
    picture = Image.new("RGB", SIZE, TABLE)
    turned = sheet.rotate(TILT, expand=True, fillcolor=TABLE, resample=Image.Resampling.BICUBIC)
    picture.paste(turned, ((SIZE[0] - turned.width) // 2, (SIZE[1] - turned.height) // 2))
    file = BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()
