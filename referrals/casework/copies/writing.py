"""Writing copies into the database: a chunk a transaction, its books brought forward in the same one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Final
from uuid import UUID

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from referrals.audit import chain, guard
from referrals.audit.models import AuditBook
from referrals.casework.copies.books import DETAILS, ENTRIES, Chapter, Happening, Head
from referrals.casework.copies.pattern import MATCHES, REFERRALS, SEARCHED, TOKENS, child_tables
from referrals.casework.models import Referral
from referrals.foundation.bulk import Batch, Encoder, Row, make_room, write_batch
from referrals.foundation.database import Base

_BOOKS: Final[Table] = AuditBook.__table__  # type: ignore[assignment]
_OWNER, _TOKEN = (list(TOKENS.columns).index(column) for column in (TOKENS.c.organisation_id, TOKENS.c.token))


class BookMoved(RuntimeError):
    """Somebody else wrote in a book while copies were made; nothing of this chunk was saved."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Copies that are saved together; plain data, so that another process can make it."""

    # How many referrals begin in it.
    count: int
    batches: list[tuple[str, Batch]]
    heads: dict[UUID | None, tuple[Head, Head]]
    # What the service itself did: its own book is kept by whoever writes.
    by_service: list[Happening]


def chunk_of(
    count: int, rows: Iterable[tuple[str, Row]], chapter: Chapter, by_service: list[Happening], encoder: Encoder
) -> Chunk:
    """Sort encoded rows into the order in which they can be written."""
    by_table: dict[str, list[Row]] = {}
    for table, row in [*rows, *chapter.rows]:
        by_table.setdefault(table, []).append(row)
    # In the order of the index, which is by far the longest: each of its pages is then visited once a chunk. Column by
    # column, the last first, takes a third of the time of comparing whole rows.
    for column in (_TOKEN, _OWNER):
        by_table.get(TOKENS.name, []).sort(key=itemgetter(column))
    order = [table.name for table in filled_tables()]
    batches = [(table, encoder.batch(by_table[table])) for table in order if table in by_table]
    return Chunk(count, batches, chapter.heads, by_service)


def filled_tables() -> list[Table]:
    """The tables that copies fill, in an order in which they can be written."""
    return [REFERRALS, *child_tables(), SEARCHED, TOKENS, MATCHES, ENTRIES, DETAILS]


def write_chunk(chunk: Chunk, session: Session) -> None:
    """Write a chunk in the session's transaction. Raises BookMoved."""
    stored = heads_of(chunk.heads.keys(), session)
    if any(stored[organisation_id] != begins for organisation_id, (begins, _) in chunk.heads.items()):
        raise BookMoved("Somebody else is using the service. Stop it, and load again.")
    make_room(session)
    _begin_books(chunk, session)
    for table, batch in chunk.batches:
        write_batch(session, Base.metadata.tables[table], batch)
    for organisation_id, (_, ends) in chunk.heads.items():
        book = _BOOKS.c.id == chain.book_id_of(organisation_id)
        grown = update(_BOOKS).where(book).values(head_number=ends.number, head_hash=ends.hash)
        session.connection().execute(grown)
        # Whoever records in the same transaction goes on from there.
        guard.recorded(session, None, (chain.book_id_of(organisation_id), ends.number, ends.hash))


def _begin_books(chunk: Chunk, session: Session) -> None:
    new = [
        {
            "id": chain.book_id_of(organisation_id),
            "organisation_id": organisation_id,
            "head_number": begins.number,
            "head_hash": begins.hash,
        }
        for organisation_id, (begins, _) in chunk.heads.items()
        if begins.number == 0
    ]
    if new:
        session.connection().execute(insert(_BOOKS), new)


def heads_of(organisation_ids: Collection[UUID | None], session: Session) -> dict[UUID | None, Head]:
    """Where the books of these organisations end, locked until the transaction ends."""
    books = {chain.book_id_of(organisation_id): organisation_id for organisation_id in organisation_ids}
    heads = {organisation_id: Head(0, chain.genesis(book_id)) for book_id, organisation_id in books.items()}
    query = select(_BOOKS.c.id, _BOOKS.c.head_number, _BOOKS.c.head_hash).where(_BOOKS.c.id.in_(books))
    for found in session.connection().execute(query.with_for_update()):
        heads[books[found.id]] = Head(found.head_number, found.head_hash)
    return heads


def references_in_use(session: Session) -> set[str]:
    """Every reference that was ever given."""
    query = select(Referral.reference).where(Referral.reference.is_not(None))
    return {str(reference) for reference in session.scalars(query)}
