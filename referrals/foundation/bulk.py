"""Writing very many rows at once: encoded in any process, written by one, the fastest way each database has."""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from psycopg import sql
from sqlalchemy import Index, Table, event, text
from sqlalchemy.orm import Session

from referrals.foundation.database import db, transaction

# One encoded row: what the SQLite driver takes, or the fields of a line of COPY text.
Row = list[Any]
# Encoded rows of one table, ready to be written.
Batch = list[Row] | bytes


class SqliteEncoder:
    """Values as the column kinds of foundation/database.py store them in SQLite."""

    def of(self, kind: type) -> Callable[[Any], Any]:
        """What turns values of a kind into what the driver takes. Raises KeyError for a kind that no column has."""
        return _SQLITE[kind]

    def row(self, values: Iterable[Any]) -> Row:
        """One row's values, in the order of its table's columns. Raises KeyError."""
        return [_SQLITE[type(value)](value) for value in values]

    def moment(self, text: str) -> str:
        """A moment that is already a text such as `2026-03-03T09:30:00.000000Z`."""
        return f"{text[:10]} {text[11:-1]}"

    def batch(self, rows: Sequence[Row]) -> Batch:
        """The rows of one table."""
        return list(rows)


class PostgresEncoder:
    """Values as COPY's text format writes them (PostgreSQL manual, COPY, "Text Format")."""

    def of(self, kind: type) -> Callable[[Any], str]:
        """What turns values of a kind into fields of a line. Raises KeyError for a kind that no column has."""
        return _POSTGRES[kind]

    def row(self, values: Iterable[Any]) -> Row:
        """One row's values, in the order of its table's columns. Raises KeyError."""
        return [_POSTGRES[type(value)](value) for value in values]

    def moment(self, text: str) -> str:
        """A moment that is already a text such as `2026-03-03T09:30:00.000000Z`."""
        return text

    def batch(self, rows: Sequence[Row]) -> Batch:
        """The rows of one table as lines."""
        return "".join(["\t".join(row) + "\n" for row in rows]).encode()


Encoder = SqliteEncoder | PostgresEncoder


def encoder_for(dialect: str) -> Encoder:
    """The encoder of a database, by SQLAlchemy's name of its dialect."""
    return PostgresEncoder() if dialect == "postgresql" else SqliteEncoder()


def write_batch(session: Session, table: Table, batch: Batch) -> None:
    """Write encoded rows, which have every column of the table in its order, in the session's transaction."""
    connection = session.connection()
    if isinstance(batch, bytes):
        names = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
        with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:  # type: ignore[attr-defined]
            copy.write(batch)
    elif batch:
        marks = str(table.insert().compile(dialect=connection.dialect))
        with closing(connection.connection.cursor()) as cursor:
            cursor.executemany(marks, batch)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Make no search for circles of objects: of millions of rows that all are needed, it only costs."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def resting(indexes: Sequence[Index]) -> Iterator[None]:
    """Go without indexes while very many rows come, and make them at the end: far cheaper than keeping them.

    Only for those that refuse nothing. What a killed load has left out, `bring_back` makes; until then nothing is
    wrong, only slower. Raises ValueError for a unique one.
    """
    if any(index.unique for index in indexes):
        raise ValueError("a unique index keeps rows out, so it never rests")
    with transaction() as session:
        for index in indexes:
            index.drop(session.connection(), checkfirst=True)
    try:
        yield
    finally:
        bring_back(indexes)


def bring_back(indexes: Iterable[Index]) -> None:
    """Make those of the indexes that are not there."""
    with transaction() as session:
        for index in indexes:
            index.create(session.connection(), checkfirst=True)


@contextmanager
def trusting() -> Iterator[None]:
    """Let SQLite believe that what rows point to is there: looking it up is a fifth of the work of writing copies.

    PostgreSQL goes on looking. Whoever uses this must write nothing else meanwhile, and know where each key leads.
    """
    engine = db.engine
    if engine.dialect.name != "sqlite":
        yield
        return
    # The setting is a connection's, and cannot be changed in a transaction.
    event.listen(engine, "checkout", _look_nothing_up)
    db.session.remove()
    try:
        yield
    finally:
        event.remove(engine, "checkout", _look_nothing_up)
        db.session.remove()
        # No connection that looks nothing up is used for anything else.
        engine.dispose()


def _look_nothing_up(connection: Any, _record: Any, _proxy: Any) -> None:
    with closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")


def make_room(session: Session) -> None:
    """Let SQLite keep the pages of big indexes at hand, and write them back seldom; for this connection only."""
    if session.get_bind().dialect.name == "sqlite":
        # KiB of cache, and pages of the write-ahead log before it is brought into the database.
        session.execute(text("PRAGMA cache_size=-400000"))
        session.execute(text("PRAGMA wal_autocheckpoint=50000"))


def take_stock(session: Session) -> None:
    """Let PostgreSQL count what a bulk load brought, so that it plans well from the first query on."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ANALYZE"))


def _moment(value: datetime) -> str:
    moment = value if value.tzinfo is UTC else value.astimezone(UTC)
    return moment.isoformat(" ", "microseconds").removesuffix("+00:00")


def _pence(value: Decimal) -> int:
    return int(value * 100)


def _escaped(value: str) -> str:
    if "\\" in value:
        value = value.replace("\\", "\\\\")
    return value.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _as_it_is(value: Any) -> Any:
    return value


_SQLITE: Final[dict[type, Callable[[Any], Any]]] = {
    UUID: lambda value: value.hex,
    datetime: _moment,
    date: date.isoformat,
    Decimal: _pence,
    dict: lambda value: json.dumps(value) if value else "{}",
    list: json.dumps,
    bool: int,
    str: _as_it_is,
    int: _as_it_is,
    bytes: _as_it_is,
    type(None): _as_it_is,
}

_POSTGRES: Final[dict[type, Callable[[Any], str]]] = {
    UUID: str,
    datetime: lambda value: _moment(value) + "+00",
    date: date.isoformat,
    Decimal: lambda value: str(_pence(value)),
    dict: lambda value: _escaped(json.dumps(value)),
    list: lambda value: _escaped(json.dumps(value)),
    bool: lambda value: "t" if value else "f",
    str: _escaped,
    int: str,
    bytes: lambda value: "\\\\x" + value.hex(),
    type(None): lambda _: "\\N",
}
