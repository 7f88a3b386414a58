"""The paper form: the questions of the intake with the numbers, words and choices that its screens have."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from wtforms import Field

from referrals.casework import wording
from referrals.casework.intake import NUMBERS, PAGES, PARTS, Kind, Page, Question
from referrals.foundation.printing import to_pdf
from referrals.web.forms import Checkboxes, Radios
from referrals.web.forms.intake import FORMS, PageForm

TEMPLATE: Final = Path(__file__).parents[3] / "templates" / "paper" / "form.typ"
OFFICE: Final = "the MP’s office"
# Points of the print.
SIZES: Final = {"normal": 9.5, "large": 16.0}
# Lines to write on for an answer in several lines.
LINES: Final = {"story": 7, "wanted": 3, "tried": 3}
FEW_LINES: Final = 2
HINTS: Final = {"covers_health": "That is, to what is said about their health above."}
# Characters of a question, with its hint, that leave room beside it.
ROOM_BESIDE: Final = 70
# What the screen finds or shows by itself, so that paper need not be filled in.
ON_SCREEN: Final = {
    "office": "The screen finds the office from the postcode. Fill this in only if it must go to another one.",
    "duplicates": "The screen looks for this when you type it in.",
}
NOTES: Final = {
    "issue": "Tick one.",
    "urgency": "Tick one. If it is urgent, say why and by when.",
    "background": "Leave out what you do not know.",
    "contact": "Ask them: “Is it safe to call?” Give at least one safe way.",
    "needs": "All of this is optional.",
    "consent": "Read this out, or let them read it.",
    "feedback": "Ask them how much your group may hear afterwards. They choose.",
}


def paper_form(group_name: str, size: str) -> bytes:
    """The form as a tagged PDF, in a size of SIZES."""
    return to_pdf(TEMPLATE, paper_for(group_name, size))


def paper_for(group_name: str, size: str) -> dict[str, Any]:
    """What `templates/paper/form.typ` reads: plain texts and numbers only.

    {group, size, version, parts: [{number, title, pages: [{title, note, words: [text], questions: [{number, label,
    hint, kind (line, lines, tick, choice), lines, options: [{text, hint}], columns, beside}]}]}]}.
    """
    parts = [
        {"number": number, "title": title, "pages": [_page(page, group_name) for page in PAGES if page.part == number]}
        for number, title in enumerate(PARTS, 1)
    ]
    return {"group": group_name, "size": SIZES[size], "version": wording.CURRENT, "parts": parts}


def _page(page: Page, group_name: str) -> dict[str, Any]:
    form = FORMS[page.code](formdata=None)
    return {
        # Where the first question says the same as the page, once is enough.
        "title": "" if _plain(form, page.questions[0]) == page.title else page.title,
        "note": ON_SCREEN.get(page.code) or NOTES.get(page.code, ""),
        "words": _WORDS[page.code](group_name) if page.code in _WORDS else [],
        "questions": [_question(question, form, page) for question in page.questions],
    }


def _plain(form: PageForm, question: Question) -> str:
    return str(form[question.name].label.text).removeprefix(f"{NUMBERS[question.name]} ")


def _question(question: Question, form: PageForm, page: Page) -> dict[str, Any]:
    field, number = form[question.name], NUMBERS[question.name]
    options = _options(field, question)
    label, hint = _plain(form, question), HINTS.get(question.name) or str(field.description or "")
    return {
        "number": number,
        "label": label,
        "hint": hint,
        "kind": _kind(question, options),
        "lines": LINES.get(question.name, FEW_LINES),
        "options": options,
        "columns": 3 if len(options) > 6 else 2 if len(options) > 3 else 1,
        # Whether there is room to write beside the question.
        "beside": len(label) + len(hint) < ROOM_BESIDE,
    }


def _kind(question: Question, options: list[Mapping[str, str]]) -> str:
    if options:
        return "choice"
    if question.kind is Kind.YES:
        return "tick"
    return "lines" if question.kind is Kind.WORDS else "line"


def _options(field: Field, question: Question) -> list[Mapping[str, str]]:
    """What can be ticked. A list that opens on the screen is long, and written in by hand."""
    if not isinstance(field, Radios | Checkboxes):
        return []
    few = len(field.options) <= 6
    return [{"text": option.text, "hint": option.hint if few else ""} for option in field.options]


def _request(group_name: str) -> list[str]:
    words = wording.current()
    return [
        *words.request(group=group_name, office=OFFICE),
        f"Their health: {words.health_request(group=group_name, office=OFFICE)}",
    ]


def _feedback(group_name: str) -> list[str]:
    words = wording.current()
    return [words.feedback(scope, group=group_name, office=OFFICE) for scope in words.office_to_group]


_WORDS: Final = {"consent": _request, "feedback": _feedback}
