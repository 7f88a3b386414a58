"""Ending enquiries: each by itself, and all that are open when their case ends or goes to another office."""

from datetime import date, datetime

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.casework import asking
from referrals.casework.actions.timing import Step
from referrals.casework.models import Enquiry
from referrals.foundation.database import db


def end_enquiry(enquiry: Enquiry, result: str, day: date, *, by: Viewer, moment: datetime) -> None:
    """Write how an enquiry ended; the caller records it."""
    enquiry.ended_on, enquiry.result, enquiry.chase_on = day, result, None
    enquiry.ended_by_id, enquiry.ended_at = by.person_id, moment
    enquiry.ended_role = by.role.value if by.role else None


def give_up_enquiries(step: Step) -> None:
    """Wait for no answer any more once a case is over, or another office has it.

    An answer that comes all the same can still be noted while the office that asked has the case. The event of the
    transition tells of it.
    """
    waiting = select(Enquiry).where(Enquiry.referral_id == step.referral.id, Enquiry.ended_on.is_(None))
    for enquiry in db.session.scalars(waiting):
        end_enquiry(enquiry, asking.WITHDRAWN, step.day, by=step.by, moment=step.moment)
