"""Adding documents: made safe, looked at and stored first, outside of any transaction; then the rows, all in one."""

import hashlib
import logging
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework.actions.telling import tell
from referrals.casework.actions.writing import must_reach_other_side, touch
from referrals.casework.models import Referral
from referrals.casework.workflow import Audience
from referrals.documents import policy, scanning, stores
from referrals.documents.cleaning import apart
from referrals.documents.cleaning.kinds import Kind
from referrals.documents.cleaning.refusals import Refused, Why
from referrals.documents.models import Document
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.ids import new_id
from referrals.foundation.locks import hold
from referrals.foundation.sealing import RowKey
from referrals.notifications.messages import DocumentShared

TABLE: Final = Document.__tablename__
# What a seal of a content is bound to; there is no such column, the content lies in the store.
CONTENT: Final = "content"
LONGEST_NAME: Final = 120

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """A document that is safe and stored, and only lacks its row."""

    id: UUID
    name: str
    kind: Kind
    size: int
    digest: str
    scan: scanning.Verdict


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of several documents: those kept, and those there was no room for."""

    kept: tuple[Ready, ...]
    refused: tuple[Ready, ...]


def prepare(name: str, content: bytes, key: RowKey) -> Ready:
    """Make a file safe, have it scanned, seal it and store it. Call outside of a transaction: this takes its time.

    `key` is the referral's, from somebody who may add to it. Raises Refused with the reason; nothing is then stored.
    """
    made = apart.clean(content)
    verdict = scanning.scan(made.content)
    if verdict is scanning.Verdict.HARMFUL:
        raise Refused(Why.HARMFUL)
    content_id = new_id()
    sealed = key.seal_bytes(made.content, table=TABLE, column=CONTENT, row_id=content_id)
    try:
        stores.store().put(content_id, sealed)
    except stores.Away as away:
        log.error("a document could not be stored: %s", type(away.__cause__).__name__)  # noqa: TRY400 - it quotes paths
        raise Refused(Why.NOT_STORED) from None
    return Ready(
        id=content_id,
        name=tidy_name(name, made.kind),
        kind=made.kind,
        size=len(made.content),
        digest=hashlib.sha256(sealed).hexdigest(),
        scan=verdict,
    )


def add(referral: Referral, prepared: Sequence[Ready], *, shared: bool, by: Viewer) -> Addition:
    """Put stored documents on a referral, for one's own side or `shared` with the other, which is told.

    Those beyond ten of a side are not kept. On a draft `shared` means: goes along when it is sent. Raises NotFound,
    and NotAllowed where the resident has not agreed to the sharing.
    """
    policy.must_add(referral, by)
    if shared and referral.submitted_at is not None:
        must_reach_other_side(referral, by)
    hold(f"documents of {referral.id}")
    room = max(0, policy.MOST - _number_kept(referral, by))
    kept = tuple(prepared[:room])
    for ready in kept:
        _add_one(referral, ready, shared, by)
    if kept:
        touch(referral.id)
        db.session.refresh(referral, ["updated_at"])
        if shared:
            tell(referral, DocumentShared, Audience.OTHER_SIDE, by=by)
    return Addition(kept, tuple(prepared[room:]))


def let_go(prepared: Sequence[Ready]) -> None:
    """Forget what was stored for documents that got no row. What cannot be reached now is cleared away later."""
    for ready in prepared:
        try:
            stores.store().delete(ready.id)
        except stores.Away:
            return


def tidy_name(name: str, kind: Kind) -> str:
    """A file's own name without folders, invisible characters or a false end: "letter.exe" of a PDF is "letter.pdf"."""
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in base)
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", re.sub(r'[<>:"|?*\s]+', " ", plain).strip()).strip(" .")
    return f"{stem[:LONGEST_NAME].strip(' .') or 'Document'}.{kind.value}"


def _add_one(referral: Referral, ready: Ready, shared: bool, by: Viewer) -> None:
    moment = clock.now()
    document = Document(
        id=ready.id,
        referral=referral,
        referral_id=referral.id,
        organisation_id=by.organisation_id,
        added_by_id=by.person_id,
        role=by.role.value if by.role else "",
        added_at=moment,
        kind=ready.kind.value,
        size=ready.size,
        digest=ready.digest,
        scan=ready.scan.value,
        scanned_at=moment if ready.scan is scanning.Verdict.CLEAN else None,
        shared_at=moment if shared else None,
        shared_by_id=by.person_id if shared else None,
        name=ready.name,
    )
    db.session.add(document)
    facts = {
        "document": str(ready.id),
        "kind": ready.kind.value,
        "size": ready.size,
        "digest": ready.digest,
        "shared": shared,
        "scan": ready.scan.value,
    }
    key = referral.seal_key()
    record("document.added", by=by, subject=("referral", referral.id), facts=facts, words=ready.name, key=key)


def _number_kept(referral: Referral, by: Viewer) -> int:
    db.session.flush()
    query = select(func.count()).select_from(Document)
    own = (Document.referral_id == referral.id, Document.organisation_id == by.organisation_id)
    return db.session.scalar(query.where(*own, Document.removed_at.is_(None))) or 0
