"""How each database is driven: the SQLite profile that cannot lose data, and the PostgreSQL one."""

import sqlite3
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection, make_url

from referrals.foundation.database import reading

try:  # The wheel carries a newer SQLite than many systems link; where there is no wheel the system's serves.
    from pysqlite3 import dbapi2 as _sqlite
except ImportError:  # pragma: no cover - platforms without the wheel
    _sqlite = sqlite3

SQLITE: ModuleType = _sqlite
# From 3.7.0 to 3.51.2 a WAL database with several connections can be corrupted (sqlite.org/wal.html).
WAL_IS_SAFE_FROM = (3, 51, 3)
BUSY_MILLISECONDS = 15_000


def sqlite_version() -> tuple[int, ...]:
    """The version of the SQLite library in use, as numbers."""
    return tuple(int(part) for part in SQLITE.sqlite_version.split("."))


def wal_is_safe() -> bool:
    """Whether write-ahead logging with several connections is safe with the SQLite in use."""
    return sqlite_version() >= WAL_IS_SAFE_FROM


def engine_options(url: str) -> dict[str, Any]:
    """Keyword arguments of `create_engine` for this address; raises ValueError for another kind of database."""
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        # isolation_level=None hands BEGIN to us: the driver's own habit loses concurrent updates.
        return {"module": SQLITE, "connect_args": {"isolation_level": None, "timeout": BUSY_MILLISECONDS / 1000}}
    if backend == "postgresql":
        return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}
    raise ValueError(f"the service runs on SQLite and PostgreSQL, not on {backend}")


def prepare(engine: Engine) -> None:
    """Attach to an engine what every connection and transaction of its kind needs; safe to call twice."""
    if engine.dialect.name == "sqlite" and not event.contains(engine, "connect", _prepare_sqlite):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    if engine.dialect.name == "postgresql" and not event.contains(engine, "begin", _begin_postgresql):
        event.listen(engine, "begin", _begin_postgresql)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    if wal_is_safe():
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
    else:
        cursor.execute("PRAGMA journal_mode=DELETE")
        cursor.execute("PRAGMA synchronous=EXTRA")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA cache_size=-32000")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A write that begins as a read can only fail later, when it is too late to wait; so writers ask at once.
    connection.exec_driver_sql("BEGIN" if reading() else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if reading():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
