"""Daily work of the service itself: reminding people of what they are to do, and of stances to look at again."""

from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from referrals.accounts.queries import mail_recipients
from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.directory.models import Term
from referrals.engagement.actions.following_up import OPEN
from referrals.engagement.models import FollowUp, Stance
from referrals.engagement.policy import KEEPERS, LEADS
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.notifications.actions import queue
from referrals.notifications.messages import FollowUpDue, Recipient, StanceDue

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


def remind_of_stances(limit: int = BATCH) -> int:
    """Ask the leads, once for each, to look again at no more than `limit` stances that are six months old; how many.

    Only the latest of an area and an MP who is still there is asked about.
    """
    later = aliased(Stance)
    newer = select(later.id).where(
        later.organisation_id == Stance.organisation_id,
        later.term_id == Stance.term_id,
        or_(
            later.assessed_on > Stance.assessed_on,
            and_(later.assessed_on == Stance.assessed_on, later.assessed_at > Stance.assessed_at),
        ),
    )
    query = (
        select(Stance)
        .join(Term, Term.id == Stance.term_id)
        .where(Stance.due_on <= today(), Stance.reminded.is_(False), ~newer.exists())
        .where(or_(Term.ends_on.is_(None), Term.ends_on >= today()))
        .order_by(Stance.due_on, Stance.id)
        .limit(limit)
    )
    found = list(db.session.scalars(query))
    for row in found:
        row.reminded = True
        record("stance.reminded", by=SERVICE, subject=("stance", row.id))
        queue(StanceDue(path=f"/your-mp/mps/{row.term_id}"), to=mail_recipients(row.organisation_id, LEADS))
    return len(found)
