"""What must be true before the office asks a body: a case it works on, and the resident's agreement for that body."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Consent, Enquiry, Referral
from referrals.casework.workflow import WORKING_STATES, states
from referrals.directory.models import Agency
from referrals.foundation.errors import IllegalMove

# The kind of consent for each body that is contacted.
AGENCY: Final = "agency"
# The results that are an answer; the others say that none is waited for any more.
REPLIES: Final = ("answered_in_full", "answered_in_part", "refused", "passed_on")
NO_REPLY: Final = "no_reply"
WITHDRAWN: Final = "withdrawn"
# How much of a case the office must be allowed to tell the group for the group to read that a body was asked and has
# answered, what kind of answer it was, and the words of both.
TOLD_OF: Final = "status"
TOLD_RESULT: Final = "outcome"
TOLD_WORDS: Final = policy.FULL


def may_ask(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer's office works on this case, so that it may ask a body about it."""
    return (
        viewer.side is Side.OFFICE
        and policy.may_write(referral, viewer, Permission.REFERRAL_WORK)
        and _is_worked_on(referral)
    )


def must_ask(referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound, NotAllowed, or IllegalMove for a case that is not taken on, or is over."""
    policy.must_write(referral, viewer, Permission.REFERRAL_WORK)
    if not may_ask(referral, viewer):
        raise IllegalMove("A body can be asked once your office has accepted the referral, until there is a result.")


def must_note(referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound and NotAllowed unless the viewer may note what comes of an enquiry, also after the case ended."""
    policy.must_write(referral, viewer, Permission.REFERRAL_WORK)


def group_hears(referral: Referral) -> bool:
    """Whether the group reads today that a body is asked, or answers."""
    return policy.told_to_group_at_least(referral, TOLD_OF)


def _is_worked_on(referral: Referral) -> bool:
    asked_group = referral.state == states.INFORMATION_REQUESTED and referral.state_before in WORKING_STATES
    return asked_group or referral.state in (*WORKING_STATES, states.ON_HOLD)


def agreement_for(referral: Referral, agency_id: UUID, day: date) -> Consent | None:
    """The newest agreement of the resident that stands on that day for this office and body; None without one."""
    found: Sequence[Consent] = [
        consent
        for consent in policy.standing(referral, AGENCY, day)
        if consent.agency_id == agency_id and is_for_office(consent) and policy.is_approved(consent)
    ]
    return found[-1] if found else None


def is_for_office(consent: Consent) -> bool:
    """Whether an agreement for a body is for the office that has the case now: the resident let that one ask."""
    return consent.to_organisation_id == consent.referral.office_id


def needs_agreement(referral: Referral, agency_id: UUID, day: date) -> bool:
    """Whether the resident must still agree to this body being asked."""
    return policy.is_about_a_resident(referral) and agreement_for(referral, agency_id, day) is None


def agreement_fault(referral: Referral, agency: Agency, day: date) -> str | None:
    """Why this body may not be written to on that day; None when it may."""
    if not policy.may_go_on(referral):
        return policy.WITHDRAWN_MESSAGE
    if needs_agreement(referral, agency.id, day):
        return f"Record that the resident agrees to you contacting this body: {agency.name}"
    return None


def is_reply(result: str | None) -> bool:
    """Whether a code of enquiry_results is an answer of the body."""
    return result in REPLIES


def may_be_answered(enquiry: Enquiry) -> bool:
    """Whether an answer can still be noted: while it is open, and when one comes after it was given up."""
    return enquiry.ended_on is None or not is_reply(enquiry.result)


def is_overdue(due_on: date, ended_on: date | None, day: date) -> bool:
    """Whether the answer should have come before `day`."""
    return ended_on is None and due_on < day
