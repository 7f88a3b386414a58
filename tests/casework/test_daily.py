"""Daily work: closing after silence, and forgetting what was declined."""

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework import actions, queries
from referrals.casework.models import SearchToken
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from tests import people
from tests.casework import cases, mail
from tests.people import CASEWORKER, VOLUNTEER

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def at(day: date) -> AbstractContextManager[None]:
    return clock_at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def close(day: date, limit: int = 50) -> int:
    with at(day), transaction():
        return actions.close_after_silence(limit)


def forget(day: date) -> int:
    with at(day), transaction():
        return actions.forget_declined()


def test_a_group_that_keeps_silent_for_ten_working_days_has_agreed_to_nothing(app: Flask) -> None:
    with clock_at(MONDAY):
        referral = cases.make_referral("outcome_recorded")
        other = cases.make_referral("in_progress")
    assert close(date(2026, 11, 16)) == 0  # the tenth day is still theirs
    assert close(date(2026, 11, 17)) == 1
    assert close(date(2026, 11, 17)) == 0
    assert (referral.state, referral.end_reason, other.state) == ("closed", "no_answer", "in_progress")
    outcome = queries.outcome_of(referral, CASEWORKER.viewer)
    assert outcome is not None
    assert (outcome.standing, outcome.agreed) == ("unanswered", None)
    assert mail.told("ReferralClosed") == {VOLUNTEER}
    event = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "referral.closed")).one()
    assert (event.actor_id, event.actor_role) == (None, None)


def test_the_service_closes_a_few_at_a_time(app: Flask) -> None:
    for _ in range(3):
        cases.make_referral("outcome_recorded")
    far = cases.clock.today() + timedelta(days=60)
    assert [close(far, 2), close(far, 2), close(far, 2)] == [2, 1, 0]


def test_a_group_that_was_closed_over_can_still_reopen(app: Flask) -> None:
    referral = cases.make_referral("outcome_recorded")
    close(cases.clock.today() + timedelta(days=60))
    cases.do(referral, "reopen", VOLUNTEER)
    assert referral.state == "submitted"


def test_an_office_no_longer_finds_what_it_declined(app: Flask) -> None:
    with clock_at(MONDAY):
        referral = cases.make_referral("declined")
    with clock_at(MONDAY + timedelta(days=40)):
        assert [forget(date(2026, 12, day)) for day in (2, 3, 3)] == [0, 1, 0]
        scopes = db.session.scalars(select(SearchToken.organisation_id).distinct()).all()
        assert scopes == [people.WHITE_CITY.id]
        assert queries.search(CASEWORKER.viewer, "quillfeather").hits == []
        assert len(queries.search(VOLUNTEER.viewer, "quillfeather").hits) == 1
        cases.do(referral, "resubmit", VOLUNTEER)
        assert len(queries.search(CASEWORKER.viewer, "quillfeather").hits) == 1
