"""Opening a document: its content out of the store, and the event that every opening leaves."""

import logging

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.documents import policy, stores
from referrals.documents.actions.adding import CONTENT, TABLE
from referrals.documents.models import Document
from referrals.documents.scanning import Verdict
from referrals.foundation.errors import DomainError, IllegalMove, NotFound
from referrals.foundation.sealing import SealBroken

log = logging.getLogger(__name__)


class Unreadable(DomainError):
    """The content cannot be had now: the store does not answer, or has something else than what was put there."""

    message = "This document cannot be opened now. Nothing was changed. Try again later, or tell who runs this service."


def content_of(document: Document, viewer: Viewer) -> bytes:
    """The document as it is given out. Raises NotFound, IllegalMove while it may not be opened, and Unreadable."""
    if not policy.may_know_of(document, viewer):
        raise NotFound
    if document.scan == Verdict.WAITING and document.has_content:
        raise IllegalMove("This document waits for the virus scanner. It can be opened when it has been looked at.")
    if not policy.may_open(document):
        raise IllegalMove("This document was removed.")
    return opened(document)


def opened(document: Document) -> bytes:
    """The content, whoever asks; for jobs and for those who have checked already. Raises Unreadable."""
    key = document.seal_key()
    if key is None:
        raise Unreadable
    try:
        sealed = stores.store().get(document.id)
        return key.open_bytes(sealed, table=TABLE, column=CONTENT, row_id=document.id)
    except (stores.Missing, stores.Away, SealBroken) as fault:
        log.error("document %s cannot be opened: %s", document.id, type(fault).__name__)  # noqa: TRY400 - kinds only
        raise Unreadable from None


def record_reading(document: Document, *, by: Viewer) -> None:
    """Leave the event of an opening, in the transaction that must end before the content is given out."""
    facts = {"document": str(document.id), "kind": document.kind}
    record("document.read", by=by, subject=("referral", document.referral_id), facts=facts)
