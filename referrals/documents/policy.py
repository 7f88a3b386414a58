"""Who may read, add, share and remove documents: as with notes, each side its own, and what was shared with it."""

from typing import Final

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Referral
from referrals.documents.models import Document
from referrals.documents.scanning import Verdict
from referrals.foundation.errors import NotAllowed, NotFound

# How many each side keeps on a referral; of both together, one side could leave the other no room.
MOST: Final = 10


def may_add(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may add documents to a referral, or to a draft of their own."""
    return policy.may_write(referral, viewer, Permission.DOCUMENT_WRITE)


def must_add(referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound to strangers, and NotAllowed to who may not add documents."""
    policy.must_write(referral, viewer, Permission.DOCUMENT_WRITE)


def is_own(document: Document, viewer: Viewer) -> bool:
    """Whether the viewer's own organisation added it."""
    return document.organisation_id == viewer.organisation_id


def may_know_of(document: Document, viewer: Viewer) -> bool:
    """Whether the viewer may know that it is there: their own side's, and what the other side shared with them."""
    referral = document.referral
    if not policy.may_read_words(referral, viewer):
        return False
    if is_own(document, viewer):
        return True
    return document.shared_at is not None and policy.may_be_told(referral, viewer, policy.FULL)


def must_be_own(document: Document, viewer: Viewer) -> None:
    """Raise NotFound unless the viewer may know of it, NotAllowed unless it is their own side's to change."""
    if not may_know_of(document, viewer):
        raise NotFound
    if not is_own(document, viewer) or not may_add(document.referral, viewer):
        raise NotAllowed("Only the side that added a document can do this.")


def may_open(document: Document) -> bool:
    """Whether its content may be given out: not while it waits for the scanner, and not when there is none."""
    return document.has_content and document.scan != Verdict.WAITING
