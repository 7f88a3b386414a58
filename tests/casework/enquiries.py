"""Enquiries of the tests: a body asked in one call, with the resident's agreement."""

from datetime import timedelta
from typing import Any

from referrals.casework import actions
from referrals.casework.models import Chaser, Enquiry, Referral
from referrals.directory import queries as directory
from referrals.directory.models import Agency
from referrals.foundation.clock import today
from tests import people

ASKED = "When will his claim be decided?"
REPLY = "It will be decided next week"
CHASED = "Please say by when you will answer"


def body(code: str = "dwp") -> Agency:
    """A body by its code; the lists must be loaded."""
    return next(found for found in directory.agencies() if found.code == code)


def agreement(code: str = "dwp", **changes: Any) -> actions.Agreement:
    """The resident's agreement to one body being contacted."""
    given = {"given_by": "resident", "method": "by_phone", "given_on": today()}
    return actions.Agreement(kind="agency", agency_id=body(code).id, **(given | changes))


def question(code: str = "dwp", *, ago: int = 0, **changes: Any) -> actions.Question:
    """A question of so many days ago."""
    given = {"channel": "email", "asked": ASKED, "sent_on": today() - timedelta(days=ago), "agency_id": body(code).id}
    return actions.Question(**(given | changes))


def send(
    referral: Referral,
    code: str = "dwp",
    *,
    by: people.Someone = people.CASEWORKER,
    agreed: bool = True,
    **changes: Any,
) -> Enquiry:
    """Ask a body, in the caller's transaction."""
    given = agreement(code) if agreed else None
    return actions.send_enquiry(referral, question(code, **changes), given, by=by.viewer)


def answer(enquiry: Enquiry, result: str = "answered_in_full", **changes: Any) -> None:
    """Note what came of an enquiry, in the caller's transaction."""
    by = changes.pop("by", people.CASEWORKER)
    given = {"on": today(), "words": REPLY}
    actions.answer_enquiry(enquiry, actions.Answer(result=result, **(given | changes)), by=by.viewer)


def chase(enquiry: Enquiry, **changes: Any) -> Chaser:
    """Note a chaser, in the caller's transaction."""
    by = changes.pop("by", people.CASEWORKER)
    given = {"channel": "phone", "words": CHASED, "sent_on": today(), "due_on": today() + timedelta(days=14)}
    return actions.chase_enquiry(enquiry, actions.Reminder(**(given | changes)), by=by.viewer)
