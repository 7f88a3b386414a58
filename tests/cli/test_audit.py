"""`flask audit verify` as a person at a terminal meets it."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from referrals.foundation.database import db, promise_to_read
from tests.audit.making import make_events, past_the_triggers
from tests.people import CASEWORKER, HAMMERSMITH, WHITE_CITY


def verify(app: Flask, *options: str) -> tuple[int, str]:
    """The exit code and what is printed."""
    result = app.test_cli_runner().invoke(args=["audit", "verify", *options])
    promise_to_read(only=False)
    return result.exit_code, result.output


def test_good_books_are_listed_by_name(app: Flask) -> None:
    make_events(3)
    make_events(1, CASEWORKER.viewer)
    code, output = verify(app)
    assert code == 0
    assert f"good  {WHITE_CITY.name}: 3 entries" in output
    assert "All 2 books are as they were written." in output


def test_one_flipped_byte_is_named_and_fails(app: Flask) -> None:
    make_events(3)
    make_events(1, CASEWORKER.viewer)
    with past_the_triggers() as connection:
        connection.execute(text("UPDATE audit_entries SET actor_role = 'voluntaer' WHERE number = 2"))
    code, output = verify(app)
    assert code == 1
    assert f"BAD   {WHITE_CITY.name}: book " in output
    assert "entry 2: its content does not match its hash" in output
    assert f"good  {HAMMERSMITH.name}: 1 entries" in output
    assert "1 of 2 books are not as they were written." in output


def test_one_organisations_book_alone(app: Flask) -> None:
    make_events(3)
    make_events(1, CASEWORKER.viewer)
    code, output = verify(app, "--organisation", HAMMERSMITH.code, "--words")
    assert code == 0
    assert WHITE_CITY.name not in output


def test_an_unknown_organisation_is_said_to_be_so(app: Flask) -> None:
    code, output = verify(app, "--organisation", "nowhere")
    assert code == 1
    assert "There is no organisation with the code nowhere." in output


def test_missing_triggers_fail(app: Flask) -> None:
    make_events(1)
    with past_the_triggers() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP TRIGGER audit_books_grow ON audit_books"))
    code, output = verify(app)
    assert code == 1
    assert "The triggers that keep the books append-only are not all in place." in output
    assert "All 1 books are as they were written." in output


def test_a_role_with_these_grants_can_add_and_never_change(app: Flask, database_kind: str) -> None:
    if database_kind == "sqlite":
        # It knows no roles.
        return
    result = app.test_cli_runner().invoke(args=["audit", "grants", "clerk"])
    assert result.exit_code == 0
    make_events(1)
    with db.engine.connect() as connection:
        connection.execute(text("CREATE ROLE clerk"))
        connection.execute(text("GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk"))
        connection.exec_driver_sql(result.output)
        connection.execute(text("SET LOCAL ROLE clerk"))
        connection.execute(text("SELECT id FROM audit_books FOR UPDATE"))
        for statement in ("UPDATE audit_entries SET action = 'x.done'", "DELETE FROM audit_entries"):
            savepoint = connection.begin_nested()
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.execute(text(statement))
            savepoint.rollback()
        connection.rollback()


def test_a_role_that_is_no_plain_name_is_refused(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["audit", "grants", "clerk; DROP TABLE people"])
    assert result.exit_code == 1
    assert "DROP" not in result.output
