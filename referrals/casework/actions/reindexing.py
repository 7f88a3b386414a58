"""Writing the search index anew for what is stored already, a batch a transaction."""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import selectinload

from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.casework import indexing
from referrals.casework.models import Referral
from referrals.foundation.database import db

BATCH: Final = 100


def reindex_batch(after: UUID | None = None, limit: int = BATCH) -> list[UUID]:
    """Index up to `limit` sent referrals anew whose index was made in an older way; their ids, none when all are done.

    `after` is the last id of the batch before. Commit after each: what is done stays done, and a run that was stopped
    goes on where it was.
    """
    query = (
        select(Referral)
        .where(_is_stale(), *([Referral.id > after] if after else []))
        .order_by(Referral.id)
        .limit(limit)
        .options(selectinload(Referral.resident))
        .with_for_update()
    )
    found = db.session.scalars(query).all()
    for referral in found:
        indexing.reindex(referral)
    if found:
        facts = {"version": indexing.VERSION, "rows": len(found)}
        record("index.rewritten", by=SERVICE, subject=("search", None), facts=facts)
    return [referral.id for referral in found]


def referrals_to_reindex() -> int:
    """How many sent referrals still have an index of an older make."""
    return db.session.scalar(select(func.count()).select_from(Referral).where(_is_stale())) or 0


def _is_stale() -> ColumnElement[bool]:
    older = or_(Referral.index_version.is_(None), Referral.index_version != indexing.VERSION)
    return and_(Referral.submitted_at.is_not(None), older)
