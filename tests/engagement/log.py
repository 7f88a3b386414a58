"""Contacts of the tests, in the log of the first group unless said otherwise, through the real verbs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from referrals.directory.lists import load_lists
from referrals.engagement import actions, queries
from referrals.engagement.models import Contact, FollowUp
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
