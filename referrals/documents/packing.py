"""The case as a file: in which parts and forms it can be taken away, and how the printed one is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.foundation.printing import to_pdf

TEMPLATE: Final = Path(__file__).parents[2] / "templates" / "packs" / "case.typ"


class Part(StrEnum):
    """A part of the case that can be left out; where it stands and how far it has come is always in it."""

    STORY = "story"
    PERSON = "person"
    CONTACT = "contact"
    TIMELINE = "timeline"
    PRIVATE = "private"
    ENQUIRIES = "enquiries"
    OUTCOME = "outcome"
    DOCUMENTS = "documents"
    LETTERS = "letters"
    CONSENTS = "consents"
    CASE_STUDIES = "case_studies"


@dataclass(frozen=True, slots=True)
class PartWords:
    """What a part is called, what is in it, and whether it is chosen at first."""

    label: str
    hint: str
    at_first: bool = True


PARTS: Final[dict[Part, PartWords]] = {
    Part.STORY: PartWords("The story", "What has happened, what is wanted, and the issue in facts"),
    Part.PERSON: PartWords("The person", "Their name, and what they need of whoever speaks with them"),
    Part.CONTACT: PartWords("Contact details", "Telephone, email and address, after the advice on what is safe", False),
    Part.OUTCOME: PartWords("The outcome", "What came of it, who confirmed it, and money"),
    Part.ENQUIRIES: PartWords("Enquiries", "Which bodies were asked, what they answered, and when"),
    Part.TIMELINE: PartWords("What has happened", "Every step, question, answer and message"),
    Part.PRIVATE: PartWords("Your side’s private notes, documents and letters", "For your own files only", False),
    Part.DOCUMENTS: PartWords("List of documents", "Their names, who added them and when"),
    Part.LETTERS: PartWords("Letters", "What was written, to whom, and how it went"),
    Part.CONSENTS: PartWords("What was agreed", "Each agreement of the resident"),
    Part.CASE_STUDIES: PartWords("Case studies", "What each is called and how it stands, not its words"),
}


class Form(StrEnum):
    """In what form the case is taken away; also the end of the file's name."""

    PDF = "pdf"
    JSON = "json"
    CSV = "csv"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class FormWords:
    """What a form is for, and of which media type it is."""

    label: str
    media_type: str


FORMS: Final[dict[Form, FormWords]] = {
    Form.PDF: FormWords("PDF, to print or to read", "application/pdf"),
    Form.JSON: FormWords("JSON, for another casework system", "application/json"),
    Form.CSV: FormWords("CSV, for a spreadsheet", "text/csv; charset=utf-8"),
    Form.ZIP: FormWords("ZIP, with all three and the documents themselves", "application/zip"),
}


def forms_for(viewer: Viewer) -> list[Form]:
    """The forms this viewer can choose: an office keeps its cases in a system of its own, a group prints."""
    return list(Form) if viewer.side is Side.OFFICE else [Form.PDF]


def printed(pack: Mapping[str, Any]) -> bytes:
    """The pack as a tagged PDF. Its shape is that of `Pack.data` in web/presenting/pack.py."""
    return to_pdf(TEMPLATE, pack)
