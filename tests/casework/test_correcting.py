"""Correcting the postcode of what was sent: told to both sides, found again, and nothing follows by itself."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.audit.models import AuditBook, AuditEntry
from referrals.casework import queries
from referrals.casework.models import Referral, Transfer
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound
from referrals.web.presenting.transfers import elsewhere_for
from tests import people
from tests.casework import cases, mail
from tests.people import CASEWORKER, LEAD, OTHER_LEAD, VOLUNTEER, Someone


def now_of(referral: Referral, who: Someone = VOLUNTEER) -> Referral:
    """The referral as somebody reads it now."""
    db.session.rollback()
    return queries.referral(referral.id, who.viewer)


def books(referral: Referral) -> dict[str, object]:
    """Whose book has which event of it."""
    db.session.rollback()
    query = select(AuditEntry.action, AuditBook.organisation_id).join(AuditBook, AuditBook.id == AuditEntry.book_id)
    query = query.where(AuditEntry.subject_id == referral.id, AuditEntry.action.like("referral.postcode%"))
    return {row.action: row.organisation_id for row in db.session.execute(query)}


def test_it_stands_in_both_books_and_on_the_timeline(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    mail.forget()
    cases.do(referral, "correct_postcode", VOLUNTEER, postcode="w12 0pt")
    assert books(referral) == {
        "referral.postcode_corrected": people.WHITE_CITY.id,
        "referral.postcode_changed": people.HAMMERSMITH.id,
    }
    assert mail.told("PostcodeCorrected") == {CASEWORKER}
    for who in (LEAD, CASEWORKER):
        found = now_of(referral, who)
        assert found.resident.postcode == people.WORMHOLT_POSTCODE
        entry = next(one for one in queries.timeline(found, who.viewer) if one.code == "correct_postcode")
        assert ("Why", "It was typed wrong") in entry.words


def test_no_postcode_is_in_the_clear(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    cases.do(referral, "correct_postcode", VOLUNTEER)
    db.session.rollback()
    query = select(AuditEntry.facts).where(AuditEntry.subject_id == referral.id)
    told = str(list(db.session.scalars(query)))
    assert people.WORMHOLT_POSTCODE not in told
    assert people.WORMHOLT_POSTCODE.replace(" ", "") not in told


def test_days_turn_office_and_what_was_alike_stay(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    kept = ("state", "waiting_on", "waiting_on_since", "due_on", "next_action_on", "office_id", "constituency_id")
    kept += ("duplicates_checked", "seen_at", "accepted_at", "submitted_at")
    before = {name: getattr(now_of(referral), name) for name in kept}
    cases.do(referral, "correct_postcode", VOLUNTEER)
    assert {name: getattr(now_of(referral), name) for name in kept} == before
    assert db.session.scalar(select(func.count()).select_from(Transfer)) == 0


def test_it_is_found_by_the_new_one_and_no_longer_by_the_old(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    cases.do(referral, "correct_postcode", VOLUNTEER)
    db.session.rollback()
    for who in (VOLUNTEER, CASEWORKER):
        assert [hit.line.id for hit in queries.search(who.viewer, people.WORMHOLT_POSTCODE).hits] == [referral.id]
        assert queries.search(who.viewer, people.WHITE_CITY_POSTCODE).hits == []


def test_both_sides_are_told_where_it_leads_now(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    with app.test_request_context():
        assert elsewhere_for(now_of(referral), VOLUNTEER.viewer) is None
        cases.do(referral, "correct_postcode", VOLUNTEER)
        found = elsewhere_for(now_of(referral), VOLUNTEER.viewer)
        assert found is not None
        assert (found["office"], found["of_group"]) == (people.EALING.name, True)
        assert found["agree"].endswith(f"/consents/transfer?to={people.EALING.id}")
        told = elsewhere_for(now_of(referral, CASEWORKER), CASEWORKER.viewer)
        assert told is not None
        assert (told["office"], told["agree"], told["of_group"]) == (people.EALING.name, found["agree"], False)


def test_back_in_the_seat_of_its_office_the_postcode_led_there(app: Flask) -> None:
    referral = cases.make_referral("in_progress", routing="moved", routing_note="They moved last week")
    cases.do(referral, "correct_postcode", VOLUNTEER)
    assert now_of(referral).routing == "moved"
    cases.do(now_of(referral), "correct_postcode", VOLUNTEER, postcode=people.WHITE_CITY_POSTCODE)
    assert (now_of(referral).routing, now_of(referral).routing_note) == ("by_postcode", None)


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"postcode": "nowhere"}, "postcode"),
        ({"postcode": None}, "postcode"),
        ({"postcode": "w127qt"}, "postcode"),
        ({"correction": None}, "correction"),
    ],
)
def test_it_needs_another_postcode_and_a_reason(app: Flask, changes: dict[str, str | None], at: str) -> None:
    referral = cases.make_referral("in_progress")
    with pytest.raises(Invalid) as refused:
        cases.do(referral, "correct_postcode", VOLUNTEER, **changes)
    assert at in refused.value.errors
    assert books(referral) == {}


def test_only_the_group_corrects_what_it_sent(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    with pytest.raises(NotAllowed):
        cases.do(referral, "correct_postcode", CASEWORKER)
    with pytest.raises(NotFound):
        cases.do(referral, "correct_postcode", OTHER_LEAD)


def test_neither_what_has_ended_nor_what_is_about_nobody(app: Flask) -> None:
    with pytest.raises(IllegalMove):
        cases.do(cases.make_referral("closed"), "correct_postcode", VOLUNTEER)
    with pytest.raises(IllegalMove):
        cases.do(cases.make_advice(), "correct_postcode", VOLUNTEER)
