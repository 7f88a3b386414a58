"""Recording: one event into the acting organisation's book, in the transaction of the change it tells of."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from referrals.audit import chain, guard
from referrals.audit.actor import Actor
from referrals.audit.models import AuditBook, AuditDetail, AuditEntry
from referrals.foundation import clock
from referrals.foundation.database import ReadOnly, db, reading
from referrals.foundation.sealing import RowKey

_BOOKS: Table = AuditBook.__table__  # type: ignore[assignment]
_ENTRIES: Table = AuditEntry.__table__  # type: ignore[assignment]
_DETAILS: Table = AuditDetail.__table__  # type: ignore[assignment]


def record(
    action: str,
    *,
    by: Actor,
    subject: tuple[str, UUID | None],
    facts: Mapping[str, Any] | None = None,
    words: str | None = None,
    key: RowKey | None = None,
    referral_id: UUID | None = None,
) -> AuditEntry:
    """Append one event to the book of `by`'s organisation (the service's book without one) and return it.

    `action` is `noun.past`; `subject` is its kind and id. `facts` are codes, dates, numbers and ids, nothing a person
    wrote. `words` are sealed with `key`, the referral's, and only their salted digest enters the chain; the referral
    is the subject, or else `referral_id`. The book's head stays locked until the transaction ends. Raises TypeError
    for facts that are none, ValueError for words without a key or referral, ReadOnly where only reading was promised.
    """
    if reading():
        raise ReadOnly(f"{action} cannot be recorded by a request that promised only to read")
    session = db.session()
    kind, subject_id = subject
    book_id, number, head = _lock(session, by.organisation_id)
    detail = None if words is None else chain.salted(words)
    event = {
        "at": clock.now(),
        "actor_id": by.person_id,
        "actor_role": None if by.role is None else str(by.role),
        "action": action,
        "subject_kind": kind,
        "subject_id": subject_id,
        "facts": chain.plain(facts or {}),
        "detail_digest": None if detail is None else chain.detail_digest(detail),
    }
    (row,) = chain.linked([event], book_id=book_id, number=number, head=head)
    connection = session.connection()
    connection.execute(insert(_ENTRIES), row)
    if detail is not None:
        _keep_detail(session, row, detail, key, referral_id or (subject_id if kind == "referral" else None))
    connection.execute(
        update(_BOOKS).where(_BOOKS.c.id == book_id).values(head_number=row["number"], head_hash=row["hash"])
    )
    guard.recorded(session, subject_id, (book_id, row["number"], row["hash"]))
    return AuditEntry(**row)


def _lock(session: Session, organisation_id: UUID | None) -> tuple[UUID, int, str]:
    """The book's id, last number and last hash, with the book's row locked; the book is made when there is none."""
    book_id = chain.book_id_of(organisation_id)
    if held := guard.head_held(session, book_id):
        return held
    head = select(_BOOKS.c.id, _BOOKS.c.head_number, _BOOKS.c.head_hash).where(_BOOKS.c.id == book_id).with_for_update()
    connection = session.connection()
    found = connection.execute(head).one_or_none()
    if found is None:
        # The organisation may be as new as its book.
        session.flush()
        make = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
        book = {
            "id": book_id,
            "organisation_id": organisation_id,
            "head_number": 0,
            "head_hash": chain.genesis(book_id),
        }
        connection.execute(make(_BOOKS).values(book).on_conflict_do_nothing())
        found = connection.execute(head).one()
    return found.id, found.head_number, found.head_hash


def _keep_detail(
    session: Session, row: dict[str, Any], detail: str, key: RowKey | None, referral_id: UUID | None
) -> None:
    if key is None or referral_id is None:
        raise ValueError("the words of an event need the referral they belong to, and its key")
    place = chain.detail_row_id(row["book_id"], row["number"])
    sealed = key.seal(detail, table=chain.DETAIL_TABLE, column=chain.DETAIL_COLUMN, row_id=place)
    values = {"book_id": row["book_id"], "number": row["number"], "referral_id": referral_id, "sealed": sealed}
    session.connection().execute(insert(_DETAILS), values)
