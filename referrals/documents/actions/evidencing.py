"""Evidence: which documents show that a result is as the office claims, attached by either side."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy as case_policy
from referrals.casework.actions.warning import lock
from referrals.casework.actions.writing import touch
from referrals.casework.models import MoneyRow, Outcome
from referrals.documents import policy
from referrals.documents.models import Document, Evidence
from referrals.documents.scanning import Verdict
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotFound

# Codes of the list evidence_kinds that a document can be.
NO_EVIDENCE: Final = "none"
PAPERS: Final = ("decision_letter", "payment_seen", "agency_reply", "court_or_tribunal_order")


def attach_evidence(
    outcome: Outcome,
    document_ids: Collection[UUID],
    sum_id: UUID | None = None,
    kind: str = "",
    *,
    by: Viewer,
    recording: bool = False,
) -> None:
    """Point from a result, or from one sum of it, to documents; it then counts as evidenced.

    `kind` says what the documents are where they show a sum: one of PAPERS. A document stays as private as it was.
    `recording` says that they were chosen while the result was recorded: then they are the evidence it speaks of.
    Raises NotFound, NotAllowed, IllegalMove for a result that another has replaced, and Invalid under "documents",
    "shows" (no such sum) and "kind".
    """
    referral = outcome.referral
    case_policy.must_see(referral, by)
    permission = Permission.OUTCOME_RECORD if by.side is Side.OFFICE else Permission.OUTCOME_CONFIRM
    case_policy.must_write(referral, by, permission)
    if not case_policy.may_be_told(referral, by, "outcome"):
        raise NotFound
    lock(referral.id)
    db.session.refresh(outcome)
    if outcome.superseded_at is not None:
        raise IllegalMove("This cannot be done now: there is a newer result.")
    documents, row = _documents(outcome, document_ids, by), _sum(outcome, sum_id)
    errors = {} if documents else {"documents": "Choose at least one document from the list"}
    errors |= {"shows": "Choose what it shows from the list"} if sum_id is not None and row is None else {}
    errors |= {"kind": "Say what the document is"} if sum_id is not None and kind not in PAPERS else {}
    if errors:
        raise Invalid(errors)
    _add(outcome, documents, sum_id, kind or None, by)
    outcome.evidenced = True
    if recording:
        outcome.holds_evidence = False
    if row is not None:
        row.evidence_said = row.evidence_said or row.evidence
        row.evidence = kind
    touch(referral.id)
    facts = {
        "outcome": str(outcome.id),
        "documents": [str(document.id) for document in documents],
        "sum": str(sum_id) if sum_id else None,
    }
    record("outcome.evidence_attached", by=by, subject=("referral", referral.id), facts=facts)


def weigh_again(document_id: UUID) -> list[UUID]:
    """Work out anew what is evidenced where this document, which nobody can look at any longer, was pointed to.

    What another document shows, or the office says by itself, stays. Gives the outcomes that are now without evidence;
    for actions that hold the referral's row and record the event.
    """
    db.session.flush()
    query = select(Evidence).where(Evidence.document_id == document_id)
    pointed = list(db.session.scalars(query))
    for row_id in {one.money_row_id for one in pointed if one.money_row_id is not None}:
        row = db.session.get_one(MoneyRow, row_id)
        kinds = [one.kind for one in _standing(Evidence.money_row_id == row_id) if one.kind]
        row.evidence = kinds[-1] if kinds else row.evidence_said or NO_EVIDENCE
    lost = []
    for outcome_id in sorted({one.outcome_id for one in pointed}):
        outcome = db.session.get_one(Outcome, outcome_id)
        if not outcome.holds_evidence and not _standing(Evidence.outcome_id == outcome_id):
            outcome.evidenced = False
            lost.append(outcome_id)
    return lost


def _standing(where: ColumnElement[bool]) -> list[Evidence]:
    """What points from there to documents that can still be looked at; the latest last."""
    query = (
        select(Evidence)
        .join(Document, Document.id == Evidence.document_id)
        .where(where, Document.removed_at.is_(None), Document.scan != Verdict.HARMFUL.value)
        .order_by(Evidence.attached_at, Evidence.id)
    )
    return list(db.session.scalars(query))


def _documents(outcome: Outcome, document_ids: Collection[UUID], by: Viewer) -> Sequence[Document]:
    """The documents of these ids, or none at all where one is not there for the viewer."""
    there = (Document.removed_at.is_(None), Document.scan != Verdict.HARMFUL.value)
    query = select(Document).where(Document.referral_id == outcome.referral_id, Document.id.in_(document_ids), *there)
    found = [one for one in db.session.scalars(query) if policy.may_know_of(one, by)]
    return found if len(found) == len(set(document_ids)) else []


def _sum(outcome: Outcome, sum_id: UUID | None) -> MoneyRow | None:
    return next((row for row in outcome.money if row.id == sum_id), None)


def _add(outcome: Outcome, documents: Sequence[Document], sum_id: UUID | None, kind: str | None, by: Viewer) -> None:
    """A row for each document that is not pointed to from there already."""
    query = select(Evidence.document_id).where(Evidence.outcome_id == outcome.id, Evidence.money_row_id == sum_id)
    known = set(db.session.scalars(query))
    db.session.add_all(
        Evidence(
            referral=outcome.referral,
            referral_id=outcome.referral_id,
            outcome_id=outcome.id,
            money_row_id=sum_id,
            kind=kind if sum_id is not None else None,
            document_id=document.id,
            organisation_id=by.organisation_id,
            attached_by_id=by.person_id,
            attached_at=clock.now(),
        )
        for document in documents
        if document.id not in known
    )
