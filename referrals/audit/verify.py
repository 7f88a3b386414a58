"""Verification: walks whole books, in constant memory, and names the first entry that is not as it was written."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Table, and_, func, select
from sqlalchemy.orm import Session

from referrals.audit import chain
from referrals.audit.models import AuditBook, AuditDetail, AuditEntry
from referrals.audit.walk import PAGE, walk
from referrals.foundation.sealing import RowKey, SealError

_BOOKS: Table = AuditBook.__table__  # type: ignore[assignment]
_ENTRIES: Table = AuditEntry.__table__  # type: ignore[assignment]
_DETAILS: Table = AuditDetail.__table__  # type: ignore[assignment]

# Told now and then: how many entries have been walked since it was told last.
Progress = Callable[[int], None]
# The key of a referral, or None when it was destroyed.
KeyOf = Callable[[UUID], RowKey | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """The first bad entry of a book: its number and what is wrong, in words."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class BookReport:
    """What was found in one book; `entries` counts those walked until the end or the fault."""

    book_id: UUID
    organisation_id: UUID | None
    entries: int
    fault: Fault | None


def verify_books(
    session: Session,
    *,
    organisation_id: UUID | None = None,
    key_of: KeyOf | None = None,
    progress: Progress = lambda _: None,
) -> list[BookReport]:
    """Walk every book, or one organisation's, and report on each; entries without a book are reported as a fault.

    With `key_of` the sealed words are opened too and held against their digest; words that are gone, or whose key is
    gone, were erased and are no fault.
    """
    books = select(_BOOKS).order_by(_BOOKS.c.id)
    if organisation_id is not None:
        books = books.where(_BOOKS.c.organisation_id == organisation_id)
    reports = [_verify_book(session, book, key_of, progress) for book in session.execute(books).all()]
    return reports if organisation_id else reports + _strays(session)


def entries_to_walk(session: Session, organisation_id: UUID | None = None) -> int:
    """How many entries `verify_books` has before it, by the heads of the books."""
    total = select(func.coalesce(func.sum(_BOOKS.c.head_number), 0))
    if organisation_id is not None:
        total = total.where(_BOOKS.c.organisation_id == organisation_id)
    return int(session.execute(total).scalar_one())


def _verify_book(session: Session, book: Any, key_of: KeyOf | None, progress: Progress) -> BookReport:
    number, head = 0, chain.genesis(book.id)
    fault: Fault | None = None
    # The book may grow meanwhile: it is walked up to the head it had, and what lies behind is looked at in one go.
    for covered, given in islice(walk(session.connection(), book.id), book.head_number):
        fault = _entry_fault(covered, given, number, head)
        if fault:
            break
        number, head = number + 1, given
        if number % PAGE == 0:
            progress(PAGE)
    progress(number % PAGE)
    fault = fault or _end_fault(session, book, number, head) or _detail_fault(session, book.id, key_of)
    return BookReport(book.id, book.organisation_id, number, fault)


def _entry_fault(covered: dict[str, Any], given: str, number: int, head: str) -> Fault | None:
    found = covered["number"]
    if found != number + 1:
        # With a gap, the first entry that is wrong is the one that is not there.
        return Fault(number + 1, f"missing: after {number} comes {found}")
    if covered["previous_hash"] != head:
        return Fault(found, "the hash before it is not the one it was written after")
    try:
        matches = chain.covered_hash(covered) == given
    except (ValueError, TypeError, RecursionError):
        # Only content that the service itself would never have written cannot be put into bytes.
        matches = False
    return None if matches else Fault(found, "its content does not match its hash")


def _end_fault(session: Session, book: Any, number: int, head: str) -> Fault | None:
    if number < book.head_number:
        return Fault(number + 1, f"missing: the book should end with {book.head_number}")
    if head != book.head_hash:
        return Fault(number, "the book's head has another hash than its last entry")
    same = and_(_ENTRIES.c.book_id == _BOOKS.c.id, _ENTRIES.c.number > _BOOKS.c.head_number)
    behind = select(func.min(_ENTRIES.c.number)).select_from(_BOOKS.join(_ENTRIES, same)).where(_BOOKS.c.id == book.id)
    added = session.connection().execute(behind).scalar_one()
    return None if added is None else Fault(added, "added behind the end of the book")


def _detail_fault(session: Session, book_id: UUID, key_of: KeyOf | None) -> Fault | None:
    """Words without an entry that vouches for them; and, where keys are given, words that were exchanged."""
    same = and_(_ENTRIES.c.book_id == _DETAILS.c.book_id, _ENTRIES.c.number == _DETAILS.c.number)
    details = (
        select(_DETAILS, _ENTRIES.c.detail_digest)
        .select_from(_DETAILS.outerjoin(_ENTRIES, same))
        .where(_DETAILS.c.book_id == book_id)
        .order_by(_DETAILS.c.number)
    )
    if key_of is None:
        details = details.where(_ENTRIES.c.detail_digest.is_(None)).limit(1)
    for row in session.connection().execute(details.execution_options(yield_per=1000)):
        if row.detail_digest is None:
            return Fault(row.number, "words that the entry does not vouch for")
        if key_of is not None and (why := _words_fault(row, key_of)):
            return Fault(row.number, why)
    return None


def _words_fault(row: Any, key_of: KeyOf) -> str | None:
    try:
        key = key_of(row.referral_id)
        if key is None:
            return None
        place = chain.detail_row_id(row.book_id, row.number)
        detail = key.open(row.sealed, table=chain.DETAIL_TABLE, column=chain.DETAIL_COLUMN, row_id=place)
    except SealError:
        return "its words do not open"
    return None if chain.detail_digest(detail) == row.detail_digest else "its words do not match their digest"


def _strays(session: Session) -> list[BookReport]:
    known = select(_BOOKS.c.id)
    stray = (
        select(_ENTRIES.c.book_id, func.min(_ENTRIES.c.number).label("first"))
        .where(_ENTRIES.c.book_id.not_in(known))
        .group_by(_ENTRIES.c.book_id)
    )
    return [
        BookReport(row.book_id, None, 0, Fault(row.first, "an entry of a book that is not there"))
        for row in session.execute(stray).all()
    ]
