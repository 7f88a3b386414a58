"""Contacts of the tests, in the log of the first group unless said otherwise, through the real verbs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from referrals.directory.lists import load_lists
from referrals.engagement import actions, queries
from referrals.engagement.models import Contact, ContactDetail, FollowUp, Interest, KnownPerson
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from tests import people
from tests.people import Someone

MEMBER = "Rowan Ashdown"
TERM = people.id_of(f"term {MEMBER}")
OTHER_TERM = people.id_of("term Priya Calder")


def told(**changes: Any) -> actions.Told:
    """A contact as a form gives it."""
    usual: dict[str, Any] = {
        "term_id": TERM,
        "happened_on": today(),
        "channel": "meeting",
        "types": ["informing"],
        "subject": "Lifts in the towers",
    }
    return actions.Told(**(usual | changes))


def task(words: str = "Ring the office", by: Someone = people.LEAD, *, days: int = 7, **more: Any) -> actions.ToDo:
    """Something to be done by whoever notes it, in a week."""
    return actions.ToDo(words=words, due_on=today() + timedelta(days=days), **({"owner_id": by.id} | more))


def make_contact(by: Someone = people.LEAD, *, to_do: Sequence[str] = (), **changes: Any) -> Contact:
    """A contact in the log of somebody's group, with what they are to do in a week."""
    with transaction():
        load_lists()
    rows = {place: task(words, by) for place, words in enumerate(to_do, 1)}
    with transaction():
        return actions.log_contact(told(to_do=rows, **changes), by=by.viewer)


def first_to_do(contact: Contact) -> FollowUp:
    """What is to be done first after a contact."""
    found = queries.follow_ups_of([contact.id])[contact.id][0]
    db.session.rollback()
    return found


def make_known_person(term_id: UUID | None = TERM, by: Someone = people.LEAD, **changes: Any) -> KnownPerson:
    """Somebody of the staff of the first MP, or, for no term, another elected person."""
    with transaction():
        load_lists()
    with transaction():
        return actions.note_person(actions.Person(**({"name": "Hannah Reid"} | changes)), term_id, by=by.viewer)


def make_detail(person: KnownPerson, kind: str = "phone", value: str = "020 7946 0001") -> ContactDetail:
    """How they are reached since today."""
    with transaction():
        return actions.note_detail(
            queries.known_person(person.id, people.LEAD.viewer), kind, value, today(), by=people.LEAD.viewer
        )


def make_interest(words: str = "Clean rivers") -> Interest:
    """Something that the first MP cares about."""
    with transaction():
        return actions.note_interest(TERM, words, by=people.LEAD.viewer)
