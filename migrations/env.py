"""Runs migrations with the application's own engine, in one transaction, in batch mode where SQLite needs it."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Column, Engine

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


def run() -> None:
    """Bring the database of the running application to where it was told to go."""
    engine: Engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=same_type,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
