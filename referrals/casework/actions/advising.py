"""Asking an MP's office for advice: a referral without a resident, written and sent at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework.actions.answers import Fault, check_words
from referrals.casework.actions.drafting import start_draft
from referrals.casework.actions.moving import move
from referrals.casework.intake import ADVICE
from referrals.casework.models import Referral
from referrals.directory import lists
from referrals.directory.models import Agency
from referrals.directory.queries import offices_in_use, route_to
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid

LONGEST_SUMMARY: Final = 120
LONGEST_QUESTION: Final = 6_000


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a group asks: in one line and in full, of which category, about which body (a code), and which office."""

    summary: str
    question: str
    category: str
    office_id: UUID | None
    agency: str | None = None


def ask_for_advice(asked: Question, *, by: Viewer) -> Referral:
    """Write a request for advice and send it to the office; it holds nothing of a resident, so nobody agrees to it.

    Raises NotAllowed, and Invalid under "summary", "question", "category", "agency" and "office".
    """
    by.must(Permission.REFERRAL_SUBMIT)
    errors = _faults(asked)
    if errors:
        raise Invalid(errors)
    found = route_to(asked.office_id) if asked.office_id else None
    referral = start_draft(by=by)
    referral.issue_type, referral.category = ADVICE, asked.category
    referral.summary, referral.story = asked.summary.strip(), asked.question.strip()
    referral.urgency = "routine"
    referral.agency_id = (
        db.session.scalar(select(Agency.id).where(Agency.code == asked.agency)) if asked.agency else None
    )
    referral.office_id = asked.office_id
    referral.constituency_id = found.constituency.id if found else None
    referral.routing = ADVICE
    db.session.flush()
    move(referral, "submit", {}, by=by, version=None)
    return referral


def _faults(asked: Question) -> dict[str, str]:
    errors = _word_faults(
        {
            "summary": (asked.summary, LONGEST_SUMMARY, "Enter your question in one line"),
            "question": (asked.question, LONGEST_QUESTION, "Say more about your question"),
        }
    )
    if asked.category not in lists.codes("categories"):
        errors["category"] = "Choose what it is about"
    if asked.agency is not None and asked.agency not in lists.codes("agencies"):
        errors["agency"] = "Choose a body on the list"
    if asked.office_id not in {line.id for line in offices_in_use()}:
        errors["office"] = "Choose which MP’s office to ask"
    return errors


def _word_faults(given: Mapping[str, tuple[str, int, str]]) -> dict[str, Any]:
    errors = {}
    for name, (words, longest, missing) in given.items():
        try:
            check_words(words, longest)
        except Fault as fault:
            errors[name] = str(fault)
        if not words.strip():
            errors[name] = missing
    return errors
