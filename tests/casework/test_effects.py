"""What each transition leaves on the referral: who has it, what is next, when it is due, and how it ended."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.models import Referral, SearchToken
from referrals.directory.models import Office
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import Invalid
from referrals.foundation.references import is_reference
from tests import people
from tests.casework import cases

# A Monday: five working days later is the Monday after.
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock_at(MONDAY):
        yield


def later(**ahead: int) -> Any:
    """The clock some time after that Monday."""
    return clock_at(MONDAY + timedelta(**ahead))


def errors_of(referral: Referral, transition: str, by: people.Someone, **changes: Any) -> dict[str, str]:
    """What a transition with these answers complains of."""
    with pytest.raises(Invalid) as refused:
        cases.do(referral, transition, by, **changes)
    return refused.value.errors


def test_sending_gives_a_reference_a_sender_and_two_days_to_be_seen(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    assert referral.reference
    assert is_reference(referral.reference)
    assert referral.submitted_at == MONDAY
    assert referral.submitted_by_id == people.VOLUNTEER.id
    assert (referral.waiting_on, referral.due_on) == ("office", date(2026, 11, 4))


def test_an_urgent_one_is_to_be_seen_the_same_day(app: Flask) -> None:
    changes = {"urgency": "urgent", "urgency_note": "The bailiffs come on Friday", "urgent_by": date(2026, 11, 6)}
    assert cases.make_referral("submitted", **changes).due_on == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"story": None}, "story"),
        ({"urgency": "urgent"}, "urgency_note"),
        ({"office_id": None, "routing": None}, "office"),
        ({"duplicates_checked": None}, "different"),
    ],
)
def test_nothing_incomplete_is_sent(app: Flask, missing: dict[str, Any], field: str) -> None:
    referral = cases.make_draft(**missing)
    assert field in errors_of(referral, "submit", people.VOLUNTEER)
    assert referral.reference is None


def test_accepting_gives_it_to_somebody_with_a_next_action(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    cases.do(referral, "accept", people.CASEWORKER, next_action_on=date(2026, 11, 9))
    assert referral.assignee_id == people.CASEWORKER.id
    assert referral.next_action == "Write to the department"
    assert referral.due_on == referral.next_action_on == date(2026, 11, 9)
    assert referral.accepted_at == referral.seen_at == MONDAY


@pytest.mark.parametrize("name", ["assignee", "category", "next_action", "next_action_on"])
def test_accepting_asks_for_each_of_these(app: Flask, name: str) -> None:
    assert set(errors_of(cases.make_referral("submitted"), "accept", people.CASEWORKER, **{name: None})) == {name}


def test_a_caseworker_takes_and_a_manager_gives(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    errors = errors_of(referral, "assign", people.CASEWORKER, assignee=people.SECOND_CASEWORKER.id)
    assert "manager" in errors["assignee"]
    cases.do(referral, "assign", people.MANAGER, assignee=people.SECOND_CASEWORKER.id, reason=None)
    assert referral.assignee_id == people.SECOND_CASEWORKER.id
    assert referral.state == "submitted"
    assert "reason" in errors_of(referral, "assign", people.MANAGER, assignee=people.CASEWORKER.id, reason=None)
    # Accepting for the colleague who has it is no taking away.
    cases.do(referral, "accept", people.CASEWORKER, assignee=people.SECOND_CASEWORKER.id)


@pytest.mark.parametrize("stranger", [people.OTHER_CASEWORKER, people.VOLUNTEER, people.COORDINATOR])
def test_nobody_of_another_organisation_is_given_a_case(app: Flask, stranger: people.Someone) -> None:
    assert "assignee" in errors_of(cases.make_referral(), "assign", people.MANAGER, assignee=stranger.id)


def test_a_new_category_drops_the_type_that_no_longer_fits(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    errors = errors_of(referral, "accept", people.CASEWORKER, category="housing", issue_type="disability_benefit")
    assert set(errors) == {"issue_type"}
    cases.do(referral, "accept", people.CASEWORKER, category="housing")
    assert (referral.category, referral.issue_type) == ("housing", None)


def test_the_clock_stops_while_the_group_is_asked_and_goes_on_with_the_days_left(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    cases.do(referral, "assign", people.CASEWORKER)  # the office has seen it: five days to decide
    with transaction():
        referral.due_on = date(2026, 11, 9)
        record("referral.draft_saved", by=people.CASEWORKER.viewer, subject=("referral", referral.id))
    with later(days=1):
        cases.do(referral, "request_information", people.CASEWORKER, due_on=date(2026, 11, 20))
    assert (referral.waiting_on, referral.due_on, referral.days_left) == ("referrer", date(2026, 11, 20), 4)
    with later(days=16):  # a Wednesday
        cases.do(referral, "provide_information", people.VOLUNTEER)
    assert (referral.waiting_on, referral.due_on, referral.days_left) == ("office", date(2026, 11, 24), None)
    assert referral.clock_stopped_at is None


def test_a_pause_has_a_reason_and_a_day_and_ends_with_the_days_left(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    left = 5  # the next action is a week ahead
    cases.do(referral, "hold", people.CASEWORKER, review_on=date(2026, 12, 1))
    assert (referral.hold_reason, referral.hold_review_on) == ("agency_reply", date(2026, 12, 1))
    assert (referral.due_on, referral.days_left) == (date(2026, 12, 1), left)
    cases.do(referral, "resume", people.CASEWORKER, next_action=None, next_action_on=None)
    assert (referral.hold_reason, referral.hold_review_on) == (None, None)
    assert referral.due_on == date(2026, 11, 9)
    assert referral.next_action == "Write to the department"


def test_a_result_waits_ten_days_for_the_group(app: Flask) -> None:
    referral = cases.make_referral("outcome_recorded")
    assert (referral.waiting_on, referral.due_on) == ("referrer", date(2026, 11, 16))
    assert referral.outcome_at == MONDAY


def test_a_disputed_result_comes_back_with_something_to_do(app: Flask) -> None:
    referral = cases.make_referral("outcome_recorded")
    cases.do(referral, "dispute_outcome", people.VOLUNTEER)
    assert (referral.state, referral.waiting_on, referral.due_on) == ("in_progress", "office", date(2026, 11, 9))
    assert referral.next_action == "Look at what the group says is wrong"


def test_the_office_closes_early_only_with_a_reason(app: Flask) -> None:
    referral = cases.make_referral("outcome_recorded")
    assert "why" in errors_of(referral, "close", people.CASEWORKER, why=None)
    with later(days=15):
        cases.do(referral, "close", people.CASEWORKER, why=None)
    assert referral.end_reason == "closed_by_office"


@pytest.mark.parametrize("state", ["closed", "declined", "returned_with_advice", "withdrawn", "entered_in_error"])
def test_what_has_ended_waits_for_nobody(app: Flask, state: str) -> None:
    referral = cases.make_referral(state)
    assert referral.ended_at == MONDAY
    assert referral.end_reason
    assert (referral.waiting_on, referral.due_on, referral.next_action_on, referral.next_action) == (None,) * 4


@pytest.mark.parametrize("state", ["closed", "declined", "returned_with_advice", "withdrawn"])
def test_the_group_reopens_into_a_new_decision_and_the_office_into_work(app: Flask, state: str) -> None:
    referral = cases.make_referral(state)
    cases.do(referral, "reopen", people.LEAD)
    assert (referral.state, referral.waiting_on, referral.due_on) == ("submitted", "office", date(2026, 11, 4))
    assert (referral.ended_at, referral.end_reason, referral.seen_at) == (None, None, None)
    again = cases.make_referral(state)
    cases.do(again, "reopen", people.MANAGER)
    assert (again.state, again.waiting_on) == ("in_progress", "office")
    assert again.assignee_id in (people.CASEWORKER.id, people.MANAGER.id)
    assert again.next_action


def test_sending_again_is_to_be_seen_again(app: Flask) -> None:
    referral = cases.make_referral("declined")
    reference = referral.reference
    cases.do(referral, "resubmit", people.VOLUNTEER)
    assert (referral.reference, referral.seen_at, referral.due_on) == (reference, None, date(2026, 11, 4))


def test_withdrawing_because_the_agreement_was_taken_back_takes_it_back(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    cases.do(referral, "withdraw", people.CASEWORKER, reason="consent_withdrawn")
    given = [consent for consent in referral.consents if consent.kind == policy.GROUP_TO_OFFICE]
    assert given
    assert all(consent.withdrawn_at for consent in given)
    assert "consent" in errors_of(referral, "reopen", people.VOLUNTEER)


def test_a_mistake_is_found_by_nobody(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    assert db.session.scalars(select(SearchToken.referral_id).distinct()).all() == [referral.id]
    cases.do(referral, "mark_entered_in_error", people.VOLUNTEER)
    assert db.session.scalars(select(SearchToken.referral_id)).all() == []


def test_the_office_sets_its_own_clocks(app: Flask) -> None:
    with transaction() as session:
        office = session.get_one(Office, people.HAMMERSMITH.id)
        office.clocks = {"seen": 1, "confirmation": 3}
    assert cases.make_referral("submitted").due_on == date(2026, 11, 3)
    assert cases.make_referral("outcome_recorded").due_on == date(2026, 11, 5)
