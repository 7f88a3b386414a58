"""Verification names the first bad entry, whatever was done to a book."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Connection, text

from referrals.accounts.viewer import SERVICE
from referrals.audit import chain
from referrals.audit.actions import record
from referrals.audit.verify import BookReport, entries_to_walk, verify_books
from referrals.casework.models import Referral
from referrals.foundation.database import db, transaction
from referrals.foundation.sealing import RowKey
from tests.audit.making import make_events, make_referral, past_the_triggers
from tests.people import CASEWORKER, VOLUNTEER, WHITE_CITY

COUNT = 6


@pytest.fixture(autouse=True)
def books(app: Flask) -> None:
    make_events(COUNT)
    make_events(2, CASEWORKER.viewer)
    make_events(1, SERVICE)


def key_of(referral_id: UUID) -> RowKey | None:
    referral = db.session.get(Referral, referral_id)
    return referral.seal_key() if referral else None


def report() -> BookReport:
    """What is found in the first book."""
    db.session.rollback()
    (found,) = verify_books(db.session(), organisation_id=WHITE_CITY.id, key_of=key_of)
    return found


def tamper(statement: str, **values: object) -> None:
    """Change the first book behind the service's back; `:book` is its id."""
    with past_the_triggers() as connection:
        book = connection.execute(
            text("SELECT id FROM audit_books WHERE organisation_id = :organisation"),
            {"organisation": _stored(connection, WHITE_CITY.id)},
        ).scalar_one()
        connection.execute(text(statement), {"book": book, **values})


def _stored(connection: Connection, identity: UUID) -> object:
    return identity if connection.dialect.name == "postgresql" else identity.hex


def test_books_as_they_were_written_are_good() -> None:
    reports = verify_books(db.session())
    assert [report.fault for report in reports] == [None, None, None]
    assert sorted(report.entries for report in reports) == [1, 2, COUNT]
    assert entries_to_walk(db.session()) == COUNT + 3


def test_progress_tells_of_every_entry() -> None:
    walked: list[int] = []
    verify_books(db.session(), progress=walked.append)
    assert sum(walked) == COUNT + 3


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2020-01-01 00:00:00.000000+00"),
        ("actor_id", "00000000000070008000000000000009"),
        ("actor_role", "leaD"),
        ("action", "referral.draft_savee"),
        ("subject_kind", "person"),
        ("subject_id", None),
        ("facts", '{"n":3,"page":"storx"}'),
        ("detail_digest", "0" * 64),
        ("hash", "0" * 64),
    ],
)
def test_a_changed_field_is_found_and_named(column: str, value: object) -> None:
    cast = {"at": "CAST(:value AS timestamptz)", "actor_id": "CAST(:value AS uuid)", "facts": "CAST(:value AS json)"}
    cast |= {"subject_id": "CAST(:value AS uuid)"}
    put = cast.get(column, ":value") if db.engine.dialect.name == "postgresql" else ":value"
    tamper(f"UPDATE audit_entries SET {column} = {put} WHERE book_id = :book AND number = 4", value=value)
    fault = report().fault
    assert fault is not None
    assert (fault.number, fault.why) == (4, "its content does not match its hash")


def test_a_changed_hash_before_is_found() -> None:
    tamper("UPDATE audit_entries SET previous_hash = hash WHERE book_id = :book AND number = 4")
    fault = report().fault
    assert fault is not None
    assert (fault.number, fault.why) == (4, "the hash before it is not the one it was written after")


def test_a_removed_entry_is_found() -> None:
    tamper("DELETE FROM audit_entries WHERE book_id = :book AND number = 3")
    fault = report().fault
    assert fault is not None
    assert (fault.number, fault.why) == (3, "missing: after 2 comes 4")


def test_a_cut_tail_is_found() -> None:
    tamper("DELETE FROM audit_entries WHERE book_id = :book AND number > 4")
    fault = report().fault
    assert fault is not None
    assert (fault.number, fault.why) == (5, "missing: the book should end with 6")


def test_an_entry_behind_the_end_is_found() -> None:
    columns = "at, action, subject_kind, facts, previous_hash, hash"
    tamper(
        f"INSERT INTO audit_entries (book_id, number, {columns})"
        f" SELECT book_id, 7, {columns} FROM audit_entries WHERE book_id = :book AND number = 6"
    )
    fault = report().fault
    assert fault is not None
    assert (fault.number, fault.why) == (7, "added behind the end of the book")


def test_a_head_with_another_hash_is_found() -> None:
    tamper("UPDATE audit_books SET head_hash = :other WHERE id = :book", other="0" * 64)
    fault = report().fault
    assert fault is not None
    assert (fault.number, fault.why) == (6, "the book's head has another hash than its last entry")


def test_a_rewritten_entry_is_found_at_the_next_one() -> None:
    # Somebody who knows the rules gives the changed entry a hash that fits.
    entry = next(entry for entry in _rows() if entry["number"] == 4)
    forged = chain.entry_hash(entry | {"action": "referral.found"})
    tamper(
        "UPDATE audit_entries SET action = 'referral.found', hash = :forged WHERE book_id = :book AND number = 4",
        forged=forged,
    )
    fault = report().fault
    assert fault is not None
    assert (fault.number, fault.why) == (5, "the hash before it is not the one it was written after")


def _rows() -> list[dict[str, object]]:
    query = "SELECT e.* FROM audit_entries e JOIN audit_books b ON b.id = e.book_id WHERE b.head_number = :count"
    typed = text(query).columns(**{c.name: c.type for c in _entry_columns()})
    with db.engine.connect() as connection:
        return [dict(row) for row in connection.execute(typed, {"count": COUNT}).mappings()]


def _entry_columns() -> list[object]:
    return list(db.metadata.tables["audit_entries"].columns)


def test_other_books_stay_good() -> None:
    tamper("UPDATE audit_entries SET action = 'other.done' WHERE book_id = :book AND number = 1")
    db.session.rollback()
    assert [report.fault is None for report in verify_books(db.session())].count(False) == 1


def test_the_walk_does_not_depend_on_the_size_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("referrals.audit.walk.PAGE", 2)
    monkeypatch.setattr("referrals.audit.verify.PAGE", 2)
    assert report() == BookReport(chain.book_id_of(WHITE_CITY.id), WHITE_CITY.id, COUNT, None)


@pytest.mark.parametrize("junk", ["not json", '{"a":1e999}', '"\\ud800"', "[" * 5000, ""])
def test_facts_that_cannot_be_read_are_found_not_fatal(database_kind: str, junk: str) -> None:
    if database_kind == "postgresql":
        # It stores no such JSON.
        return
    tamper("UPDATE audit_entries SET facts = :junk WHERE book_id = :book AND number = 2", junk=junk)
    fault = report().fault
    assert fault is not None
    assert fault.number == 2


def write_words() -> Referral:
    with transaction():
        referral = make_referral()
        subject = ("referral", referral.id)
        record("note.written", by=VOLUNTEER.viewer, subject=subject, words="The damp is back", key=referral.seal_key())
    return referral


def test_words_are_held_against_their_digest() -> None:
    write_words()
    assert report().fault is None


def test_a_book_still_verifies_after_its_words_were_erased() -> None:
    write_words()
    with transaction() as session:
        session.execute(text("DELETE FROM audit_details"))
    assert report().fault is None


def test_a_book_still_verifies_after_the_key_was_destroyed() -> None:
    referral = write_words()
    with transaction():
        referral.destroy_key()
        record("referral.erased", by=SERVICE, subject=("referral", referral.id))
    assert report().fault is None


def test_exchanged_words_are_found() -> None:
    referral = write_words()
    key = referral.seal_key()
    assert key is not None
    number = COUNT + 2
    place = chain.detail_row_id(chain.book_id_of(WHITE_CITY.id), number)
    forged = key.seal(chain.salted("All is well"), table="audit_details", column="sealed", row_id=place)
    tamper("UPDATE audit_details SET sealed = :forged WHERE book_id = :book", forged=forged)
    fault = report().fault
    assert fault is not None
    assert (fault.number, fault.why) == (number, "its words do not match their digest")


def test_broken_words_are_found() -> None:
    write_words()
    tamper("UPDATE audit_details SET sealed = :junk WHERE book_id = :book", junk=b"\x01junk")
    fault = report().fault
    assert fault is not None
    assert fault.why == "its words do not open"


def test_words_nobody_vouches_for_are_found() -> None:
    referral = write_words()
    tamper(
        "INSERT INTO audit_details (book_id, number, referral_id, sealed)"
        " SELECT book_id, 3, referral_id, sealed FROM audit_details WHERE book_id = :book"
    )
    assert referral
    fault = report().fault
    assert fault is not None
    assert (fault.number, fault.why) == (3, "words that the entry does not vouch for")
