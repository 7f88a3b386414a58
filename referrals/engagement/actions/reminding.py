"""Daily work of the service itself: reminding, once and in time, of a meeting and of a permission that runs out."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from referrals.accounts.queries import mail_recipients
from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.engagement.models import Meeting, Publicity, PublicityPermission
from referrals.engagement.policy import KEEPERS, LEADS
from referrals.foundation.clock import local_day, now, today
from referrals.foundation.database import db
from referrals.notifications.actions import queue
from referrals.notifications.messages import MeetingSoon, PermissionEnding, Recipient

BATCH: Final = 200
# So many days before a permission runs out, whoever keeps it is reminded: time enough to ask again.
REMINDER_DAYS: Final = 30
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


def remind_of_permissions(limit: int = BATCH) -> int:
    """Remind of at most `limit` permissions for quotes and pictures that run out within 30 days, each once; how many.

    Whoever keeps it is told, because they know whom to ask; where they have left, the leads.
    """
    untold = or_(
        PublicityPermission.reminded_for.is_(None), PublicityPermission.reminded_for != PublicityPermission.ends_on
    )
    query = (
        select(PublicityPermission, Publicity.organisation_id)
        .join(Publicity, Publicity.id == PublicityPermission.publicity_id)
        .where(PublicityPermission.withdrawn_at.is_(None), untold)
        .where(PublicityPermission.ends_on.between(today(), today() + REMINDER_DAYS * DAY))
        .order_by(PublicityPermission.ends_on, PublicityPermission.id)
        .limit(limit)
        # Somebody may be asking anew at this moment: leave that one for later.
        .with_for_update(skip_locked=True, of=PublicityPermission)
    )
    found = db.session.execute(query).all()
    told: dict[UUID, list[Recipient]] = {}
    for permission, organisation_id in found:
        permission.reminded_for = permission.ends_on
        facts = {"permission": permission.id, "ends_on": permission.ends_on}
        subject = ("publicity", permission.publicity_id)
        record("publicity_permission.reminded", by=SERVICE, subject=subject, facts=facts)
        told.setdefault(permission.publicity_id, []).extend(_keepers_of(permission, organisation_id))
    for publicity_id, people in told.items():
        # Several people in one picture are one page to look at.
        queue(PermissionEnding(path=f"/publicity/{publicity_id}"), to=list(dict.fromkeys(people)))
    return len(found)


def _keepers_of(permission: PublicityPermission, organisation_id: UUID) -> list[Recipient]:
    here = [one for one in mail_recipients(organisation_id, KEEPERS) if one.person_id == permission.kept_by_id]
    return here or mail_recipients(organisation_id, LEADS)
