"""Daily work of the service itself: reminding people of what they are to do after a contact."""

from typing import Final

from sqlalchemy import or_, select

from referrals.accounts.queries import mail_recipients
from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.engagement.actions.following_up import OPEN
from referrals.engagement.models import FollowUp
from referrals.engagement.policy import KEEPERS, LEADS
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.notifications.actions import queue
from referrals.notifications.messages import FollowUpDue, Recipient

BATCH: Final = 200


def remind_of_follow_ups(limit: int = BATCH) -> int:
    """Remind of at most `limit` open follow-ups, each once, on the day it is due or soon after; how many.

    Whoever is to do it is told; where the office is to do it, who wrote it down; where they have left, the leads.
    """
    untold = or_(FollowUp.reminded_for.is_(None), FollowUp.reminded_for != FollowUp.due_on)
    query = (
        select(FollowUp)
        .where(FollowUp.standing == OPEN, FollowUp.due_on <= today(), untold)
        .order_by(FollowUp.due_on, FollowUp.id)
        .limit(limit)
        # Somebody may be settling one of them: leave that one for later.
        .with_for_update(skip_locked=True)
    )
    found = list(db.session.scalars(query))
    for row in found:
        row.reminded_for = row.due_on
        record("follow_up.reminded", by=SERVICE, subject=("contact", row.contact_id), facts={"follow_up": row.id})
        queue(FollowUpDue(path=f"/your-mp/contacts/{row.contact_id}"), to=_told(row))
    return len(found)


def _told(row: FollowUp) -> list[Recipient]:
    whose = row.owner_id or row.noted_by_id
    here = [one for one in mail_recipients(row.organisation_id, KEEPERS) if one.person_id == whose]
    return here or mail_recipients(row.organisation_id, LEADS)
