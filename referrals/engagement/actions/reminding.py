"""Daily work of the service itself: reminding whoever is invited to a meeting, once, shortly before it."""

from datetime import timedelta
from typing import Final

from sqlalchemy import or_, select

from referrals.accounts.queries import mail_recipients
from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.engagement.models import Meeting
from referrals.engagement.policy import KEEPERS, LEADS
from referrals.foundation.clock import local_day, now, today
from referrals.foundation.database import db
from referrals.notifications.actions import queue
from referrals.notifications.messages import MeetingSoon

BATCH: Final = 200
DAY: Final = timedelta(days=1)


def remind_of_meetings(limit: int = BATCH) -> int:
    """Remind of at most `limit` meetings of today and tomorrow, each once, or again where it was moved; how many.

    Whoever of the group is invited is told; where nobody of them can come in any more, the leads.
    """
    untold = or_(Meeting.reminded_for.is_(None), Meeting.reminded_for != Meeting.starts_at)
    query = (
        select(Meeting)
        .where(Meeting.contact_id.is_(None), Meeting.cancelled_at.is_(None), untold)
        .where(Meeting.starts_at > now(), Meeting.starts_at < now() + 2 * DAY)
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(limit)
        # Somebody may be changing one of them: leave that one for later.
        .with_for_update(skip_locked=True)
    )
    found = [one for one in db.session.scalars(query) if local_day(one.starts_at) <= today() + DAY]
    for one in found:
        one.reminded_for = one.starts_at
        record("meeting.reminded", by=SERVICE, subject=("meeting", one.id))
        here = mail_recipients(one.organisation_id, KEEPERS)
        invited = [row for row in here if str(row.person_id) in one.ours]
        told = invited or mail_recipients(one.organisation_id, LEADS)
        queue(MeetingSoon(path=f"/your-mp/meetings/{one.id}"), to=told)
    return len(found)
