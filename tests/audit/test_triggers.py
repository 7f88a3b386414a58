"""The database itself refuses to change the past."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from referrals.audit import triggers
from referrals.audit.actions import record
from referrals.foundation.database import db, transaction
from tests.audit.making import make_events, make_referral, past_the_triggers
from tests.people import VOLUNTEER


@pytest.fixture(autouse=True)
def book(app: Flask) -> None:
    make_events(2)
    with transaction():
        referral = make_referral()
        subject = ("referral", referral.id)
        record("note.written", by=VOLUNTEER.viewer, subject=subject, words="words", key=referral.seal_key())


FORBIDDEN = (
    "UPDATE audit_entries SET action = 'other.done'",
    "UPDATE audit_entries SET number = 99 WHERE number = 1",
    "DELETE FROM audit_entries",
    "DELETE FROM audit_entries WHERE number = 1",
    "UPDATE audit_books SET head_number = 1",
    "UPDATE audit_books SET head_hash = 'other'",
    "UPDATE audit_books SET organisation_id = NULL, head_number = 9",
    "DELETE FROM audit_books",
    "UPDATE audit_details SET sealed = 'other'",
)


def attempt(statement: str) -> None:
    """Run one statement as the service itself could."""
    with db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_past_cannot_be_changed(statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"audit|never|only"):
        attempt(statement)


@pytest.mark.parametrize("table", ["audit_entries", "audit_details", "audit_books, audit_entries"])
def test_a_book_cannot_be_emptied(database_kind: str, table: str) -> None:
    statement = f"TRUNCATE {table}"
    if database_kind == "sqlite":
        statement = f"DELETE FROM {table.split(',', maxsplit=1)[0]}"
        if table == "audit_details":
            # Erasing words row by row is allowed, and SQLite has no other way.
            return
    with pytest.raises(DBAPIError):
        attempt(statement)


def test_an_entry_cannot_be_replaced(database_kind: str) -> None:
    columns = "book_id, number, at, action, subject_kind, facts, previous_hash, hash"
    values = "SELECT book_id, number, at, 'other.done', subject_kind, facts, previous_hash, hash FROM audit_entries"
    statement = f"INSERT OR REPLACE INTO audit_entries ({columns}) {values}"
    if database_kind == "postgresql":
        statement = (
            f"INSERT INTO audit_entries ({columns}) {values}"
            " ON CONFLICT (book_id, number) DO UPDATE SET action = 'other.done'"
        )
    with pytest.raises(DBAPIError, match="audit"):
        attempt(statement)


def test_a_book_cannot_be_replaced(database_kind: str) -> None:
    if database_kind == "sqlite":
        attempt("INSERT OR REPLACE INTO audit_books SELECT id, organisation_id, 0, 'other' FROM audit_books")
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT head_number FROM audit_books")).scalars().all() == [4]


def test_words_can_be_erased() -> None:
    attempt("DELETE FROM audit_details")


def test_a_missing_trigger_is_noticed() -> None:
    with db.engine.connect() as connection:
        assert triggers.are_up(connection)
        connection.rollback()
        on_table = " ON audit_entries" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER audit_entries_stay{on_table}"))
        assert not triggers.are_up(connection)
        connection.rollback()


def test_who_owns_the_database_gets_past_them() -> None:
    # Which is why there are hashes beside the triggers.
    with past_the_triggers() as connection:
        connection.execute(text("UPDATE audit_entries SET action = 'other.done' WHERE number = 1"))
