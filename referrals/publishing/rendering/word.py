"""An impact report as a Word document: real headings, tables with head rows, and pictures with a description."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from docx.enum.text import WD_BREAK
from docx.shared import Mm

from referrals.foundation.wordfiles import empty_document
from referrals.publishing.rendering import wordcraft
from referrals.publishing.rendering.pictured import drawing_of
from referrals.publishing.rendering.wordcraft import DARK, QUIET
from referrals.reporting import pictures

WIDTH: Final = Mm(168)
# No document says when it was opened; each begins on the same day.
BEGUN: Final = datetime(2026, 11, 1, tzinfo=UTC)


def to_word(sheet: Mapping[str, Any]) -> bytes:
    """The document; its texts are data, whatever is in them."""
    document = empty_document()
    wordcraft.set_up(document, sheet["document"], BEGUN)
    _cover(document, sheet)
    for number, part in enumerate(sheet["parts"]):
        wordcraft.bookmark(document.add_heading(wordcraft.clean(part["heading"]), level=1), f"part{number}", number)
        for block in part["blocks"]:
            _KINDS[block["kind"]](document, block)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _cover(document: Any, sheet: Mapping[str, Any]) -> None:
    document.add_paragraph(sheet["title"], style="Title")
    document.add_paragraph(wordcraft.clean(sheet["about"]), style="Subtitle")
    wordcraft.line(document, sheet["period"], size=14, colour=DARK, after=14)
    for what, words in sheet["facts"]:
        wordcraft.fact(document, what, words)
    wordcraft.line(document, sheet["keeping"], colour=QUIET, after=14)
    wordcraft.line(document, "In this report", size=14, bold=True, colour=DARK, after=4)
    for number, part in enumerate(sheet["parts"]):
        wordcraft.link(document.add_paragraph(), part["heading"], f"part{number}")
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _text(document: Any, block: Mapping[str, Any]) -> None:
    for words in block["text"].split("\n\n"):
        wordcraft.line(document, words, after=8)


def _heading(document: Any, block: Mapping[str, Any]) -> None:
    document.add_heading(wordcraft.clean(block["text"]), level=2)


def _note(document: Any, block: Mapping[str, Any]) -> None:
    wordcraft.line(document, block["text"], size=9.5, colour=QUIET, after=8)


def _story(document: Any, block: Mapping[str, Any]) -> None:
    document.add_heading(wordcraft.clean(block["title"]), level=2)
    wordcraft.line(document, block["lead"], after=6)
    wordcraft.line(document, block["source"], size=9.5, colour=QUIET, after=10)


def _numbers(document: Any, block: Mapping[str, Any]) -> None:
    rows = [[one["label"], f"{one['value']}{', ' if one['note'] else ''}{one['note']}"] for one in block["numbers"]]
    wordcraft.table(document, ["Figure", "Number"], rows, title="Figures", wide=True)


def _chart(document: Any, block: Mapping[str, Any]) -> None:
    drawing = drawing_of(block)
    if drawing is None:
        return
    document.add_heading(wordcraft.clean(block["title"]), level=2)
    document.add_picture(BytesIO(pictures.png(drawing)), width=WIDTH)
    wordcraft.describe(document.inline_shapes[-1], block["title"], block["description"])


def _table(document: Any, block: Mapping[str, Any]) -> None:
    numbers = " In numbers" if block["title"].endswith("?") else ", in numbers"
    document.add_heading(wordcraft.clean(f"{block['title']}{numbers}"), level=2)
    rows = [[row["label"], *row["cells"]] for row in block["rows"]]
    total = block["total"]
    made = wordcraft.table(document, [block["first"], *block["columns"]], rows, title=block["title"])
    if total:
        wordcraft.total(made, [total["label"], *total["cells"]])
    wordcraft.line(document, block["note"], size=9.5, colour=QUIET, after=10)


def _definitions(document: Any, block: Mapping[str, Any]) -> None:
    for one in block["definitions"]:
        wordcraft.fact(document, one["term"], one["words"])


_KINDS: Final[dict[str, Callable[[Any, Mapping[str, Any]], None]]] = {
    "text": _text,
    "heading": _heading,
    "note": _note,
    "story": _story,
    "numbers": _numbers,
    "chart": _chart,
    "table": _table,
    "definitions": _definitions,
}
