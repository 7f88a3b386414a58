"""What must be true before a referral goes to an office: complete, agreed to, and with its reference."""

from sqlalchemy import select

from referrals.casework import answering, policy
from referrals.casework.models import Referral
from referrals.directory.models import Organisation
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid
from referrals.foundation.references import new_reference

# The names under which faults of sending are told; the other names are those of the pages' questions.
CONSENT = "consent"
OFFICE = "office"


def must_be_ready(referral: Referral) -> None:
    """Raise Invalid, with a message for each answer that is missing, unless the referral can be sent."""
    faults = answering.missing(referral, referral.consents) | office_fault(referral)
    if faults:
        raise Invalid(faults)
    must_have_consent(referral)


def must_have_consent(referral: Referral) -> None:
    """Raise Invalid unless the resident's agreement for this office is valid at this moment."""
    fault = policy.sending_fault(referral, today()) if policy.is_about_a_resident(referral) else None
    if fault:
        raise Invalid({CONSENT: fault})


def office_fault(referral: Referral) -> dict[str, str]:
    """Where the referral goes to no office, or to one that has closed since it was chosen."""
    office = db.session.get(Organisation, referral.office_id) if referral.office_id else None
    if office is None or office.kind != "office":
        return {OFFICE: "Choose the MP’s office it should go to"}
    if office.closed_on is not None and office.closed_on <= today():
        return {OFFICE: "This office has closed. Choose another one"}
    return {}


def give_reference(referral: Referral) -> None:
    """Give it the reference people will use; of the 148 million one that is free."""
    while referral.reference is None:
        candidate = new_reference()
        if db.session.scalar(select(Referral.id).where(Referral.reference == candidate)) is None:
            referral.reference = candidate
