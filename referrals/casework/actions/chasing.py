"""Chasing bodies that do not answer: the service drafts a chaser when it is due, and somebody says that it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.viewer import SERVICE, Viewer
from referrals.casework import asking, clocks
from referrals.casework.actions.enquiring import (
    day_fault,
    keep_waiting,
    must_be_agreed,
    note,
    words_fault,
)
from referrals.casework.actions.planning import hold
from referrals.casework.actions.telling import tell
from referrals.casework.actions.timing import deadline
from referrals.casework.actions.writing import touch
from referrals.casework.chasing import chaser_words
from referrals.casework.models import Chaser, Enquiry, Referral
from referrals.casework.workflow import Audience, When
from referrals.directory import lists
from referrals.directory.queries import agency, names_of
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid
from referrals.notifications.messages import ChaserReady

BATCH: Final = 200


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A chaser as it was sent; a code of enquiry_channels, days as dates."""

    channel: str
    words: str
    sent_on: date
    # By when the answer is expected now.
    due_on: date


def chase_enquiry(enquiry: Enquiry, reminder: Reminder, *, by: Viewer) -> Chaser:
    """Note that a body was reminded; the draft, where there is one, is what was sent. The next one is due as usual.

    Raises NotFound, NotAllowed, Stale, IllegalMove once it is over, and Invalid under "channel", "words", "sent_on",
    "due_on", and under "consent" where the resident no longer agrees to this body being contacted.
    """
    referral = enquiry.referral
    asking.must_note(referral, by)
    hold(referral, None)
    db.session.refresh(enquiry)
    if enquiry.ended_on is not None:
        raise IllegalMove("This enquiry is over.")
    errors = _faults(enquiry, reminder)
    if errors:
        raise Invalid(errors)
    must_be_agreed(enquiry)
    chaser = draft_of(enquiry) or _new(enquiry)
    chaser.sent_on, chaser.channel, chaser.recorded_at = reminder.sent_on, reminder.channel, clock.now()
    chaser.sent_by_id, chaser.role = by.person_id, by.role.value if by.role else None
    chaser.words = reminder.words.replace("\r\n", "\n").strip()
    enquiry.due_on = reminder.due_on
    enquiry.chase_on = deadline(referral, clocks.AGENCY_CHASE, reminder.sent_on)
    touch(referral.id, told=asking.group_hears(referral))
    facts = {"channel": reminder.channel, "sent_on": reminder.sent_on.isoformat()}
    note("enquiry.chased", enquiry, by, facts | {"due_on": reminder.due_on.isoformat()}, chaser.words)
    keep_waiting(referral, by=by)
    return chaser


def draft_chasers(limit: int = BATCH) -> int:
    """Draft a chaser for every enquiry whose day for it has come, and tell who works on the case, once; how many.

    At most `limit`; the rest waits for the next call, as does what somebody is writing on at this moment. Where the
    resident no longer agrees to the body being contacted, no chaser is due any more.
    """
    due = select(Enquiry.id, Enquiry.referral_id).where(Enquiry.chase_on <= clock.today())
    found = db.session.execute(due.order_by(Enquiry.chase_on, Enquiry.id).limit(limit)).all()
    return sum(_draft(row.id, row.referral_id) for row in found)


def draft_of(enquiry: Enquiry) -> Chaser | None:
    """The chaser that waits to be sent; None where none does."""
    query = select(Chaser).where(Chaser.enquiry_id == enquiry.id, Chaser.sent_on.is_(None))
    return db.session.scalars(query.order_by(Chaser.id)).first()


def words_for(enquiry: Enquiry) -> str:
    """What a chaser of this enquiry says today."""
    referral = enquiry.referral
    name = names_of([enquiry.office_id]).get(enquiry.office_id, "")
    return chaser_words(
        enquiry, reference=referral.reference, office=name, chased_on=_chased_on(enquiry), today=clock.today()
    )


def usual_new_day(enquiry: Enquiry) -> date:
    """By when an answer is expected once the body was reminded today: not sooner than it was before."""
    return max(enquiry.due_on, deadline(enquiry.referral, clocks.AGENCY_CHASE, clock.today()))


def _draft(enquiry_id: UUID, referral_id: UUID) -> bool:
    mine = select(Referral).where(Referral.id == referral_id).with_for_update(skip_locked=True)
    referral = db.session.scalar(mine.execution_options(populate_existing=True))
    enquiry = db.session.get(Enquiry, enquiry_id, populate_existing=True)
    if referral is None or enquiry is None or enquiry.chase_on is None or referral.erased:
        return False
    enquiry.chase_on = None
    if asking.agreement_fault(referral, agency(enquiry.agency_id), clock.today()):
        note("enquiry.chaser_dropped", enquiry, SERVICE, {})
        return False
    chaser = draft_of(enquiry) or _new(enquiry)
    chaser.drafted_at, chaser.words = clock.now(), words_for(enquiry)
    note("enquiry.chaser_drafted", enquiry, SERVICE, {})
    tell(referral, ChaserReady, Audience.OFFICE, by=SERVICE)
    return True


def _new(enquiry: Enquiry) -> Chaser:
    chaser = Chaser(referral=enquiry.referral, referral_id=enquiry.referral_id, enquiry_id=enquiry.id)
    db.session.add(chaser)
    return chaser


def _chased_on(enquiry: Enquiry) -> Sequence[date]:
    sent = select(Chaser.sent_on).where(Chaser.enquiry_id == enquiry.id, Chaser.sent_on.is_not(None))
    return [day for day in db.session.scalars(sent.order_by(Chaser.sent_on)) if day is not None]


def _faults(enquiry: Enquiry, reminder: Reminder) -> dict[str, str]:
    known = reminder.channel in lists.codes("enquiry_channels")
    errors = {} if known else {"channel": "Choose how you chased"}
    errors |= words_fault("words", reminder.words, missing="Write what you said")
    errors |= day_fault("sent_on", reminder.sent_on, When.PAST, since=enquiry.sent_on)
    return errors | day_fault("due_on", reminder.due_on, None, since=enquiry.sent_on)
