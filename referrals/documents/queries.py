"""Reads of documents: every one takes the viewer, and what is not theirs is not there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.queries import names_of
from referrals.accounts.roles import ROLES, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy as case_policy
from referrals.casework.models import Outcome, Referral
from referrals.directory import queries as directory
from referrals.documents import policy
from referrals.documents.models import Document, Evidence
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

LOST_NAME = "A document"


@dataclass(frozen=True, slots=True)
class Line:
    """One document as a list shows it."""

    id: UUID
    name: str
    kind: str
    size: int
    added_at: datetime
    added_by: str
    role: str
    side: Side
    # Whether only the viewer's own side knows of it.
    private: bool
    # Whether the viewer's own side added it, and so may share and remove it.
    own: bool
    shared_at: datetime | None
    # clean, waiting, harmful, unscanned
    scan: str
    may_open: bool
    removed_at: datetime | None
    removed_by: str
    removal_reason: str | None
    # What the side that added it is called, where that is an office that had the referral before.
    organisation: str


def documents_of(referral: Referral, viewer: Viewer) -> list[Line]:
    """The documents the viewer may know of, oldest first, removed ones too; two queries. NotFound to strangers."""
    case_policy.must_see(referral, viewer)
    query = select(Document).where(Document.referral_id == referral.id).order_by(Document.added_at, Document.id)
    found = [document for document in db.session.scalars(query) if policy.may_know_of(document, viewer)]
    people = {document.added_by_id for document in found} | {document.removed_by_id for document in found}
    names = names_of([person_id for person_id in people if person_id]) if found else {}
    others = {document.organisation_id for document in found} - {referral.group_id, referral.office_id}
    places = directory.names_of(others)
    return [_line(document, viewer, names, places.get(document.organisation_id, "")) for document in found]


def document(referral: Referral, document_id: UUID, viewer: Viewer) -> Document:
    """One document of this referral. Raises NotFound unless the viewer may know of it."""
    found = db.session.get(Document, document_id)
    if found is None or found.referral_id != referral.id or not policy.may_know_of(found, viewer):
        raise NotFound
    return found


def _line(document: Document, viewer: Viewer, names: dict[UUID, str], organisation: str) -> Line:
    return Line(
        id=document.id,
        name=document.name or LOST_NAME,
        kind=document.kind,
        size=document.size,
        added_at=document.added_at,
        added_by=names.get(document.added_by_id, ""),
        role=document.role,
        side=ROLES[Role(document.role)].side,
        private=document.shared_at is None,
        own=policy.is_own(document, viewer),
        shared_at=document.shared_at,
        scan=document.scan,
        may_open=policy.may_open(document),
        removed_at=document.removed_at,
        removed_by=names.get(document.removed_by_id, "") if document.removed_by_id else "",
        removal_reason=document.removal_reason,
        organisation=organisation,
    )


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One document that shows a result; `sum_id` where it shows one sum of it. None for a name not theirs to read."""

    document_id: UUID
    sum_id: UUID | None
    name: str | None
    may_open: bool
    removed: bool


def evidence_of(referral: Referral, outcome: Outcome, viewer: Viewer) -> list[EvidenceLine]:
    """Which documents show a result that the viewer was given, in the order they were attached; one query."""
    case_policy.must_see(referral, viewer)
    query = (
        select(Evidence, Document)
        .join(Document, Document.id == Evidence.document_id)
        .where(Evidence.referral_id == referral.id, Evidence.outcome_id == outcome.id)
        .order_by(Evidence.attached_at, Evidence.id)
    )
    return [_evidence(shown, document, viewer) for shown, document in db.session.execute(query)]


def _evidence(shown: Evidence, document: Document, viewer: Viewer) -> EvidenceLine:
    known = policy.may_know_of(document, viewer)
    return EvidenceLine(
        document_id=document.id,
        sum_id=shown.money_row_id,
        name=(document.name or LOST_NAME) if known else None,
        may_open=known and policy.may_open(document),
        removed=document.removed_at is not None,
    )
