"""No event, no change."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from referrals.audit import guard
from referrals.audit.actions import record
from referrals.casework.models import Note, Referral, Resident
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import UnrecordedChange
from referrals.foundation.ids import new_id
from tests.audit.making import make_referral
from tests.people import VOLUNTEER, WHITE_CITY


@pytest.fixture
def referral(app: Flask) -> Referral:
    with transaction():
        return make_referral()


def saved(referral: Referral) -> Referral | None:
    """The referral as another reader finds it."""
    db.session.rollback()
    referral_id = referral.id
    db.session.expunge_all()
    return db.session.get(Referral, referral_id)


def refused(change: Callable[[], None]) -> None:
    """Fail unless the change, in a transaction of its own, is refused."""
    with pytest.raises(UnrecordedChange), transaction():
        change()


def test_a_change_without_an_event_is_not_saved(referral: Referral) -> None:
    with pytest.raises(UnrecordedChange, match="Referral"), transaction():
        referral.urgency = "soon"
    found = saved(referral)
    assert found is not None
    assert found.urgency is None


def test_a_change_with_an_event_is_saved(referral: Referral) -> None:
    with transaction():
        referral.urgency = "soon"
        record("referral.draft_saved", by=VOLUNTEER.viewer, subject=("referral", referral.id))
    found = saved(referral)
    assert found is not None
    assert found.urgency == "soon"


def test_an_event_about_another_subject_does_not_do(referral: Referral) -> None:
    def tell_of_another() -> None:
        referral.urgency = "soon"
        record("referral.draft_saved", by=VOLUNTEER.viewer, subject=("referral", new_id()))

    refused(tell_of_another)


def test_an_event_of_an_earlier_transaction_does_not_do(referral: Referral) -> None:
    with transaction():
        record("referral.read", by=VOLUNTEER.viewer, subject=("referral", referral.id))
    with pytest.raises(UnrecordedChange), transaction():
        referral.urgency = "soon"


def test_a_new_row_needs_an_event_about_its_referral(referral: Referral) -> None:
    # The key that says whose it is comes from the relationship, as late as the flush.
    with pytest.raises(UnrecordedChange, match="Resident"), transaction() as session:
        session.add(Resident(referral=referral))


def test_a_deleted_row_needs_an_event(referral: Referral) -> None:
    with pytest.raises(UnrecordedChange), transaction() as session:
        session.delete(referral)
    assert saved(referral) is not None


def test_what_was_flushed_long_before_the_commit_counts(referral: Referral) -> None:
    def flush_and_go_on() -> None:
        referral.urgency = "soon"
        db.session.flush()
        db.session.scalars(select(Referral)).all()

    refused(flush_and_go_on)


def test_a_value_set_to_what_it_was_is_no_change(referral: Referral) -> None:
    with transaction():
        referral.state = "draft"


def test_a_change_undone_with_its_savepoint_needs_no_event(referral: Referral) -> None:
    with transaction() as session:
        savepoint = session.begin_nested()
        referral.urgency = "soon"
        session.flush()
        savepoint.rollback()


def test_an_event_undone_with_its_savepoint_does_not_do(referral: Referral) -> None:
    def undo_the_event() -> None:
        referral.urgency = "soon"
        savepoint = db.session.begin_nested()
        record("referral.draft_saved", by=VOLUNTEER.viewer, subject=("referral", referral.id))
        savepoint.rollback()

    refused(undo_the_event)


def test_a_change_inside_a_kept_savepoint_needs_an_event(referral: Referral) -> None:
    with pytest.raises(UnrecordedChange), transaction() as session, session.begin_nested():
        referral.urgency = "soon"


def test_after_a_refusal_the_next_transaction_starts_clean(referral: Referral) -> None:
    with pytest.raises(UnrecordedChange), transaction():
        referral.urgency = "soon"
    with transaction():
        pass


NOTE = {"organisation_id": WHITE_CITY.id, "author_id": VOLUNTEER.id, "role": "volunteer"}


@pytest.mark.parametrize(
    "statement",
    [
        update(Referral).values(urgency="soon"),
        update(Referral.__table__).values(urgency="soon"),  # type: ignore[arg-type]
        delete(Referral),
        insert(Note).values(id=new_id(), referral_id=new_id(), created_at=clock.now(), **NOTE),
    ],
    ids=["update", "update of the table", "delete", "insert"],
)
def test_a_bulk_statement_must_say_whose_rows_it_changes(referral: Referral, statement: object) -> None:
    with pytest.raises(UnrecordedChange, match=guard.OPTION), transaction() as session:
        session.execute(statement)  # type: ignore[call-overload]


def test_a_bulk_statement_needs_the_events_it_names(referral: Referral) -> None:
    statement = update(Referral).where(Referral.id == referral.id).values(urgency="soon")
    named = statement.execution_options(**{guard.OPTION: [referral.id]})
    with pytest.raises(UnrecordedChange), transaction() as session:
        session.execute(named)
    with transaction() as session:
        session.execute(named)
        record("referral.draft_saved", by=VOLUNTEER.viewer, subject=("referral", referral.id))
    found = saved(referral)
    assert found is not None
    assert found.urgency == "soon"
