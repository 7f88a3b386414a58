"""How far the audit books have been counted: what they hold beyond that is what has changed since.

Every change of a referral leaves an event in a book, in the same transaction, and a book numbers its events without a
gap. So whoever remembers a number for each book misses nothing, and casework need not know that anything is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Table, and_, func, insert, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from referrals.audit.models import AuditBook, AuditEntry
from referrals.foundation.database import db
from referrals.reporting.summaries.models import CountedBook

BOOKS: Final[Table] = CountedBook.__table__  # type: ignore[assignment]
# Events about a referral that change nothing of it, or nothing that counts.
READS: Final = (
    "document.read",
    "letter.read",
    "letter.taken",
    "pack.taken",
    "referral.card_printed",
    "referral.compared",
    "referral.draft_read",
    "referral.read",
    "transfer.read",
)
# Books that are looked into at once, so that no statement grows without end.
MOST_BOOKS: Final = 100


@dataclass(frozen=True, slots=True)
class Lag:
    """A book with entries that have not been counted: those after `counted`, up to `head`."""

    book_id: UUID
    counted: int
    head: int

    @property
    def entries(self) -> int:
        """How many they are."""
        return self.head - self.counted


def lags() -> list[Lag]:
    """The books that have gone on since they were counted; one query."""
    counted = func.coalesce(CountedBook.number, 0)
    query = (
        select(AuditBook.id, counted, AuditBook.head_number)
        .outerjoin(CountedBook, CountedBook.book_id == AuditBook.id)
        .where(AuditBook.head_number > counted)
        .order_by(AuditBook.id)
    )
    return [Lag(*row) for row in db.session.execute(query)]


def first_of(found: Sequence[Lag], most: int) -> list[Lag]:
    """As much of it as comes to so many entries."""
    taken: list[Lag] = []
    for lag in found[:MOST_BOOKS]:
        if most <= 0:
            break
        taken.append(Lag(lag.book_id, lag.counted, min(lag.head, lag.counted + most)))
        most -= taken[-1].entries
    return taken


def changed(found: Sequence[Lag]) -> list[UUID]:
    """The referrals that these entries tell of; one query."""
    ranges = [
        and_(AuditEntry.book_id == lag.book_id, AuditEntry.number > lag.counted, AuditEntry.number <= lag.head)
        for lag in found
    ]
    query = (
        select(AuditEntry.subject_id)
        .where(or_(*ranges), AuditEntry.subject_kind == "referral", AuditEntry.action.not_in(READS))
        .distinct()
    )
    return [one for one in db.session.scalars(query) if one is not None]


def since(found: Sequence[Lag]) -> datetime | None:
    """When the first change happened that has not been counted; None where there is none. One query."""
    ranges = [
        and_(AuditEntry.book_id == lag.book_id, AuditEntry.number > lag.counted, AuditEntry.number <= lag.head)
        for lag in found[:MOST_BOOKS]
    ]
    changes = (AuditEntry.subject_kind == "referral", AuditEntry.action.not_in(READS))
    return db.session.scalar(select(func.min(AuditEntry.at)).where(or_(*ranges), *changes)) if ranges else None


def remember(found: Sequence[Lag], session: Session) -> None:
    """These entries have been counted."""
    connection = session.connection()
    make = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
    statement = make(BOOKS).values([{"book_id": lag.book_id, "number": lag.head} for lag in found])
    connection.execute(
        statement.on_conflict_do_update(index_elements=["book_id"], set_={"number": statement.excluded.number})
    )


def remember_all(session: Session) -> None:
    """Everything that stands in the books by now is about to be counted."""
    connection = session.connection()
    connection.execute(BOOKS.delete())
    heads = select(AuditBook.id, AuditBook.head_number)
    connection.execute(insert(BOOKS).from_select([*BOOKS.c], heads))


def nothing_counted() -> bool:
    """Whether no book was ever counted."""
    return db.session.scalar(select(CountedBook.book_id).limit(1)) is None
