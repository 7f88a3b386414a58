"""Reading the books: what happened to one subject, and what happened lately, each from the viewer's own book only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from referrals.audit.actor import Actor
from referrals.audit.chain import book_id_of
from referrals.audit.labels import label
from referrals.audit.models import AuditBook, AuditEntry
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a history page; who is given by id, and a page looks up the names of all lines at once."""

    number: int
    at: datetime
    action: str
    label: str
    actor_id: UUID | None
    actor_role: str | None
    subject_kind: str
    subject_id: UUID | None
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BookTotals:
    """How many books there are, how many entries they hold together, and the head of the service's own."""

    books: int
    entries: int
    service_number: int
    service_hash: str


def totals() -> BookTotals:
    """The size of the books, from their heads; nothing of what is in them."""
    books, entries = db.session.execute(select(func.count(), func.sum(AuditBook.head_number))).one()
    service = db.session.get(AuditBook, book_id_of(None))
    head = (service.head_number, service.head_hash) if service else (0, "")
    return BookTotals(books, int(entries or 0), *head)


def history(subject_id: UUID, viewer: Actor, *, before: int | None = None, limit: int = MOST) -> list[HistoryEntry]:
    """What the viewer's own organisation did with a subject, newest first, at most 100 lines.

    `before` is the number of the last line of the page before. Whether the viewer may see the subject at all is
    decided before, by the query that fetches it.
    """
    # The book is locked before the clock is read, so the order of moments is the order of numbers, and has an index.
    newest = (AuditEntry.at.desc(), AuditEntry.number.desc())
    return _entries(viewer, before, limit, newest, AuditEntry.subject_id == subject_id)


def recent(
    organisation_id: UUID | None, viewer: Actor, *, before: int | None = None, limit: int = MOST
) -> list[HistoryEntry]:
    """The latest entries of an organisation's book, newest first; NotFound for another's than the viewer's own."""
    if organisation_id != viewer.organisation_id:
        raise NotFound
    return _entries(viewer, before, limit, (AuditEntry.number.desc(),))


def last_reads(viewer: Actor, since: datetime) -> dict[UUID, datetime]:
    """When the viewer themself last read each referral, by its id, of those they read since then; one query."""
    query = (
        select(AuditEntry.subject_id, func.max(AuditEntry.at).label("at"))
        .where(
            AuditEntry.actor_id == viewer.person_id,
            AuditEntry.at > since,
            AuditEntry.book_id == book_id_of(viewer.organisation_id),
            AuditEntry.action == "referral.read",
        )
        .group_by(AuditEntry.subject_id)
    )
    return {row.subject_id: row.at for row in db.session.execute(query)}


def _entries(
    viewer: Actor, before: int | None, limit: int, newest: tuple[Any, ...], *conditions: Any
) -> list[HistoryEntry]:
    own_book = AuditEntry.book_id == book_id_of(viewer.organisation_id)
    found = select(AuditEntry).where(own_book, *conditions).order_by(*newest).limit(min(limit, MOST))
    if before is not None:
        found = found.where(AuditEntry.number < before)
    return [_line(entry) for entry in db.session.scalars(found)]


def _line(entry: AuditEntry) -> HistoryEntry:
    return HistoryEntry(
        number=entry.number,
        at=entry.at,
        action=entry.action,
        label=label(entry.action),
        actor_id=entry.actor_id,
        actor_role=entry.actor_role,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        facts=entry.facts,
    )
