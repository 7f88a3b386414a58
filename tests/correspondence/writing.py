"""Letters of the tests: made and sent in one call, and referrals whose residents can be reached in a certain way."""

from datetime import date
from typing import Any

from sqlalchemy import select

from referrals.audit.actions import record
from referrals.casework.models import Referral
from referrals.correspondence import actions, queries
from referrals.correspondence.letters import KINDS
from referrals.correspondence.models import Letter
from referrals.directory.lists import load_lists
from referrals.directory.models import Agency
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from tests import people
from tests.casework.cases import give_consent, make_referral

ADDRESS = "3 Canary Wharf Mansions\nShepherds Bush"
# Everything said to be safe.
SAFE = {"through": "resident", "channels": ["phone", "email", "letter"], "message_ok": True, "times": "After 6 pm"}
WORDS = "Dear friend,\n\nYour case goes on.\n\nYours sincerely,\nCas Worker"


def reachable(state: str = "in_progress", safe: dict[str, Any] | None = SAFE, **changes: Any) -> Referral:
    """A referral whose resident has an address of each kind, and said this about what is safe."""
    referral = make_referral(state, **changes)
    with transaction():
        resident = db.session.get_one(Referral, referral.id).resident
        assert resident is not None
        resident.address, resident.email = ADDRESS, "albert@canary.example"
        record("referral.draft_saved", by=people.VOLUNTEER.viewer, subject=("referral", referral.id))
    change_advice(referral, safe)
    return db.session.get_one(Referral, referral.id)


def change_advice(referral: Referral, safe: dict[str, Any] | None) -> None:
    """Say that something else is safe."""
    with transaction():
        resident = db.session.get_one(Referral, referral.id).resident
        assert resident is not None
        resident.safe_contact = safe
        record("referral.draft_saved", by=people.VOLUNTEER.viewer, subject=("referral", referral.id))


def agree_to(referral: Referral, code: str = "dwp", **changes: Any) -> Agency:
    """The resident's agreement that the office contacts a body."""
    with transaction():
        load_lists()
    with transaction():
        body = db.session.scalars(select(Agency).where(Agency.code == code)).one()
        again = db.session.get_one(Referral, referral.id)
        values = {"kind": "agency", "agency_id": body.id, "to_organisation_id": referral.office_id, **changes}
        give_consent(again, people.CASEWORKER, **values)
        record("consent.recorded", by=people.CASEWORKER.viewer, subject=("referral", referral.id))
    return body


def write(
    referral: Referral, kind: str, to: str, *, words: str = WORDS, by: people.Someone = people.CASEWORKER, **more: str
) -> Letter:
    """Make a letter."""
    with transaction():
        found = db.session.get_one(Referral, referral.id)
        addressee = queries.addressee(KINDS[kind], to, found, by.viewer)
        typed = {"name": "Whom it concerns"} if addressee.is_typed else {}
        writing = actions.Writing(words=words, text_version=0, **(typed | more))
        return actions.make_letter(found, KINDS[kind], addressee, writing, by=by.viewer, version=None)


def send(letter: Letter, channel: str = "post", on: date | None = None, by: people.Someone = people.CASEWORKER) -> None:
    """Mark a letter as sent."""
    with transaction():
        actions.mark_sent(db.session.get_one(Letter, letter.id), channel, on or today(), by=by.viewer)
