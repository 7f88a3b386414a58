"""Changing what is there: sharing a document on purpose, and removing one with a reason."""

from collections.abc import Mapping
from typing import Any

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework.actions.telling import tell
from referrals.casework.actions.warning import lock
from referrals.casework.actions.writing import must_reach_other_side, touch
from referrals.casework.workflow import Audience
from referrals.directory import lists
from referrals.documents import policy
from referrals.documents.actions.evidencing import weigh_again
from referrals.documents.models import Document
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid
from referrals.notifications.messages import DocumentShared


def share(document: Document, *, by: Viewer) -> None:
    """Let the other side have a document of one's own side; it cannot be taken back, only removed for both.

    Raises NotFound, NotAllowed, and IllegalMove for one that was removed or is shared already.
    """
    policy.must_be_own(document, by)
    _must_be_there(document)
    if document.shared_at is not None:
        raise IllegalMove("This document is shared already.")
    if document.referral.submitted_at is not None:
        must_reach_other_side(document.referral, by)
    document.shared_at, document.shared_by_id = clock.now(), by.person_id
    _record("document.shared", document, by)
    tell(document.referral, DocumentShared, Audience.OTHER_SIDE, by=by)


def remove(document: Document, reason: str, *, by: Viewer) -> None:
    """Take a document of one's own side away: its content is deleted, and that it was there stays written down.

    `reason` is a code of the list document_removal_reasons. A result that rested on it alone is evidenced no longer.
    The content itself goes when `clear_contents` next runs.
    Raises NotFound, NotAllowed, IllegalMove when it was removed before, and Invalid under "reason".
    """
    policy.must_be_own(document, by)
    # Nobody points to it as evidence meanwhile.
    lock(document.referral_id)
    _must_be_there(document)
    if reason not in {entry.code for entry in lists.current("document_removal_reasons")}:
        raise Invalid({"reason": "Choose why it is removed"})
    document.removed_at, document.removed_by_id, document.removal_reason = clock.now(), by.person_id, reason
    lost = {"outcomes": [str(one) for one in weigh_again(document.id)]}
    _record("document.removed", document, by, {"reason": reason, **(lost if lost["outcomes"] else {})})


def _must_be_there(document: Document) -> None:
    # As it is now, and nobody else's until this is done.
    db.session.refresh(document, with_for_update=True)
    if document.removed_at is not None:
        raise IllegalMove("This document was removed.")


def _record(action: str, document: Document, by: Viewer, facts: Mapping[str, Any] | None = None) -> None:
    touch(document.referral_id)
    db.session.refresh(document.referral, ["updated_at"])
    subject = ("referral", document.referral_id)
    record(action, by=by, subject=subject, facts={"document": str(document.id), **(facts or {})})
