"""A letter as a file: one sheet of plain texts, made into a tagged PDF, a Word document, or plain text."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from referrals.correspondence.models import Letter
from referrals.correspondence.rendering.plain import to_text
from referrals.correspondence.rendering.printed import to_printed
from referrals.correspondence.rendering.sheet import Sheet, sheet_of
from referrals.correspondence.rendering.word import to_word


class Form(StrEnum):
    """In what form a letter is taken away; also the end of the file's name."""

    PDF = "pdf"
    DOCX = "docx"
    TXT = "txt"


MEDIA_TYPES: Final[dict[Form, str]] = {
    Form.PDF: "application/pdf",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.TXT: "text/plain; charset=utf-8",
}
_MAKERS: Final[dict[Form, Callable[[Sheet], bytes]]] = {
    Form.PDF: to_printed,
    Form.DOCX: to_word,
    Form.TXT: to_text,
}


def made(letter: Letter, form: Form) -> bytes:
    """The letter in a form."""
    return _MAKERS[form](sheet_of(letter))


def file_name(letter: Letter, form: Form) -> str:
    """What its file is called: the reference and the kind, and nothing that names anybody."""
    return f"{letter.referral.reference}-{letter.kind.replace('_', '-')}.{form.value}"
