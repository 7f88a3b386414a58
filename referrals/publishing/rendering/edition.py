"""One edition of a report: all that it says, as JSON, and its files, each with the SHA-256 it is kept under."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from referrals.foundation.clock import local_day, today
from referrals.publishing.models import ImpactReport
from referrals.publishing.rendering.printed import to_printed
from referrals.publishing.rendering.sheet import Issue, sheet_of
from referrals.publishing.rendering.told import has_stories, with_words, without_words
from referrals.publishing.rendering.word import to_word


class Form(StrEnum):
    """In what form a report is taken away; also the end of the file's name."""

    PDF = "pdf"
    DOCX = "docx"


MEDIA_TYPES: Final[dict[Form, str]] = {
    Form.PDF: "application/pdf",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MAKERS: Final[dict[Form, Callable[[dict[str, Any]], bytes]]] = {Form.PDF: to_printed, Form.DOCX: to_word}


@dataclass(frozen=True, slots=True)
class File:
    """One file of an edition."""

    form: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A report made ready; `version` is that of the report it was made from, `content` what the page shows."""

    version: int
    content: str
    sha256: str
    files: tuple[File, ...]


def edition(report: ImpactReport, corrected: ImpactReport | None) -> Edition:
    """Make an approved report ready to be issued today, perhaps in place of another. It takes time, and only reads."""
    first_issued = local_day(corrected.issued_at) if corrected and corrected.issued_at else None
    sheet = sheet_of(report, Issue(today(), first_issued, report.reason or ""))
    content = json.dumps(sheet, ensure_ascii=False, sort_keys=True)
    as_kept = without_words(sheet)
    files = [(form, make(as_kept)) for form, make in _MAKERS.items()]
    return Edition(
        version=report.version,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        files=tuple(File(form.value, made, hashlib.sha256(made).hexdigest()) for form, made in files),
    )


def taken_today(report: ImpactReport, form: Form) -> bytes | None:
    """An issued report as a file with the case studies in it that may be shown today; None where it has none, and the
    kept file is all there is. It takes time, and only reads.
    """
    sheet = report.content or {"parts": []}
    return _MAKERS[form](with_words(sheet, report)) if has_stories(sheet) else None


def file_name(report: ImpactReport, form: Form) -> str:
    """What its file is called: what it is and of when, and nothing that names anybody."""
    return f"impact-report-{report.period}.{form.value}"
