"""Runs migrations with the application's own engine, in one transaction, in batch mode where SQLite needs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Column, Connection, Engine

from referrals.foundation.columns import Pounds, UtcMoment
from referrals.foundation.database import Base


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our own column kinds by name, so that a migration needs no import of their making."""
    if kind == "type" and isinstance(item, UtcMoment | Pounds):
        autogen_context.imports.add("from referrals.foundation.columns import Pounds, UtcMoment")
        return f"{type(item).__name__}()"
    return False


def same_type(
    context: Any, inspected: Column[Any], model: Column[Any], inspected_type: Any, model_type: Any
) -> bool | None:
    """Our own kinds look like what they are stored as; let Alembic compare the rest."""
    if isinstance(model_type, UtcMoment | Pounds):
        return False
    return None


@contextmanager
def rows_may_be_pointed_to(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew whose rows others point to: meanwhile it does not look (SQLite, ALTER TABLE, 7)."""
    if connection.dialect.name != "sqlite":
        yield
        return
    # Past the engine, because it has no effect within a transaction.
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def must_point_somewhere(connection: Connection) -> None:
    """Look for it at the end instead. Raises RuntimeError, and nothing is changed, where a row points to none."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            raise RuntimeError(f"rows of {sorted({str(row[0]) for row in lost})} point to rows that are not there")


def run() -> None:
    """Bring the database of the running application to where it was told to go."""
    engine: Engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection, rows_may_be_pointed_to(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=same_type,
        )
        with context.begin_transaction():
            context.run_migrations()
            must_point_somewhere(connection)


run()
