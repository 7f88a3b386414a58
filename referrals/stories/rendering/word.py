"""A case study as a Word document, with headings and a table that a screen reader finds its way by."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from referrals.foundation.wordfiles import empty_document
from referrals.stories.rendering.sheet import Sheet
from referrals.stories.sections import QUOTE

FONT: Final = "Arial"
BRAND: Final = RGBColor(0x0B, 0x5C, 0x63)
QUIET: Final = RGBColor(0x4A, 0x50, 0x54)
# No document says when somebody took it away.
DRAWN: Final = datetime(2026, 11, 1, tzinfo=UTC)
_LABELS, _VALUES = Mm(52), Mm(116)
# What XML cannot hold.
_REFUSED: Final = {code: None for code in range(32) if code not in (9, 10)}


def to_word(sheet: Sheet) -> bytes:
    """The document."""
    document = empty_document()
    _set_up(document, sheet)
    _line(document, "Case study", colour=BRAND, bold=True, after=0)
    document.add_heading(_clean(sheet.title), level=1)
    told = f"Told by {sheet.told_by}" + (f", {sheet.published}" if sheet.published else "")
    _line(document, told, colour=QUIET, after=10)
    if sheet.facts:
        _facts(document, sheet)
    for part in sheet.parts:
        document.add_heading(_clean(part["heading"]), level=2)
        for words in filter(None, part["words"].split("\n")):
            _quote(document, words) if part["code"] == QUOTE else _line(document, words, after=7)
    document.add_heading("About this case study", level=2)
    for words in filter(None, (sheet.permission, sheet.copies, sheet.address)):
        _line(document, words, size=9.5, colour=QUIET, after=4)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any, sheet: Sheet) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(21)
    section.top_margin, section.bottom_margin = Mm(22), Mm(24)
    for name, size in (("Normal", 11), ("Heading 1", 20), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
    for name, before in (("Heading 1", 2), ("Heading 2", 14)):
        style = document.styles[name]
        style.font.color.rgb, style.font.bold = BRAND, True
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title, about.author, about.comments, about.language = _clean(sheet.title), "", "", "en-GB"
    about.created = about.modified = DRAWN
    foot = section.footer.paragraphs[0].add_run(f"Case study: {_clean(sheet.title)}")
    foot.font.size, foot.font.color.rgb = Pt(8.5), QUIET


def _facts(document: Any, sheet: Sheet) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for label, value in sheet.facts:
        cells = table.add_row().cells
        for cell, words, width in ((cells[0], label, _LABELS), (cells[1], value, _VALUES)):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            run = paragraph.add_run(_clean(words))
            run.font.size, run.font.bold = Pt(10), cell is cells[0]


def _line(
    document: Any,
    words: str,
    *,
    size: float = 11,
    bold: bool = False,
    colour: RGBColor | None = None,
    after: float,
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(after)
    run = paragraph.add_run(_clean(words))
    run.font.size, run.font.bold = Pt(size), bold
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def _quote(document: Any, words: str) -> None:
    paragraph = _line(document, words, size=13, colour=BRAND, after=7)
    paragraph.paragraph_format.left_indent = Mm(8)


def _clean(words: str) -> str:
    return words.translate(_REFUSED)
