"""Locks by name, held until the transaction ends: for rules that look at several rows before they write one."""

import hashlib

from sqlalchemy import func, select

from referrals.foundation.database import db


def hold(name: str) -> None:
    """Wait until no other transaction holds this name, then hold it; call inside `transaction()`.

    On SQLite there is nothing to do: a transaction that may write holds the whole database from its first statement.
    """
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_number_of(name))))


def hold_if_free(name: str) -> bool:
    """Hold this name unless another transaction does, without waiting; gives whether it is held now."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        return bool(connection.scalar(select(func.pg_try_advisory_xact_lock(_number_of(name)))))
    return True


def _number_of(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
