"""Entering copies into the audit books: in order of time, each book's chain going on where it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Table

from referrals.audit import chain
from referrals.audit.models import AuditDetail, AuditEntry
from referrals.foundation.bulk import Encoder, Row
from referrals.foundation.sealing import RowKey

ENTRIES: Final[Table] = AuditEntry.__table__  # type: ignore[assignment]
DETAILS: Final[Table] = AuditDetail.__table__  # type: ignore[assignment]
# Where an event's row says which referral it is about.
SUBJECT_PLACE: Final = 5


@dataclass(frozen=True, slots=True)
class Happening:
    """One event that waits for its place in a book; `organisation_id` None means the service's own."""

    organisation_id: UUID | None
    # When it happened, as the chain writes moments: later ones sort behind earlier ones.
    at: str
    # What its hash covers.
    text: chain.Unplaced
    # The same encoded, in the order of the columns from `at` to `facts`.
    row: Row
    words: str | None
    key: RowKey | None


@dataclass(frozen=True, slots=True)
class Head:
    """Where a book ends: the number and the hash of its last entry."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """What goes into the books together: encoded rows by table, and where each book ends before and after them."""

    rows: list[tuple[str, Row]]
    heads: dict[UUID | None, tuple[Head, Head]]


class Books:
    """The books of some organisations while copies are made; nobody else may write in them meanwhile."""

    def __init__(self, heads: Mapping[UUID | None, Head], encoder: Encoder) -> None:
        self._heads = dict(heads)
        self._encoder = encoder
        self._waiting: list[Happening] = []

    def expect(self, happenings: list[Happening]) -> None:
        """Take events; they wait until nothing earlier can come any more."""
        self._waiting += happenings

    def enter(self, before: datetime | None) -> Chapter:
        """The waiting events that happened before that moment (all, without one), as entries in order of time."""
        self._waiting.sort(key=lambda happening: happening.at)
        until = None if before is None else chain.moment(before)
        ready = [one for one in self._waiting if until is None or one.at < until]
        del self._waiting[: len(ready)]
        by_book: dict[UUID | None, list[Happening]] = {}
        for happening in ready:
            by_book.setdefault(happening.organisation_id, []).append(happening)
        chapter = Chapter([], {})
        for organisation_id, happenings in by_book.items():
            begins = self._heads[organisation_id]
            ends = self._heads[organisation_id] = self._chain(organisation_id, begins, happenings, chapter.rows)
            chapter.heads[organisation_id] = (begins, ends)
        return chapter

    def _chain(
        self, organisation_id: UUID | None, begins: Head, happenings: list[Happening], rows: list[tuple[str, Row]]
    ) -> Head:
        encode = self._encoder.row
        book_id = chain.book_id_of(organisation_id)
        book, book_text = encode([book_id])[0], str(book_id)
        number, head = begins.number, begins.hash
        for one in happenings:
            number += 1
            detail = None if one.words is None else chain.salted(one.words)
            digest = None if detail is None else chain.detail_digest(detail)
            previous = head
            head = one.text.hash(book_text, digest, number, previous)
            place = encode([number])[0]
            rows.append((ENTRIES.name, [book, place, *one.row, *encode([digest, previous, head])]))
            if detail is not None and one.key is not None:
                sealed = self._seal(one.key, detail, book_id, number)
                rows.append((DETAILS.name, [book, place, one.row[SUBJECT_PLACE], *encode([sealed])]))
        return Head(number, head)

    def _seal(self, key: RowKey, detail: str, book_id: UUID, number: int) -> bytes:
        place = chain.detail_row_id(book_id, number)
        return key.seal(detail, table=chain.DETAIL_TABLE, column=chain.DETAIL_COLUMN, row_id=place)
