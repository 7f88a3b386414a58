"""Turning pages by key: the next page begins after the last row shown, so that page 1,000 costs what page 1 does."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, tuple_
from sqlalchemy.orm import InstrumentedAttribute

LARGEST_PAGE: Final = 100


@dataclass(frozen=True)
class Order:
    """What a list is sorted by: one date or moment, then the id."""

    column: InstrumentedAttribute[Any]
    id: InstrumentedAttribute[UUID]
    read: Callable[[str], Any]
    descending: bool = False

    @property
    def by(self) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """The ORDER BY of the list."""
        if self.descending:
            return self.column.desc(), self.id.desc()
        return self.column.asc(), self.id.asc()

    def after(self, cursor: str | None) -> list[ColumnElement[bool]]:
        """The condition of the rows after a cursor; none for the first page, nor for a cursor that says nothing."""
        place = self._place(cursor)
        if place is None:
            return []
        here = tuple_(self.column, self.id)
        there = tuple_(*place)
        return [here < there if self.descending else here > there]

    def cursor(self, row: Any) -> str:
        """The cursor of a row: opaque, and holding nothing but its date and id."""
        key = getattr(row, self.column.key)
        return base64.urlsafe_b64encode(f"{key.isoformat()} {row.id}".encode()).decode().rstrip("=")

    def _place(self, cursor: str | None) -> tuple[Any, UUID] | None:
        if not cursor:
            return None
        try:
            key, row_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(" ")
            return self.read(key), UUID(row_id)
        except (ValueError, binascii.Error):
            # Somebody's own invention in the address: the first page is as good an answer as any.
            return None


@dataclass(frozen=True)
class Section:
    """A part of a list that stands before the parts after it: which rows it has, and their order."""

    where: tuple[ColumnElement[bool], ...]
    order: Order

    def cursor(self, index: int, row: Any) -> str:
        """The cursor of a row of the section that stands at `index`."""
        return f"{index}.{self.order.cursor(row)}"


def place_in(sections: int, cursor: str | None) -> tuple[int, str | None]:
    """In which of so many sections a cursor stands, and its place there; nonsense stands before the first row."""
    index, _, inner = (cursor or "").partition(".")
    return (int(index), inner) if index in {str(one) for one in range(sections)} else (0, None)


def by_day(
    column: InstrumentedAttribute[Any], row_id: InstrumentedAttribute[UUID], *, descending: bool = False
) -> Order:
    """Sorted by a date."""
    return Order(column, row_id, date.fromisoformat, descending)


def by_moment(
    column: InstrumentedAttribute[Any], row_id: InstrumentedAttribute[UUID], *, descending: bool = False
) -> Order:
    """Sorted by a moment."""
    return Order(column, row_id, _aware, descending)


def page_size(limit: int) -> int:
    """The rows of a page: as many as asked for, between 1 and 100."""
    return max(1, min(limit, LARGEST_PAGE))


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a cursor holds aware moments")
    return moment
