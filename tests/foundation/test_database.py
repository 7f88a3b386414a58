"""What the database promises: nothing is lost between writers, and a page that only reads cannot change anything."""

import threading
from datetime import UTC, datetime

import pytest
from flask import Flask

from referrals.accounts.models import Person, SignInAttempt
from referrals.directory.models import Organisation
from referrals.foundation import engines
from referrals.foundation.database import ReadOnly, db, promise_to_read, transaction
from tests import people


def test_the_named_people_are_there(app: Flask) -> None:
    person = db.session.get(Person, people.CASEWORKER.id)
    assert person is not None
    assert person.email == people.CASEWORKER.email
    assert person.created_at == people.LONG_AGO


def test_a_raised_error_saves_nothing(app: Flask) -> None:
    def change_and_fail() -> None:
        with transaction() as session:
            session.add(SignInAttempt(email_hash=b"x" * 32, at=datetime.now(UTC), succeeded=False))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        change_and_fail()
    assert db.session.query(SignInAttempt).count() == 0


def test_a_page_that_only_reads_cannot_write(app: Flask) -> None:
    promise_to_read(only=True)
    try:
        with pytest.raises(ReadOnly), transaction() as session:
            session.add(SignInAttempt(email_hash=b"x" * 32, at=datetime.now(UTC), succeeded=False))
    finally:
        promise_to_read(only=False)


def test_writers_at_the_same_time_lose_nothing(app: Flask) -> None:
    writers, rounds = 6, 20

    def raise_the_number() -> None:
        with app.app_context():
            for _ in range(rounds):
                with transaction() as session:
                    row = session.get(Organisation, people.WHITE_CITY.id, with_for_update=True)
                    assert row is not None
                    row.phone = str(int(row.phone or 0) + 1)
                db.session.remove()

    with transaction() as session:
        session.get_one(Organisation, people.WHITE_CITY.id).phone = "0"
    db.session.remove()
    threads = [threading.Thread(target=raise_the_number) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.session.get_one(Organisation, people.WHITE_CITY.id).phone == str(writers * rounds)


def test_the_sqlite_profile_is_one_that_cannot_corrupt(app: Flask) -> None:
    with db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"
            return
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
        assert (mode, synchronous) == (("wal", 2) if engines.wal_is_safe() else ("delete", 3))
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
