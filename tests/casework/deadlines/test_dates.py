"""Dates on a referral: recorded by either side, taken back but never lost, and the nearest limit that follows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from referrals.audit import queries as audit
from referrals.casework import actions, queries
from referrals.casework.models import DatedEvent, Referral
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound
from tests import people
from tests.casework.cases import make_draft, make_referral
from tests.people import CASEWORKER, LEAD, OTHER_CASEWORKER, VOLUNTEER

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def note_date(referral: Referral, kind: str, day: date, by: people.Someone = VOLUNTEER, **more: object) -> DatedEvent:
    """Record a date and commit it."""
    with transaction():
        return actions.record_date(referral, kind, day, by=by.viewer, **more)  # type: ignore[arg-type]


def deadlines_of(referral: Referral, by: people.Someone = CASEWORKER) -> dict[str, date | None]:
    """The last day of every open deadline, by its rule."""
    found = queries.dated(referral, by.viewer).deadlines
    return {one.rule.code: one.day for one in found if one.is_open}


def test_both_sides_read_what_follows_from_a_date(app: Flask) -> None:
    with clock_at(NOW):
        referral = make_referral("accepted")
        note_date(referral, "benefit_decision", date(2026, 10, 30), words="The brown envelope")
        expected = {"mr_request": date(2026, 11, 30), "mr_late": date(2027, 11, 30)}
        assert deadlines_of(referral) == deadlines_of(referral, VOLUNTEER) == expected
    assert referral.limit_on == date(2026, 11, 30)
    assert queries.dated(referral, CASEWORKER.viewer).standing[0].words == "The brown envelope"


def test_the_nearest_limit_is_kept_without_a_new_version(app: Flask) -> None:
    with clock_at(NOW):
        referral = make_referral("accepted")
        version = referral.version
        note_date(referral, "hazard_known", date(2026, 11, 20), CASEWORKER)
        # A duty of somebody else is no limit on the resident.
        assert referral.limit_on is None
        review = note_date(referral, "homeless_decision", date(2026, 11, 10), CASEWORKER)
        note_date(referral, "benefit_decision", date(2026, 11, 20))
        assert referral.limit_on == date(2026, 11, 30)
        with transaction():
            actions.withdraw_date(review, "It was another letter", by=CASEWORKER.viewer)
        assert referral.limit_on == date(2026, 12, 20)
    assert referral.version == version


def test_what_was_taken_back_stays_in_the_history(app: Flask) -> None:
    referral = make_referral("accepted")
    event = note_date(referral, "benefit_decision", referral.created_at.date())
    with transaction():
        actions.withdraw_date(event, "Wrong letter", by=CASEWORKER.viewer)
    found = queries.dated(referral, VOLUNTEER.viewer)
    assert (found.standing, found.deadlines) == ([], [])
    assert [entry.title for entry in found.timeline()] == [
        "Date recorded: Decision letter about a benefit",
        "Date taken back: Decision letter about a benefit",
    ]
    assert found.timeline()[1].words == (("", "Wrong letter"),)
    with pytest.raises(NotFound):
        queries.dated_event(referral, event.id, VOLUNTEER.viewer)
    with pytest.raises(IllegalMove):
        actions.withdraw_date(event, "Again", by=CASEWORKER.viewer)
    db.session.rollback()


def test_every_change_is_in_the_books(app: Flask) -> None:
    referral = make_referral("accepted")
    event = note_date(referral, "benefit_decision", referral.created_at.date())
    with transaction():
        actions.withdraw_date(event, "Wrong letter", by=CASEWORKER.viewer)
    assert "date.recorded" in [entry.action for entry in audit.history(referral.id, VOLUNTEER.viewer)]
    assert "date.withdrawn" in [entry.action for entry in audit.history(referral.id, CASEWORKER.viewer)]


def test_words_are_sealed(app: Flask) -> None:
    referral = make_referral("accepted")
    event = note_date(referral, "benefit_decision", referral.created_at.date(), words="Her daughter has the letter")
    assert b"daughter" not in (event.words_sealed or b"")
    assert event.words == "Her daughter has the letter"


@pytest.mark.parametrize(
    ("kind", "day", "moment", "words", "field"),
    [
        ("nonsense", date(2026, 11, 1), None, "", "kind"),
        ("benefit_decision", date(2026, 11, 24), None, "", "day"),
        ("benefit_decision", date(2006, 11, 24), None, "", "day"),
        ("benefit_decision", None, None, "", "day"),
        ("appointment", date(2029, 11, 24), None, "", "day"),
        ("benefit_decision", date(2026, 11, 20), datetime(2026, 11, 20, 9, tzinfo=UTC), "", "moment"),
        ("emergency_hazard_known", date(2026, 11, 20), datetime(2026, 11, 19, 9, tzinfo=UTC), "", "moment"),
        ("emergency_hazard_known", date(2026, 11, 23), datetime(2026, 11, 23, 11, tzinfo=UTC), "", "moment"),
        ("benefit_decision", date(2026, 11, 20), None, "x" * 5001, "words"),
        ("benefit_decision", date(2026, 11, 20), None, "\x00", "words"),
    ],
)
def test_what_cannot_be_is_refused(
    app: Flask, kind: str, day: date, moment: datetime | None, words: str, field: str
) -> None:
    with clock_at(NOW):
        referral = make_referral("accepted")
        with pytest.raises(Invalid) as refused:
            actions.record_date(referral, kind, day, moment, words, by=VOLUNTEER.viewer)
    assert set(refused.value.errors) == {field}


def test_an_appointment_may_lie_ahead(app: Flask) -> None:
    with clock_at(NOW):
        referral = make_referral("accepted")
        at = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)
        note_date(referral, "appointment", date(2026, 11, 25), moment=at)
        (found,) = queries.dated(referral, CASEWORKER.viewer).deadlines
    assert (found.day, found.moment, found.is_limit) == (date(2026, 11, 25), at, False)
    assert not found.is_past(at)
    assert found.is_past(at + timedelta(minutes=1))
    assert referral.limit_on is None


def test_a_clock_stops_and_goes_on(app: Flask) -> None:
    with clock_at(NOW):
        referral = make_referral("accepted")
        note_date(referral, "data_request", date(2026, 11, 2))
        note_date(referral, "data_question", date(2026, 11, 9))
        (standing,) = queries.dated(referral, CASEWORKER.viewer).deadlines
        assert (standing.day, standing.counted.stopped_since) == (None, date(2026, 11, 9))
        note_date(referral, "data_question_answered", date(2026, 11, 16))
        # Seven days after Wednesday 2 December.
        assert deadlines_of(referral) == {"data_request_answer": date(2026, 12, 9)}


def test_a_later_date_shows_that_it_was_done(app: Flask) -> None:
    with clock_at(NOW):
        referral = make_referral("accepted")
        note_date(referral, "benefit_decision", date(2026, 10, 30))
        note_date(referral, "reconsideration_notice", date(2026, 10, 29))
        assert set(deadlines_of(referral)) == {"mr_request", "mr_late", "sscs_appeal"}
        notice = note_date(referral, "reconsideration_notice", date(2026, 11, 20))
        assert set(deadlines_of(referral)) == {"sscs_appeal"}
        assert referral.limit_on == date(2026, 11, 29)
        with transaction():
            actions.withdraw_date(notice, "Of somebody else", by=CASEWORKER.viewer)
        assert set(deadlines_of(referral)) == {"mr_request", "mr_late", "sscs_appeal"}


def test_who_may_not_see_it_finds_nothing_and_a_draft_has_none(app: Flask) -> None:
    referral, draft = make_referral("accepted"), make_draft()
    day = referral.created_at.date()
    for person in (OTHER_CASEWORKER, people.SECOND_VOLUNTEER, people.OTHER_LEAD, people.COORDINATOR):
        with pytest.raises(NotFound):
            actions.record_date(referral, "benefit_decision", day, by=person.viewer)
        with pytest.raises(NotFound):
            queries.dated(referral, person.viewer)
    with pytest.raises(IllegalMove):
        actions.record_date(draft, "benefit_decision", day, by=VOLUNTEER.viewer)
    with pytest.raises(NotFound):
        actions.record_date(draft, "benefit_decision", day, by=CASEWORKER.viewer)
    note_date(referral, "benefit_decision", day, LEAD)


def test_an_office_that_may_read_no_words_records_nothing(app: Flask) -> None:
    referral = make_referral("entered_in_error")
    with pytest.raises(NotAllowed):
        actions.record_date(referral, "benefit_decision", referral.created_at.date(), by=CASEWORKER.viewer)


def test_the_group_reads_the_offices_dates_as_far_as_the_resident_agreed(app: Flask) -> None:
    referral = make_referral("accepted", told="status")
    day = referral.created_at.date()
    event = note_date(referral, "dwp_final_answer", day, CASEWORKER)
    note_date(referral, "benefit_decision", day)
    assert set(deadlines_of(referral, VOLUNTEER)) == {"mr_request", "mr_late"}
    assert set(deadlines_of(referral)) == {"mr_request", "mr_late", "ice_referral"}
    with pytest.raises(NotFound):
        queries.dated_event(referral, event.id, VOLUNTEER.viewer)
    with pytest.raises(NotFound):
        queries.deadline(referral, event.id, "ice_referral", VOLUNTEER.viewer)
