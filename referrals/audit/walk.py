"""Reading a book from end to end as the plain values that its hashes cover, page by page, without making objects."""

import json
from collections.abc import Iterator
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, String, Table, select, type_coerce
from sqlalchemy import cast as as_type

from referrals.audit import chain
from referrals.audit.models import AuditEntry

PAGE: Final = 5_000

_ENTRIES = cast(Table, AuditEntry.__table__)

# The plain values an entry's hash covers, and the hash it was given.
Walked = tuple[dict[str, Any], str]


def walk(connection: Connection, book_id: UUID) -> Iterator[Walked]:
    """The entries of a book in the order of their numbers; never more than one page of them in memory."""
    rows_of = _postgresql_rows if connection.dialect.name == "postgresql" else _sqlite_rows
    after = -1
    while page := rows_of(connection, book_id, after):
        for number, at, actor_id, subject_id, facts, role, action, kind, digest, previous, given in page:
            covered = {
                "action": action,
                "actor_id": actor_id,
                "actor_role": role,
                "at": at,
                "book_id": str(book_id),
                "detail_digest": digest,
                "facts": _facts(facts),
                "format": chain.FORMAT,
                "number": number,
                "previous_hash": previous,
                "subject_id": subject_id,
                "subject_kind": kind,
            }
            yield covered, given
        after = page[-1][0]


def _sqlite_rows(connection: Connection, book_id: UUID, after: int) -> list[Any]:
    def raw(column: Any) -> ColumnElement[str]:
        return type_coerce(column, String)

    rows = _page(connection, book_id, after, raw(_ENTRIES.c.at), raw)
    return [(n, _moment(at), _dashed(actor), _dashed(subject), *rest) for n, at, actor, subject, *rest in rows]


def _postgresql_rows(connection: Connection, book_id: UUID, after: int) -> list[Any]:
    def text(column: Any) -> ColumnElement[str]:
        return as_type(column, String)

    rows = _page(connection, book_id, after, _ENTRIES.c.at, text)
    return [(number, chain.moment(at), *rest) for number, at, *rest in rows]


def _page(connection: Connection, book_id: UUID, after: int, at: Any, text: Any) -> Any:
    c = _ENTRIES.c
    page = (
        select(c.number, at, text(c.actor_id), text(c.subject_id), text(c.facts), c.actor_role, c.action)
        .add_columns(c.subject_kind, c.detail_digest, c.previous_hash, c.hash)
        .where(c.book_id == book_id, c.number > after)
        .order_by(c.number)
        .limit(PAGE)
    )
    return connection.execute(page).all()


def _facts(stored: Any) -> Any:
    """What was stored as facts; text that is no JSON is passed on as it is, and will not match."""
    try:
        return json.loads(stored)
    except (ValueError, TypeError, RecursionError):
        return stored


def _dashed(stored: Any) -> Any:
    """SQLite keeps an id as 32 hex digits; whatever else somebody put there is passed on, and will not match."""
    if stored is None or type(stored) is not str or len(stored) != 32:
        return stored
    return f"{stored[:8]}-{stored[8:12]}-{stored[12:16]}-{stored[16:20]}-{stored[20:]}"


def _moment(stored: Any) -> Any:
    """SQLite keeps `2026-03-03 09:30:00.000000`; anything else is passed on, and will not match."""
    return f"{stored[:10]}T{stored[11:]}Z" if type(stored) is str and stored[10:11] == " " else stored
