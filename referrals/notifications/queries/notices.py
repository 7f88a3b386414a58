"""A person's notices: the list, a page at a time, and how many are unread for the head of every page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from referrals.foundation.database import db
from referrals.notifications.models import Notice
from referrals.notifications.notices import Holder, is_urgent, words_of

LARGEST_PAGE: Final = 100
# Counting stops here: the head of a page says "99+", and costs the same whatever lies unread.
COUNTED_TO: Final = 99
# The two parts of the list, by the letter that begins a cursor.
_PARTS: Final[dict[str, ColumnElement[bool]]] = {"u": Notice.read_at.is_(None), "r": Notice.read_at.is_not(None)}


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice in words. The referral's own words are for its page to ask for: they are sealed."""

    id: UUID
    words: str
    urgent: bool
    reference: str | None
    path: str
    at: datetime
    unread: bool


def notices(holder: Holder, after: str | None = None, limit: int = 40) -> tuple[list[NoticeLine], str | None]:
    """One page of the person's notices, the unread before the others and the newest first; at most 100.

    And the cursor of the next page, or None. One query for each of the two parts that is on it.
    """
    size = max(1, min(limit, LARGEST_PAGE))
    part, last = _place(after)
    found: list[Notice] = []
    for name in list(_PARTS)[list(_PARTS).index(part) :]:
        query = select(Notice).where(*_of(holder), _PARTS[name])
        if name == part and last is not None:
            query = query.where(Notice.id < last)
        found += db.session.scalars(query.order_by(Notice.id.desc()).limit(size + 1 - len(found)))
        if len(found) > size:
            break
    more = len(found) > size
    return [_line(row) for row in found[:size]], _cursor(found[size - 1]) if more else None


def unread_of(
    person_id: InstrumentedAttribute[UUID], organisation_id: InstrumentedAttribute[UUID]
) -> ScalarSelect[int]:
    """How many notices lie unread, counted up to 100, as a column beside those of the person and the organisation."""
    mine = (Notice.person_id == person_id, Notice.organisation_id == organisation_id, Notice.read_at.is_(None))
    few = select(literal(1).label("one")).where(*mine).limit(COUNTED_TO + 1)
    few = few.correlate(person_id.class_, organisation_id.class_)
    return select(func.count()).select_from(few.subquery()).scalar_subquery()


def _of(holder: Holder) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Notice.person_id == holder.person_id, Notice.organisation_id == holder.organisation_id


def _place(cursor: str | None) -> tuple[str, UUID | None]:
    part, _, name = (cursor or "").partition(".")
    try:
        return (part, UUID(name)) if part in _PARTS else ("u", None)
    except ValueError:
        # Somebody's own invention in the address: the first page is as good an answer as any.
        return "u", None


def _cursor(row: Notice) -> str:
    return f"{'r' if row.read_at else 'u'}.{row.id}"


def _line(row: Notice) -> NoticeLine:
    return NoticeLine(
        id=row.id,
        words=words_of(row.kind),
        urgent=is_urgent(row.kind),
        reference=row.reference,
        path=row.path,
        at=row.at,
        unread=row.read_at is None,
    )
