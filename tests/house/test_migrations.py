"""Migrations from nothing give the tables of the models, on both databases, with the triggers; and go back again."""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import DatabaseError

from referrals.app import create_app
from referrals.audit.models import AuditBook, AuditEntry
from referrals.casework.models import Outcome, OutcomeCode, SearchEntry, SearchToken
from referrals.foundation.database import Base, db
from tests import people
from tests.casework import cases
from tests.plugins.application import PASSWORD_HASH, settings_for


@pytest.fixture
def empty_app(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database without a single table."""
    sqlite = database_kind == "sqlite"
    url = f"sqlite:///{tmp_path / 'empty.db'}" if sqlite else request.getfixturevalue("fresh_postgres_url")
    app = create_app(settings_for(url, tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_migrations_make_the_models(empty_app: Flask) -> None:
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("change", ["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries"])
def test_migrations_make_books_that_only_grow(empty_app: Flask, change: str) -> None:
    flask_migrate.upgrade()
    book = people.id_of("a book")
    entry = {"book_id": book, "number": 1, "at": people.LONG_AGO, "action": "a.b", "subject_kind": "c", "facts": {}}
    with db.engine.begin() as connection:
        connection.execute(insert(AuditBook), {"id": book, "head_number": 0, "head_hash": "0" * 64})
        connection.execute(insert(AuditEntry), entry | {"previous_hash": "0" * 64, "hash": "1" * 64})
    # Past every line of ours: it is the database that answers.
    with pytest.raises(DatabaseError), db.engine.begin() as connection:
        connection.execute(text(change))


def test_migrations_go_back_to_nothing(empty_app: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="base")
    db.engine.dispose()
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}


def index_of_words() -> list[str]:
    """What the search index holds, entries and words."""
    db.session.rollback()
    entries = db.session.execute(select(SearchEntry.referral_id, SearchEntry.organisation_id, SearchEntry.tokens)).all()
    tokens = select(SearchToken.organisation_id, SearchToken.token, SearchToken.referral_id)
    return sorted(map(repr, [*entries, *db.session.execute(tokens)]))


def test_the_search_index_comes_through_a_change_of_its_tables(empty_app: Flask) -> None:
    flask_migrate.upgrade()
    with db.engine.begin() as connection:
        people.populate(connection, PASSWORD_HASH)
    for _ in range(2):
        cases.make_referral("accepted")
    before = index_of_words()
    db.session.remove()
    flask_migrate.downgrade(revision="search_entries-1")
    flask_migrate.upgrade()
    assert len(before) > 40
    assert index_of_words() == before


def test_results_come_through_a_change_of_their_table(empty_app: Flask) -> None:
    """To take a column away SQLite makes the table anew, and codes and money point to its rows."""
    flask_migrate.upgrade()
    with db.engine.begin() as connection:
        people.populate(connection, PASSWORD_HASH)
    cases.make_referral("outcome_recorded")
    query = select(Outcome.id, OutcomeCode.id).join(OutcomeCode, OutcomeCode.outcome_id == Outcome.id)
    before = db.session.execute(query).all()
    db.session.remove()
    flask_migrate.downgrade(revision="later_answers-1")
    flask_migrate.upgrade()
    assert before
    assert db.session.execute(query).all() == before
