"""Recording: one entry an event, in the right book, gone when the change is gone."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import event, select

from referrals.accounts.viewer import SERVICE
from referrals.audit import chain
from referrals.audit.actions import record
from referrals.audit.models import AuditBook, AuditDetail, AuditEntry
from referrals.foundation.clock import clock_at
from referrals.foundation.database import ReadOnly, db, promise_to_read, transaction
from referrals.foundation.ids import new_id
from tests.audit.making import make_events, make_referral
from tests.people import CASEWORKER, HAMMERSMITH, MANAGER, VOLUNTEER

pytestmark = pytest.mark.usefixtures("app")
MOMENT = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def entries() -> list[AuditEntry]:
    """Every entry, as another reader finds it."""
    db.session.rollback()
    return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.book_id, AuditEntry.number)))


def test_an_event_is_kept_with_who_what_and_when() -> None:
    subject = new_id()
    with clock_at(MOMENT), transaction():
        record("referral.read", by=CASEWORKER.viewer, subject=("referral", subject), facts={"page": "story"})
    (entry,) = entries()
    assert (entry.at, entry.actor_id, entry.actor_role) == (MOMENT, CASEWORKER.id, "caseworker")
    assert (entry.action, entry.subject_kind, entry.subject_id) == ("referral.read", "referral", subject)
    assert entry.facts == {"page": "story"}


def test_it_stands_in_the_book_of_the_acting_organisation() -> None:
    make_events(2, CASEWORKER.viewer)
    make_events(1, MANAGER.viewer)
    make_events(1, VOLUNTEER.viewer)
    book = db.session.scalars(select(AuditBook).where(AuditBook.organisation_id == HAMMERSMITH.id)).one()
    assert [entry.number for entry in entries() if entry.book_id == book.id] == [1, 2, 3]


def test_the_service_has_a_book_of_its_own() -> None:
    make_events(1, SERVICE)
    (entry,) = entries()
    assert entry.book_id == chain.SERVICE_BOOK
    assert (entry.actor_id, entry.actor_role) == (None, None)


def test_several_events_of_one_transaction_follow_one_another() -> None:
    with transaction():
        for _ in range(3):
            record("report.read", by=MANAGER.viewer, subject=("report", None))
    first, second, third = entries()
    assert first.previous_hash == chain.genesis(first.book_id)
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)


def test_a_change_that_is_undone_leaves_no_event() -> None:
    make_events(1)
    with transaction() as session:
        record("report.read", by=VOLUNTEER.viewer, subject=("report", None))
        session.rollback()
    assert len(entries()) == 1
    assert [entry.number for entry in make_events(1)] == [2]


def test_an_undone_savepoint_leaves_no_event_and_no_gap() -> None:
    with transaction() as session:
        record("report.read", by=VOLUNTEER.viewer, subject=("report", None))
        savepoint = session.begin_nested()
        record("report.exported", by=VOLUNTEER.viewer, subject=("report", None))
        savepoint.rollback()
        record("report.read", by=VOLUNTEER.viewer, subject=("report", None))
    assert [(entry.number, entry.action) for entry in entries()] == [(1, "report.read"), (2, "report.read")]


def test_words_are_sealed_and_the_entry_holds_only_their_digest() -> None:
    with transaction():
        referral = make_referral()
        subject = ("referral", referral.id)
        record("note.written", by=VOLUNTEER.viewer, subject=subject, words="The damp is back", key=referral.seal_key())
    key = referral.seal_key()
    assert key is not None
    entry = entries()[-1]
    detail = db.session.scalars(select(AuditDetail)).one()
    assert b"damp" not in detail.sealed
    assert detail.referral_id == referral.id
    place = chain.detail_row_id(entry.book_id, entry.number)
    opened = key.open(detail.sealed, table="audit_details", column="sealed", row_id=place)
    assert json.loads(opened)["words"] == "The damp is back"
    assert chain.detail_digest(opened) == entry.detail_digest


def test_words_without_a_key_are_refused() -> None:
    with pytest.raises(ValueError, match="key"), transaction():
        record("note.written", by=VOLUNTEER.viewer, subject=("referral", new_id()), words="words", key=None)


def test_nothing_is_recorded_where_only_reading_was_promised() -> None:
    promise_to_read(only=True)
    try:
        with pytest.raises(ReadOnly), transaction():
            record("report.read", by=VOLUNTEER.viewer, subject=("report", None))
    finally:
        promise_to_read(only=False)


def test_an_event_costs_three_statements_and_a_further_one_two(app: Flask) -> None:
    make_events(1)
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    with transaction():
        record("report.read", by=VOLUNTEER.viewer, subject=("report", None))
        record("report.read", by=VOLUNTEER.viewer, subject=("report", None))
    verbs = [statement.split()[0] for statement in seen if not statement.startswith("BEGIN")]
    assert verbs == ["SELECT", "INSERT", "UPDATE", "INSERT", "UPDATE"]
