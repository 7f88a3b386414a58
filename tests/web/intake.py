"""Answers for the intake pages as a browser sends them, and a walk through all of them."""

from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from referrals.directory.lists import load_lists
from referrals.foundation.database import transaction
from tests.plugins.visitors import Visitor

STORY = "He lost a leg in January and has waited over nine months.\nNobody answers the phone."
PAGES: dict[str, dict[str, str]] = {
    "issue": {"issue_type": "disability_benefit"},
    "story": {"story": STORY, "summary": "Nine months without a decision on PIP"},
    "hopes": {"wanted": "An assessment and a decision", "tried": "Rang four times, wrote twice"},
    "waiting": {"waiting_since": "nine months"},
    "urgency": {"urgency": "soon"},
    "background": {"agency": "dwp", "agency_reference": "QQ123456C", "plan_priority": "y"},
    "person": {"name": "Albert Quillfeather", "postcode": "w127qt"},
    "office": {},
    "contact": {"phone": "07700 900123", "message_ok": "y", "times": "Mornings"},
    "needs": {},
    "consent": {"agreed": "in_person", "covers_health": "y"},
    "feedback": {"scope": "outcome"},
}


def load() -> None:
    """Put the closed lists into the database, as starting the service does."""
    with transaction():
        load_lists()


def path_of(answer: TestResponse) -> str:
    """Where a redirect leads."""
    assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]
    return urlsplit(answer.location).path


def start(visitor: Visitor) -> str:
    """Begin a draft by way of the danger question; returns `/drafts/<id>`."""
    first = path_of(visitor.send("/drafts/new", {"danger": "no"}))
    assert first.endswith("/issue")
    return first.removesuffix("/issue")


def walk(visitor: Visitor, **changes: dict[str, Any]) -> str:
    """Answer every page in the order it is asked, up to the check; returns `/drafts/<id>`."""
    draft = start(visitor)
    here = f"{draft}/issue"
    while not here.endswith("/check"):
        page = here.rsplit("/", 1)[1]
        here = path_of(visitor.send(here, PAGES.get(page, {}) | changes.get(page, {})))
    return draft


def send(visitor: Visitor, draft: str) -> str:
    """Send a finished draft; returns the address of its confirmation."""
    return path_of(visitor.send(f"{draft}/check"))
