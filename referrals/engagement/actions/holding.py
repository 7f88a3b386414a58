"""Saying what came of a meeting: it becomes an entry of the log, with what is to be done after it."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.engagement.actions.logging import Told, log_contact
from referrals.engagement.actions.planning import MOST_GUESTS
from referrals.engagement.models import Contact, Meeting
from referrals.engagement.policy import meetings as policy
from referrals.engagement.queries import meetings as read
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid

NOT_YET: Final = "This is still ahead. When it has been, write down here what came of it."


def must_be_over(found: Meeting, by: Viewer) -> None:
    """Raise NotFound to strangers, IllegalMove where there is nothing to be logged: cancelled, logged, still ahead."""
    policy.must_read(found, by)
    if found.cancelled_at is not None:
        raise IllegalMove("This was cancelled.")
    if found.contact_id is not None:
        raise IllegalMove("This is in the log already.")
    if clock.local_day(found.starts_at) > clock.today():
        raise IllegalMove(NOT_YET)


def hold_meeting(found: Meeting, told: Told, *, came: int | None, by: Viewer) -> Contact:
    """Write what came of a meeting into the log, after the contact it came of; `came` is how many guests there were.

    Raises NotFound, IllegalMove as `must_be_over`, and Invalid as `log_contact`, or under "came".
    """
    policy.must_read(found, by)
    # Read anew, because a colleague may be writing the same down.
    db.session.refresh(found, with_for_update=True)
    must_be_over(found, by)
    if not 0 <= (came or 0) <= MOST_GUESTS:
        raise Invalid({"came": f"This must be {MOST_GUESTS:,} or fewer"})
    contact = log_contact(replace(told, term_id=found.term_id, channel=found.kind, came_of_id=earlier_of(found)), by=by)
    found.contact_id, found.came = contact.id, came
    record("meeting.held", by=by, subject=("meeting", found.id), facts={"contact": contact.id, "came": came})
    return contact


def earlier_of(found: Meeting) -> UUID | None:
    """The contact that a meeting came of: the one that led to it, or what the one before it in its series became."""
    before = read.meeting_before(found)
    return found.came_of_id or (before.contact_id if before else None)
