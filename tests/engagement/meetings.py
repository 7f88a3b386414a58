"""Meetings of the tests, of the first group with its MP unless said otherwise, through the real verbs."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from referrals.directory.lists import load_lists
from referrals.engagement import actions
from referrals.engagement.models import AgendaItem, Contact, Meeting
from referrals.engagement.queries import meetings as read
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import transaction
from tests import people
from tests.engagement.log import TERM, told
from tests.people import Someone

AHEAD = timedelta(days=30)


def plan(**changes: Any) -> actions.Plan:
    """A meeting in a month, at two, to which its lead and a volunteer go, as a form gives it."""
    usual: dict[str, Any] = {
        "term_id": TERM,
        "kind": "meeting",
        "subject": "Our quarter",
        "on": today() + AHEAD,
        "at": time(14),
        "minutes": 60,
        "place": "The community hall",
        "ours": [people.LEAD.id, people.VOLUNTEER.id],
        "rhythm": "quarterly",
    }
    return actions.Plan(**(usual | changes))


def make_meeting(by: Someone = people.LEAD, *, came_of_id: UUID | None = None, **changes: Any) -> Meeting:
    """A meeting that is planned."""
    with transaction():
        load_lists()
    with transaction():
        return actions.plan_meeting(plan(**changes), by=by.viewer, came_of_id=came_of_id)


def make_past_meeting(**changes: Any) -> Meeting:
    """A meeting of yesterday, of which nobody has said yet what came of it."""
    with clock_at(now() - timedelta(days=2)):
        return make_meeting(on=today() + timedelta(days=1), **changes)


def make_item(meeting: Meeting, words: str = "The lifts", by: Someone = people.LEAD) -> AgendaItem:
    """Something to talk about, in words."""
    with transaction():
        return actions.add_to_agenda(read.meeting(meeting.id, by.viewer), words, by=by.viewer)


def hold(meeting: Meeting, by: Someone = people.LEAD, *, came: int | None = None, **changes: Any) -> Contact:
    """Write what came of a meeting into the log."""
    with transaction():
        found = read.meeting(meeting.id, by.viewer)
        return actions.hold_meeting(found, told(**changes), came=came, by=by.viewer)
