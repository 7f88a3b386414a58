"""A case study as it is read: one sheet of plain texts, shown on a page, or as a tagged PDF or a Word document."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from referrals.stories.rendering.printed import to_printed
from referrals.stories.rendering.sheet import Sheet
from referrals.stories.rendering.word import to_word


class Form(StrEnum):
    """In what form a case study is taken away; also the end of the file's name."""

    PDF = "pdf"
    DOCX = "docx"


MEDIA_TYPES: Final[dict[Form, str]] = {
    Form.PDF: "application/pdf",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MAKERS: Final[dict[Form, Callable[[Sheet], bytes]]] = {Form.PDF: to_printed, Form.DOCX: to_word}


def made(sheet: Sheet, form: Form) -> bytes:
    """The case study in a form."""
    return _MAKERS[form](sheet)


def file_name(slug: str, form: Form) -> str:
    """What its file is called: the last part of its address, which names nobody."""
    return f"case-study-{slug}.{form.value}"
