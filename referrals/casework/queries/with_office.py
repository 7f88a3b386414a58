"""What is open with one office, for an agenda: references, categories and days, and no word of what it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.queries.visible import visible_to
from referrals.foundation.database import db


@dataclass(frozen=True, slots=True)
class WithOffice:
    """One referral: its reference, a code of categories, since when it is with the office, and whether it is over."""

    id: UUID
    reference: str
    category: str | None
    since: datetime
    ended: bool


def open_with(office_id: UUID, viewer: Viewer) -> list[WithOffice]:
    """What the viewer's side has open with an office, the longest there first; one query."""
    query = _lines(viewer).where(Referral.office_id == office_id, Referral.ended_at.is_(None))
    return _read(query.order_by(Referral.submitted_at, Referral.id))


def count_open_with(office_id: UUID, viewer: Viewer, *, beside: Collection[UUID]) -> int:
    """How many referrals the viewer's side has open with an office, `beside` these; one query."""
    found = _lines(viewer).where(Referral.office_id == office_id, Referral.ended_at.is_(None))
    query = select(func.count()).select_from(found.where(Referral.id.not_in(list(beside))).subquery())
    return db.session.scalar(query) or 0


def named(referral_ids: Collection[UUID], viewer: Viewer) -> dict[UUID, WithOffice]:
    """Those of these referrals that the viewer may see, by id; one query, or none for none."""
    query = _lines(viewer).where(Referral.id.in_(list(referral_ids)))
    return {one.id: one for one in _read(query)} if referral_ids else {}


def _lines(viewer: Viewer) -> Select[Any]:
    columns: list[Any] = [
        Referral.id,
        Referral.reference,
        Referral.category,
        Referral.submitted_at,
        Referral.ended_at,
    ]
    return select(*columns).where(visible_to(viewer), Referral.submitted_at.is_not(None))


def _read(query: Select[Any]) -> list[WithOffice]:
    return [
        WithOffice(row.id, row.reference, row.category, row.submitted_at, row.ended_at is not None)
        for row in db.session.execute(query)
    ]
