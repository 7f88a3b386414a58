"""The answers of a draft in words, as cards with a link to change each, and what is still to be answered."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import url_for

from referrals.casework.actions.drafting import Draft
from referrals.casework.intake import NOT_ASKED, PARTS, Kind, Page, Question
from referrals.directory import lists, queries
from referrals.web.filters import day

Row = dict[str, Any]

LABELS: Final[Mapping[str, str]] = {
    "issue_type": "About",
    "story": "What has happened",
    "summary": "In one line",
    "wanted": "What they want",
    "tried": "Tried so far",
    "waiting_since": "Waiting since",
    "key_date": "A date that matters",
    "urgency": "How urgent",
    "urgency_note": "Why it is urgent",
    "agency": "The body it is about",
    "agency_reference": "Its reference number",
    "helpers": "Who else is helping",
    "plan_priority": "A priority of our plan",
    "trusted_body_conflict": "About the body that holds our money",
    "name": "Name",
    "postcode": "Postcode",
    "address": "Address",
    "office": "Goes to",
    "routing": "Why not by postcode",
    "routing_note": "Note about this",
    "phone": "Phone that is safe to call",
    "email": "Email",
    "post_ok": "Safe to write to them",
    "through_volunteer": "Contact only me",
    "times": "Good times",
    "caution": "Be careful about",
    "needs": "Communication needs",
    "language": "Language",
    "needs_note": "What else helps",
    "household": "Who lives with them",
    "agreed": "How they agreed",
    "ground": "Sent without agreement because",
    "covers_health": "Health may be sent",
    "scope": "The office may tell us",
    "different": "Similar referrals",
}
# Shown even when the answer is no or nothing, because silence about them could be misread.
ALWAYS: Final = frozenset({"tried", "address", "covers_health", "agency", "needs"})
# Told together with another answer of their page.
TOGETHER: Final = frozenset(
    {"no_postcode", "message_ok", "text_ok", "given_by", "given_on", "key_date_note", "urgent_by"}
)


def cards(draft: Draft, answers: Mapping[str, Any], *, only: str | None = None) -> list[dict[str, Any]]:
    """A card for each part of the intake, with a row for each answer; `only` leaves all but one page out."""
    rows: dict[str, list[Row]] = {part: [] for part in PARTS}
    for page in draft.pages():
        if only in (None, page.code):
            rows[PARTS[page.part - 1]] += _rows(draft, page, answers)
    return [{"title": part, "rows": found} for part, found in rows.items() if found]


def still_to_answer(draft: Draft, refused: Mapping[str, str]) -> list[dict[str, str]]:
    """What is missing, and what sending was refused for, each linked to the page that asks it."""
    wanted = {**draft.missing(), **refused}
    return [
        {"text": wanted[name], "href": _change(draft, page) + anchor}
        for page in draft.pages()
        for name, anchor in [(page.code, ""), *((question.name, f"#{question.name}") for question in page.questions)]
        if name in wanted and not (anchor and name == page.code)
    ]


def _change(draft: Draft, page: Page) -> str:
    return url_for("drafts.question", draft_id=draft.referral.id, page=page.code, change=1)


def _rows(draft: Draft, page: Page, answers: Mapping[str, Any]) -> list[Row]:
    href = _change(draft, page)
    missing = draft.missing()
    rows = []
    for question in page.questions:
        value = _words(draft, question, answers)
        name = question.name
        if name in TOGETHER or not (value or name in ALWAYS or name in missing):
            continue
        label = LABELS[name]
        empty = "Still to answer" if name in missing else "Not answered"
        rows.append({"key": label, "value": value or empty, "href": href, "change": label[:1].lower() + label[1:]})
    return rows


def _words(draft: Draft, question: Question, answers: Mapping[str, Any]) -> str:
    if question.name == "office":
        return _office(draft)
    value = answers.get(question.name)
    if question.name in _WITH_OTHERS and value:
        return _WITH_OTHERS[question.name](answers)
    if question.kind is Kind.YES:
        return "Yes" if value else ("No" if question.name in ALWAYS else "")
    if value in (None, "", []):
        return "No postcode" if question.name == "postcode" and answers.get("no_postcode") else ""
    return _KINDS.get(question.kind, _plain)(question, value)


def _phone(answers: Mapping[str, Any]) -> str:
    message = "A message may be left." if answers.get("message_ok") else "Do not leave a message."
    text = "Texts are fine." if answers.get("text_ok") else "Do not send texts."
    return f"{answers['phone']}\n{message} {text}"


def _agreed(answers: Mapping[str, Any]) -> str:
    how = lists.label("consent_methods", answers["agreed"])
    if answers["agreed"] == NOT_ASKED:
        return how
    return f"{how}\n{lists.label('consent_capacities', answers['given_by'])}, on {day(answers['given_on'])}"


def _key_date(answers: Mapping[str, Any]) -> str:
    return "\n".join(filter(None, (day(answers["key_date"]), answers.get("key_date_note"))))


def _urgency(answers: Mapping[str, Any]) -> str:
    by = answers.get("urgent_by")
    return lists.label("urgencies", answers["urgency"]) + (f", by {day(by)}" if by else "")


def _needs(answers: Mapping[str, Any]) -> str:
    return "\n".join(lists.label("communication_needs", code) for code in answers["needs"])


def _different(_: Mapping[str, Any]) -> str:
    return "Looked at: this is a different issue"


_WITH_OTHERS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "phone": _phone,
    "agreed": _agreed,
    "key_date": _key_date,
    "urgency": _urgency,
    "needs": _needs,
    "different": _different,
}


def _office(draft: Draft) -> str:
    office_id: UUID | None = draft.referral.office_id
    found = queries.route_to(office_id) if office_id else None
    return f"The office of {found.member_name} MP, {found.constituency.name}" if found else ""


def _plain(_: Question, value: Any) -> str:
    return str(value)


def _choice(question: Question, value: str) -> str:
    return lists.label(question.list_code, value) if question.list_code else value


def _day(question: Question, value: date) -> str:
    # "March 2026" is kept as its first day.
    return day(value).removeprefix("1 ") if question.name == "waiting_since" else day(value)


_KINDS: Final[Mapping[Kind, Callable[[Question, Any], str]]] = {
    Kind.CHOICE: _choice,
    Kind.DAY: _day,
    Kind.PAST_DAY: _day,
    Kind.COMING_DAY: _day,
}
