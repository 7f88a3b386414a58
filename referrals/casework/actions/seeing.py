"""Opening a referral: the event that every reading leaves, and the mark that the office has seen it."""

from uuid import UUID

from sqlalchemy import update

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.actions.telling import tell
from referrals.casework.actions.timing import decision_deadline
from referrals.casework.models import Move, Referral
from referrals.casework.queries.one import referral as find
from referrals.casework.workflow import Audience, states
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.notifications.messages import ReferralSeen

SEEN = "seen"
# How much the office must be allowed to tell the group for it to hear that the referral was opened.
STATUS = "status"


def open_referral(reference: str | UUID, *, by: Viewer) -> Referral:
    """The referral as its page shows it; the reading leaves its event, the office's first one marks it as seen.

    Raises NotFound where there is none for this person.
    """
    if not by.may(Permission.REFERRAL_READ):
        raise NotFound
    found = find(reference, by)
    record("referral.read", by=by, subject=("referral", found.id))
    mark_seen(found, by=by)
    return found


def mark_seen(referral: Referral, *, by: Viewer) -> bool:
    """Mark the office's first look at a referral, and tell the group; False when it was not the first.

    Of several people opening it at once exactly one marks it. The row's version stays: looking changes nobody's work.
    """
    if by.side is not Side.OFFICE or referral.state != states.SUBMITTED or referral.seen_at is not None:
        return False
    moment = clock.now()
    first = db.session.execute(
        update(Referral)
        .where(Referral.id == referral.id, Referral.seen_at.is_(None), Referral.state == states.SUBMITTED)
        .values(seen_at=moment, seen_by_id=by.person_id)
        .execution_options(audit_subjects={referral.id}, synchronize_session=False)
    )
    db.session.refresh(referral, ["seen_at", "seen_by_id"])
    if first.rowcount != 1:  # type: ignore[attr-defined]
        return False
    _run_decision_clock(referral)
    _note(referral, by)
    record("referral.seen", by=by, subject=("referral", referral.id))
    if policy.told_to_group_at_least(referral, STATUS):
        tell(referral, ReferralSeen, Audience.GROUP, by=by)
    return True


def _run_decision_clock(referral: Referral) -> None:
    # From the day it was sent, not from the day it was opened: late opening is not rewarded with more time.
    due = decision_deadline(referral, clock.local_day(referral.waiting_on_since or clock.now()))
    db.session.execute(
        update(Referral)
        .where(Referral.id == referral.id)
        .values(due_on=due, next_action_on=due)
        .execution_options(audit_subjects={referral.id}, synchronize_session=False)
    )
    db.session.refresh(referral, ["due_on", "next_action_on"])


def _note(referral: Referral, by: Viewer) -> None:
    made = Move(
        referral=referral,
        referral_id=referral.id,
        transition=SEEN,
        state_from=referral.state,
        state_to=referral.state,
        by_id=by.person_id,
        organisation_id=by.organisation_id,
        role=by.role.value if by.role else None,
        at=clock.now(),
        facts={},
    )
    db.session.add(made)
    db.session.flush()
