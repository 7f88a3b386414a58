"""Steps on the way that fill themselves in from what was recorded: at once from enquiries, and offered from dates.

An enquiry is the office's own doing, so that its first question and each answer are steps as soon as they are noted. A
date only says when something was to be: whether the appointment took place, and what it was, somebody says with one
click. Nothing is filled in twice, because a step remembers what it was made from.
"""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.actions.warning import lock
from referrals.casework.actions.writing import record_milestone
from referrals.casework.models import DatedEvent, Milestone, Referral
from referrals.casework.stepping import steps_of
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid

FIRST_ENQUIRY: Final = "first_enquiry_sent"
REPLY: Final = "reply_received"
SENT, ANSWERED, DATED = "enquiry_sent", "enquiry_answered", "dated_event"


def fill_in(referral: Referral, code: str, happened_on: date, source: tuple[str, UUID], *, by: Viewer) -> None:
    """Note a step that follows from something just recorded, whose event this belongs to; once, and never beside one
    that somebody has noted by hand: the first enquiry at all, an answer of the same day.
    """
    name, source_id = source
    by_hand = (
        Milestone.code == code
        if code == FIRST_ENQUIRY
        else (Milestone.code == code) & (Milestone.happened_on == happened_on)
    )
    made = (Milestone.source == name) & (Milestone.source_id == source_id)
    known = select(Milestone.id).where(Milestone.referral_id == referral.id, or_(made, by_hand)).limit(1)
    if db.session.scalar(known) is not None:
        return
    db.session.add(
        Milestone(
            referral=referral,
            referral_id=referral.id,
            code=code,
            happened_on=happened_on,
            recorded_by_id=by.person_id,
            organisation_id=by.organisation_id,
            created_at=clock.now(),
            source=name,
            source_id=source_id,
        )
    )


def record_step_of(event: DatedEvent, code: str, *, by: Viewer) -> None:
    """Note that a recorded date was this step, with its day; the other side is told as of any step.

    Raises NotFound, NotAllowed, IllegalMove where it was noted already, and Invalid under "code" for a date that lies
    ahead, was taken back, or is no such step.
    """
    referral = event.referral
    policy.must_see(referral, by)
    lock(referral.id)
    db.session.refresh(event)
    known = select(Milestone.id).where(Milestone.source == DATED, Milestone.source_id == event.id)
    if db.session.scalar(known) is not None:
        raise IllegalMove("This step is recorded already.")
    over = event.withdrawn_at is None and event.day <= clock.today()
    if not over or code not in steps_of(event.kind, referral.category):
        raise Invalid({"code": "Choose what happened from the list"})
    record_milestone(referral, code, event.day, source=(DATED, event.id), by=by)
