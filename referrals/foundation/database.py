"""The database: declarative base, the session, and the one way to change anything, `transaction()`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Date, MetaData, Uuid, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry

from referrals.foundation.columns import UtcMoment
from referrals.foundation.ids import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every mapped class inherits; its registry says how Python kinds become columns."""

    # An explicit registry: a `type_annotation_map` on the class itself is lost by Flask-SQLAlchemy 3.1.1.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcMoment(), date: Date(), UUID: Uuid(), dict[str, Any]: JSON, list[str]: JSON},
    )


class Identified:
    """A row with a UUIDv7 key that it has from the moment it is made, so that seals can be bound to it."""

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


@event.listens_for(Identified, "init", propagate=True)
def _give_id(target: Identified, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    given = dict(kwargs)
    kwargs.clear()
    # First in order, because a sealed attribute set after it is bound to it.
    kwargs["id"] = given.pop("id", None) or new_id()
    kwargs.update(given)


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True, "expire_on_commit": False})

_reading: ContextVar[bool] = ContextVar("reading", default=False)


def reading() -> bool:
    """Whether the work now under way promised only to read."""
    return _reading.get()


def promise_to_read(only: bool) -> None:
    """Say at the start of a request whether it only reads; SQLite takes its write lock at once for all other work."""
    _reading.set(only)


@contextmanager
def only_reading() -> Iterator[None]:
    """Read for the length of the block, whatever the work around it promised; call it outside of a transaction.

    What was read is let go of at the end, so that writing begins in a transaction of its own and no lock is held
    while something slow (a password being checked) goes on.
    """
    before = reading()
    promise_to_read(only=True)
    try:
        yield
    finally:
        if not before:
            db.session.rollback()
        promise_to_read(only=before)


class ReadOnly(RuntimeError):
    """A page that promised only to read tried to change something: a fault in the code."""


@event.listens_for(Session, "before_flush")
def _keep_promise(session: Session, *_: object) -> None:
    if _reading.get() and (session.new or session.dirty or session.deleted):
        raise ReadOnly("this request promised only to read")


@contextmanager
def transaction() -> Iterator[Session]:
    """Run the block in one transaction: all of it is saved, or, when anything is raised, none of it."""
    session = db.session()
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def ping() -> None:
    """Ask the database the smallest question; raises what its driver raises when it does not answer."""
    db.session.execute(select(1))
