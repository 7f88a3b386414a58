"""Entering copies into the audit books: in order of time, each book's chain going on where it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from referrals.audit import chain
from referrals.audit.models import AuditDetail, AuditEntry
from referrals.foundation.bulk import Encoder, Row
from referrals.foundation.sealing import RowKey

ENTRIES: Final[Table] = AuditEntry.__table__  # type: ignore[assignment]
DETAILS: Final[Table] = AuditDetail.__table__  # type: ignore[assignment]
_NAMES: Final = tuple(column.name for column in ENTRIES.columns)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event that waits for its place in a book; `organisation_id` None means the service's own."""

    organisation_id: UUID | None
    event: dict[str, Any]
    words: str | None
    key: RowKey | None

    @property
    def at(self) -> datetime:
        """When it happened."""
        moment: datetime = self.event["at"]
        return moment


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
        ready = [one for one in self._waiting if before is None or one.at < before]
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
        details = [None if one.words is None else chain.salted(one.words) for one in happenings]
        events = [
            one.event if detail is None else {**one.event, "detail_digest": chain.detail_digest(detail)}
            for one, detail in zip(happenings, details, strict=True)
        ]
        book_id = chain.book_id_of(organisation_id)
        ends = begins
        linked = chain.linked(events, book_id=book_id, number=begins.number, head=begins.hash)
        for entry, happening, detail in zip(linked, happenings, details, strict=True):
            rows.append((ENTRIES.name, encode([entry[name] for name in _NAMES])))
            if detail is not None and happening.key is not None:
                sealed = self._seal(happening.key, detail, book_id, entry["number"])
                rows.append((DETAILS.name, encode([book_id, entry["number"], entry["subject_id"], sealed])))
            ends = Head(entry["number"], entry["hash"])
        return ends

    def _seal(self, key: RowKey, detail: str, book_id: UUID, number: int) -> bytes:
        place = chain.detail_row_id(book_id, number)
        return key.seal(detail, table=chain.DETAIL_TABLE, column=chain.DETAIL_COLUMN, row_id=place)
