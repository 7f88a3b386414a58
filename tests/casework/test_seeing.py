"""Opening: every reading leaves one event, and the office's first one tells the group."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.audit.models import AuditBook, AuditEntry
from referrals.casework import actions, queries
from referrals.casework.models import Move, Referral
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotFound
from tests import people
from tests.casework import cases, mail
from tests.people import CASEWORKER, LEAD, MANAGER, VOLUNTEER

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock_at(MONDAY):
        yield


def look(referral: Referral, by: people.Someone) -> Referral:
    with transaction():
        return actions.open_referral(referral.id, by=by.viewer)


def events(action: str, organisation: people.Place) -> int:
    query = (
        select(func.count())
        .select_from(AuditEntry)
        .join(AuditBook, AuditBook.id == AuditEntry.book_id)
        .where(AuditEntry.action == action, AuditBook.organisation_id == organisation.id)
    )
    return db.session.scalar(query) or 0


def test_the_offices_first_look_is_told_once(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    for person in (VOLUNTEER, CASEWORKER, MANAGER, CASEWORKER):
        look(referral, person)
    assert (referral.seen_by_id, referral.seen_at) == (CASEWORKER.id, MONDAY)
    assert mail.told("ReferralSeen") == {VOLUNTEER}
    assert db.session.scalars(select(Move.transition).where(Move.transition == "seen")).all() == ["seen"]
    assert events("referral.seen", people.HAMMERSMITH) == 1
    (entry,) = [one for one in queries.timeline(referral, VOLUNTEER.viewer) if one.kind == "seen"]
    assert (entry.title, entry.by_name) == ("Seen by the MP’s office", CASEWORKER.name)
    assert queries.strip(referral, VOLUNTEER.viewer).seen_on == date(2026, 11, 2)


def test_the_office_then_has_five_days_from_the_sending(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    version = referral.version
    with clock_at(MONDAY + timedelta(days=1)):
        look(referral, CASEWORKER)
    assert referral.due_on == referral.next_action_on == date(2026, 11, 9)
    db.session.expire_all()
    assert referral.version == version  # a form that the group has open stays good
    cases.do(referral, "withdraw", VOLUNTEER)


def test_every_reading_is_in_the_readers_own_book(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    for person in (VOLUNTEER, LEAD, CASEWORKER, CASEWORKER):
        look(referral, person)
    assert events("referral.read", people.WHITE_CITY) == 2
    assert events("referral.read", people.HAMMERSMITH) == 2


def test_a_stranger_opens_nothing_and_leaves_nothing(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    for person in (people.OTHER_CASEWORKER, people.OTHER_LEAD, people.COORDINATOR, people.ADMINISTRATOR):
        with pytest.raises(NotFound):
            look(referral, person)
    assert sum(events("referral.read", place) for place in people.PLACES) == 0
    assert referral.seen_at is None


def test_sent_again_it_is_seen_again(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    look(referral, CASEWORKER)
    cases.do(referral, "decline", CASEWORKER)
    cases.do(referral, "resubmit", VOLUNTEER)
    look(referral, MANAGER)
    assert referral.seen_by_id == MANAGER.id
    assert len([one for one in queries.timeline(referral, LEAD.viewer) if one.kind == "seen"]) == 2


def test_a_move_of_the_office_is_a_look_too(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    cases.do(referral, "request_information", CASEWORKER)
    assert referral.seen_at == MONDAY
    cases.do(referral, "provide_information", VOLUNTEER)
    look(referral, MANAGER)
    assert mail.told("ReferralSeen") == set()
