"""A letter as a Word document: a letterhead made here once, and filled in by a template engine in its sandbox."""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from referrals.correspondence.rendering.sheet import Sheet
from referrals.foundation.wordfiles import empty_document

FONT: Final = "Arial"
BRAND: Final = RGBColor(0x0B, 0x5C, 0x63)
QUIET: Final = RGBColor(0x4A, 0x50, 0x54)
# When the letterhead was drawn; every document begins with it, and none says when it was opened.
DRAWN: Final = datetime(2026, 11, 1, tzinfo=UTC)


def to_word(sheet: Sheet) -> bytes:
    """The document. What is filled in is escaped, and never looked at as a template itself."""
    document = DocxTemplate(BytesIO(letterhead()))
    document.render({"sheet": sheet.plain()}, jinja_env=SandboxedEnvironment(autoescape=True))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@cache
def letterhead() -> bytes:
    """The template: styles, a head, the places of address and references, and one paragraph for each of the text."""
    document = empty_document()
    _set_up(document)
    _line(document, "{{ sheet.member }}", size=17, bold=True, colour=BRAND, after=0)
    _line(document, "{{ sheet.office }}", bold=True, after=2)
    _each(document, "line in sheet.head", "{{ line }}", size=9.5, colour=QUIET, after=0)
    _line(document, "", size=4, after=6)
    _rule(document.paragraphs[-1])
    _each(document, "mark in sheet.marks", "{{ mark[0] }}: {{ mark[1] }}", size=10, after=0, right=True)
    _each(document, "line in sheet.recipient", "{{ line }}", after=0)
    _line(document, "", after=6)
    document.add_heading("{{ sheet.heading }}", level=1)
    _each(document, "part in sheet.paragraphs", "{{ part }}", after=9)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(21)
    section.top_margin, section.bottom_margin = Mm(22), Mm(24)
    for name in ("Normal", "Heading 1"):
        style = document.styles[name]
        style.font.name = FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    document.styles["Normal"].font.size = Pt(11)
    heading = document.styles["Heading 1"]
    heading.font.size, heading.font.color.rgb = Pt(14), BRAND
    _speak_english(document.styles["Normal"])
    about = document.core_properties
    about.title, about.author, about.comments, about.language = "{{ sheet.title }}", "", "", "en-GB"
    about.created = about.modified = DRAWN
    foot = section.footer.paragraphs[0]
    foot.add_run("{{ sheet.title }}").font.size = Pt(8.5)


def _speak_english(style: Any) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    style.element.get_or_add_rPr().append(language)


def _line(
    document: Any,
    text: str,
    *,
    size: float = 11,
    bold: bool = False,
    colour: RGBColor | None = None,
    after: float,
    right: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(after)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    if colour is not None:
        run.font.color.rgb = colour


def _each(document: Any, loop: str, text: str, **look: Any) -> None:
    # A tag with p stands for its whole paragraph, which is gone when the document is filled in.
    document.add_paragraph(f"{{%p for {loop} %}}")
    _line(document, text, **look)
    document.add_paragraph("{%p endfor %}")


def _rule(paragraph: Any) -> None:
    """A line under a paragraph."""
    edges = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", "0B5C63")):
        bottom.set(qn(f"w:{name}"), value)
    edges.append(bottom)
    # Word insists on the order of what a paragraph says of itself.
    paragraph.paragraph_format.element.get_or_add_pPr().insert_element_before(edges, "w:spacing", "w:ind", "w:jc")
