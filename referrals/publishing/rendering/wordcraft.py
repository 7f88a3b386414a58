"""What a Word document of ours is made with: styles, lines, tables, links and descriptions."""

import unicodedata
from datetime import datetime
from typing import Any, Final

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT: Final = "Arial"
BRAND: Final = RGBColor(0x0B, 0x5C, 0x63)
DARK: Final = RGBColor(0x08, 0x45, 0x4A)
QUIET: Final = RGBColor(0x4A, 0x50, 0x54)
_SIZES: Final = {"Normal": 11.0, "Title": 28.0, "Subtitle": 17.0, "Heading 1": 17.0, "Heading 2": 12.5}


def clean(text: str) -> str:
    """The text without characters that XML cannot hold or that turn the direction of others."""
    kept = (one for one in text if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cf", "Cs"})
    return "".join(kept)


def set_up(document: Any, title: str, begun: datetime) -> None:
    """Paper, styles, language, the name of the document, and its foot with the number of the page."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(21)
    section.top_margin, section.bottom_margin = Mm(22), Mm(24)
    for name, size in _SIZES.items():
        _style(document.styles[name], size)
    _speak_english(document.styles["Normal"])
    about = document.core_properties
    about.title, about.author, about.comments, about.language = clean(title), "", "", "en-GB"
    about.created = about.modified = begun
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{clean(title)}    Page ").font.size = Pt(8.5)
    _page_number(foot)


def line(
    document: Any, text: str, *, size: float = 11, bold: bool = False, colour: RGBColor | None = None, after: float = 6
) -> None:
    """A paragraph; nothing for no text. Line ends stay."""
    if not text:
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(after)
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.bold = Pt(size), bold
    if colour is not None:
        run.font.color.rgb = colour


def fact(document: Any, what: str, words: str) -> None:
    """A paragraph that begins with what it is about."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.add_run(f"{clean(what)}: ").bold = True
    paragraph.add_run(clean(words))


def table(document: Any, head: list[str], rows: list[list[str]], *, title: str, wide: bool = False) -> Any:
    """A table with a head row that comes again on each page, and its title for who does not see it."""
    made = document.add_table(rows=1, cols=len(head), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    _fill(made.rows[0], head, bold=True, wide=wide)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001 - the library has no name for it
    for row in rows:
        _fill(made.add_row(), row, wide=wide)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), clean(title))
    made._tbl.tblPr.append(caption)  # noqa: SLF001 - the library has no name for it
    return made


def total(made: Any, cells: list[str]) -> None:
    """The last row of a table, which adds up the others."""
    _fill(made.add_row(), cells, bold=True)


def describe(shape: Any, title: str, description: str) -> None:
    """Say what is in a picture, for who does not see it."""
    about = shape._inline.docPr  # noqa: SLF001 - the library has no name for it
    about.set("title", clean(title))
    about.set("descr", clean(description))


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Give a paragraph a name that links can lead to."""
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begin, end):
        mark.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), name)
    paragraph.paragraph_format.element.insert_element_before(begin, "w:r")
    paragraph.paragraph_format.element.append(end)


def link(paragraph: Any, text: str, name: str) -> None:
    """Words that lead to a bookmark."""
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(clean(text))
    run.font.color.rgb, run.font.underline = BRAND, True
    anchor = OxmlElement("w:hyperlink")
    anchor.set(qn("w:anchor"), name)
    paragraph.paragraph_format.element.append(anchor)
    anchor.append(run.element)


def _style(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    if style.name != "Normal":
        style.font.bold, style.font.italic = True, False
        style.font.color.rgb = DARK if style.name == "Subtitle" else BRAND


def _speak_english(style: Any) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    style.element.get_or_add_rPr().append(language)


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(8.5)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run.element.append(part)


def _fill(row: Any, cells: list[str], *, bold: bool = False, wide: bool = False) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
        if place and not wide:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(clean(text))
        run.font.size, run.font.bold = Pt(9 if len(cells) > 6 else 10), bold
