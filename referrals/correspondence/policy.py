"""Who may write, read and share letters, and who keeps the stationery: the office its own, the group what is for it."""

from uuid import UUID

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import asking, policy
from referrals.casework.models import Referral
from referrals.correspondence.models import Letter
from referrals.directory.models import Agency
from referrals.foundation.clock import today
from referrals.foundation.errors import IllegalMove, NotAllowed, NotFound

NOT_TOLD = "The resident has not agreed that the office tells the group this much."


def may_write(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may write letters about this referral."""
    return referral.submitted_at is not None and policy.may_write(referral, viewer, Permission.LETTER_WRITE)


def must_write(referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound to strangers, and NotAllowed to who may not write letters."""
    policy.must_write(referral, viewer, Permission.LETTER_WRITE)
    if referral.submitted_at is None:
        raise IllegalMove("A draft has no letters yet.")


def may_know_of(letter: Letter, viewer: Viewer) -> bool:
    """Whether the viewer may know that a letter is there: the office that made it, and the group once it is shared."""
    referral = letter.referral
    if not policy.may_read_words(referral, viewer):
        return False
    if letter.organisation_id == viewer.organisation_id:
        return True
    return letter.shared_at is not None and policy.may_be_told(referral, viewer, policy.FULL)


def must_be_own(letter: Letter, viewer: Viewer) -> None:
    """Raise NotFound unless the viewer may know of it, NotAllowed unless it is their own office's."""
    if not may_know_of(letter, viewer):
        raise NotFound
    if letter.organisation_id != viewer.organisation_id:
        raise NotAllowed
    must_write(letter.referral, viewer)


def agency_fault(referral: Referral, body: Agency) -> str | None:
    """Why the office may not write to this body today; None when it may."""
    return asking.agreement_fault(referral, body, today())


def reaches_group(referral: Referral) -> bool:
    """Whether a letter may be shown to the group, or go through its hands."""
    return policy.told_to_group_at_least(referral, policy.FULL)


def must_keep_stationery(viewer: Viewer) -> UUID:
    """The office whose letterhead and texts the viewer keeps. Raises NotAllowed."""
    viewer.must(Permission.STATIONERY_KEEP)
    if viewer.organisation_id is None:
        raise NotAllowed
    return viewer.organisation_id
