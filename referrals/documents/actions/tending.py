"""Tending the store: scanning what waits, deleting what nobody may read any more, and checking what is there."""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, update

from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.casework.actions.warning import lock
from referrals.casework.models import Referral
from referrals.documents import scanning, stores
from referrals.documents.actions.evidencing import weigh_again
from referrals.documents.actions.opening import Unreadable, opened
from referrals.documents.models import Document
from referrals.documents.scanning import Verdict
from referrals.foundation import clock
from referrals.foundation.database import db, only_reading

# Each is opened and sent to the scanner while nothing is locked; the next round takes the next ones.
SCANNED_AT_ONCE: Final = 10
BATCH: Final = 500
# A content without a row may belong to somebody who is sending it just now, or to a database just put back.
GRACE: Final = timedelta(days=7)
# Without a row so many may be left over from failed sendings, however few documents there are.
FEW: Final = 20

log = logging.getLogger(__name__)


def scan_waiting() -> int:
    """Have the scanner look at documents that wait for it; how many it has looked at. Call in a transaction.

    Stops at the first that the scanner does not answer for. One found harmful is given to nobody from then on, and
    its content is deleted.
    """
    with only_reading():
        verdicts = dict(_scanned())
    for document_id, verdict in verdicts.items():
        _note_verdict(document_id, verdict)
    return len(verdicts)


def _scanned() -> Iterator[tuple[UUID, Verdict]]:
    query = (
        select(Document)
        .join(Referral, Referral.id == Document.referral_id)
        .where(Document.scan == Verdict.WAITING.value, Document.removed_at.is_(None), Referral.erased_at.is_(None))
        .order_by(Document.id)
        .limit(SCANNED_AT_ONCE)
    )
    for document in db.session.scalars(query):
        try:
            verdict = scanning.scan(opened(document))
        except Unreadable:
            continue
        if verdict is Verdict.WAITING:
            return
        yield document.id, verdict


def _note_verdict(document_id: UUID, verdict: Verdict) -> None:
    referral_id = db.session.scalar(select(Document.referral_id).where(Document.id == document_id))
    if referral_id is not None:
        # Nobody points to it as evidence meanwhile.
        lock(referral_id)
    changed = db.session.execute(
        update(Document)
        .where(Document.id == document_id, Document.scan == Verdict.WAITING.value)
        .values(scan=verdict.value, scanned_at=clock.now())
        .execution_options(audit_subjects={referral_id}, synchronize_session=False)
    )
    if changed.rowcount:  # type: ignore[attr-defined]
        facts: dict[str, Any] = {"document": str(document_id), "verdict": verdict.value}
        if verdict is Verdict.HARMFUL and (lost := weigh_again(document_id)):
            facts["outcomes"] = [str(one) for one in lost]
        record("document.scanned", by=SERVICE, subject=("referral", referral_id), facts=facts)


def delete_content(document_id: UUID) -> None:
    """Delete the content of a document whose removal is saved; otherwise nothing. `clear_contents` does it too."""
    try:
        with only_reading():
            removed = db.session.scalar(select(Document.removed_at).where(Document.id == document_id))
        if removed is not None:
            stores.store().delete(document_id)
    except stores.Away as away:
        log.warning("a removed document is still to be deleted: %s", type(away.__cause__).__name__)


def clear_contents() -> int:
    """Delete contents that nobody may read any more, and those that never got a row; how many there were.

    Of removed, harmful and erased documents at once; without a row a week after they were stored, unless so many have
    none that the store must be that of another database. Call in a transaction: it only reads.
    """
    with only_reading():
        try:
            found = _sorted_out(stores.store().all())
            if len(found.rowless) > max(FEW, found.known):
                log.error(
                    "%d contents in the store are of no document here: is it another's store?", len(found.rowless)
                )
                found.rowless.clear()
            for content_id in (*found.over, *found.rowless):
                stores.store().delete(content_id)
        except stores.Away as away:
            log.error("the store of documents does not answer: %s", type(away.__cause__).__name__)  # noqa: TRY400
            return 0
    return len(found.over) + len(found.rowless)


@dataclass
class _Sorted:
    """What lies in the store: how many contents have a document, whose are over, and which have had no row for long."""

    known: int = 0
    over: list[UUID] = field(default_factory=list)
    rowless: list[UUID] = field(default_factory=list)


def _sorted_out(contents: Iterable[stores.Stored]) -> _Sorted:
    found, old = _Sorted(), clock.now() - GRACE
    for batch in _batches(contents):
        query = (
            select(Document.id, Document.removed_at, Document.scan, Referral.erased_at)
            .join(Referral, Referral.id == Document.referral_id)
            .where(Document.id.in_([stored.id for stored in batch]))
        )
        known = {row.id: row for row in db.session.execute(query)}
        found.known += len(known)
        found.over += [
            row.id for row in known.values() if row.removed_at or row.erased_at or row.scan == Verdict.HARMFUL
        ]
        found.rowless += [stored.id for stored in batch if stored.id not in known and stored.written_at < old]
    return found


@dataclass(frozen=True, slots=True)
class ContentReport:
    """What a check of the store found: how many contents are whole, and the ids of those missing or changed."""

    whole: int
    missing: tuple[UUID, ...]
    changed: tuple[UUID, ...]


def check_contents() -> ContentReport:
    """Compare every content that should be in the store with the digest in its row; opens no seal and needs no key."""
    whole, missing, changed = 0, [], []
    query = (
        select(Document.id, Document.digest)
        .join(Referral, Referral.id == Document.referral_id)
        .where(Document.removed_at.is_(None), Document.scan != Verdict.HARMFUL.value, Referral.erased_at.is_(None))
        .order_by(Document.id)
    )
    for document_id, digest in db.session.execute(query):
        try:
            sealed = stores.store().get(document_id)
        except stores.Missing:
            missing.append(document_id)
            continue
        if hashlib.sha256(sealed).hexdigest() == digest:
            whole += 1
        else:
            changed.append(document_id)
    return ContentReport(whole, tuple(missing), tuple(changed))


def _batches(stored: Iterable[stores.Stored]) -> Iterator[list[stores.Stored]]:
    waiting = iter(stored)
    while batch := list(islice(waiting, BATCH)):
        yield batch
