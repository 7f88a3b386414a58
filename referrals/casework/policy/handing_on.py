"""Who may hand a referral on to another office, and answer such an offer.

A referral that is offered to another office stays what it was to everybody; to that office it is not
there. Its people see the offer alone (`may_see_transfer`), until they take it on: then the referral is theirs, and the
office it came from sees only that it offered it. Of an offer that was rejected or taken back they see nothing.
"""

from datetime import date
from uuid import UUID

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral, Transfer
from referrals.casework.policy.agreeing import given_to_other, is_about_a_resident
from referrals.casework.policy.seeing import is_open, may_write, must_write
from referrals.casework.workflow import TRANSFERABLE, Party, TransferStep, transfers
from referrals.foundation.errors import IllegalMove, NotAllowed, NotFound

NO_TRANSFER_MESSAGE = "Ask the resident whether the other office may have this, and record that they agreed"
OTHER_HEALTH_MESSAGE = "Record the resident’s own words that the other office may have health information too"


def may_offer(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may offer the referral to another office, as far as its state goes."""
    permission = transfers.TRANSFERS["offer_transfer"].permission
    return viewer.side is Side.OFFICE and may_write(referral, viewer, permission) and referral.state in TRANSFERABLE


def may_agree_to_other(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may record that the resident lets another office have what is with one."""
    sent = referral.submitted_at is not None and is_open(referral) and is_about_a_resident(referral)
    return sent and may_write(referral, viewer, Permission.CONSENT_RECORD)


def must_agree_to_other(referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound, NotAllowed, or IllegalMove unless they may record that."""
    must_write(referral, viewer, Permission.CONSENT_RECORD)
    if not may_agree_to_other(referral, viewer):
        raise IllegalMove("Another office can only be agreed to while a referral about a resident is with one.")


def transfer_fault(referral: Referral, office_id: UUID, day: date) -> str | None:
    """What is missing of the resident's agreement that this other office gets the referral; None when nothing is."""
    if not is_about_a_resident(referral):
        return None
    found = given_to_other(referral, office_id, day)
    if found is None:
        return NO_TRANSFER_MESSAGE
    return OTHER_HEALTH_MESSAGE if referral.category == "health" and not found.covers_health else None


def may_see_transfer(transfer: Transfer, viewer: Viewer) -> bool:
    """Whether the viewer, of one of the two offices, may know of the transfer: the other one while it is on offer."""
    if viewer.person_id is None or viewer.side is not Side.OFFICE or not viewer.may(Permission.REFERRAL_READ):
        return False
    if transfer.to_office_id == viewer.organisation_id:
        return transfer.standing in (transfers.OFFERED, transfers.ACCEPTED)
    return transfer.from_office_id == viewer.organisation_id


def must_step(step: TransferStep, transfer: Transfer, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to the other of the two offices and to who lacks the permission."""
    if not may_see_transfer(transfer, viewer):
        raise NotFound
    own = transfer.to_office_id if step.by is Party.TARGET else transfer.from_office_id
    if viewer.organisation_id != own or not viewer.may(step.permission):
        raise NotAllowed
