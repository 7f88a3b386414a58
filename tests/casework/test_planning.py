"""Planning: the next action and its day, and whose turn it is while a case is worked on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from referrals.casework import actions, queries
from referrals.casework.models import Referral
from referrals.casework.workflow import STATES, WORKING_STATES
from referrals.foundation.clock import clock_at
from referrals.foundation.database import transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from tests import people
from tests.casework import cases
from tests.people import CASEWORKER, LEAD, MANAGER, OTHER_MANAGER, SECOND_VOLUNTEER, VOLUNTEER

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock_at(MONDAY):
        yield


def plan(referral: Referral, by: people.Someone = CASEWORKER, **given: Any) -> None:
    words, day = given.get("words", "Chase the reply"), given.get("on", date(2026, 11, 12))
    with transaction():
        actions.set_next_action(referral, words, day, by=by.viewer, version=given.get("version"))


def turn(referral: Referral, waiting_on: str, due_on: date | None = None, by: people.Someone = CASEWORKER) -> None:
    with transaction():
        actions.set_waiting_on(referral, waiting_on, due_on, by=by.viewer, version=referral.version)


def test_the_plan_stands_at_the_head_of_the_page(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    plan(referral)
    for person in (CASEWORKER, VOLUNTEER):
        strip = queries.strip(referral, person.viewer)
        assert (strip.next_action, strip.next_action_on) == ("Chase the reply", date(2026, 11, 12))
        assert (strip.waiting_on, strip.due_on, strip.overdue_days) == ("office", date(2026, 11, 12), 0)
    assert queries.strip(referral, CASEWORKER.viewer).yours
    assert not queries.strip(referral, VOLUNTEER.viewer).yours


@pytest.mark.parametrize("state", STATES)
def test_only_a_case_that_is_worked_on_is_planned(app: Flask, state: str) -> None:
    referral = cases.make_referral(state)
    if state in WORKING_STATES:
        plan(referral)
        turn(referral, "agency")
        return
    with pytest.raises((IllegalMove, NotFound, NotAllowed)):
        plan(referral)
    with pytest.raises((IllegalMove, NotFound, NotAllowed)):
        turn(referral, "agency")


@pytest.mark.parametrize(
    ("person", "refusal"),
    [(VOLUNTEER, NotAllowed), (LEAD, NotAllowed), (SECOND_VOLUNTEER, NotFound), (OTHER_MANAGER, NotFound)],
)
def test_only_the_office_plans(app: Flask, person: people.Someone, refusal: type[Exception]) -> None:
    referral = cases.make_referral("accepted")
    with pytest.raises(refusal):
        plan(referral, person)
    with pytest.raises(refusal):
        turn(referral, "agency", by=person)


def test_a_plan_has_words_and_a_day_ahead(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    with pytest.raises(Invalid) as refused:
        plan(referral, words=" ", on=date(2026, 11, 1))
    assert set(refused.value.errors) == {"next_action", "next_action_on"}


def test_an_old_page_plans_nothing(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    looked_at = referral.version
    plan(referral, MANAGER)
    with pytest.raises(Stale):
        plan(referral, version=looked_at)


def test_the_clock_stands_while_an_agency_is_awaited(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    plan(referral, on=date(2026, 11, 9))  # five working days
    with clock_at(MONDAY + timedelta(days=2)):
        turn(referral, "agency")
    # Twenty working days from Wednesday 4 November.
    assert (referral.waiting_on, referral.due_on, referral.days_left) == ("agency", date(2026, 12, 2), 3)
    with clock_at(MONDAY + timedelta(days=3)):
        turn(referral, "resident", date(2026, 11, 20))
    assert (referral.waiting_on, referral.due_on, referral.days_left) == ("resident", date(2026, 11, 20), 3)
    with clock_at(MONDAY + timedelta(days=28)):
        turn(referral, "office")
    assert (referral.waiting_on, referral.due_on, referral.days_left) == ("office", date(2026, 12, 3), None)


def test_a_new_plan_ends_the_waiting(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    turn(referral, "agency")
    plan(referral)
    assert (referral.waiting_on, referral.due_on, referral.clock_stopped_at) == ("office", date(2026, 11, 12), None)


def test_the_turn_is_given_only_where_it_can_be(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    for waiting_on in ("referrer", "nobody", "", "\x00"):
        with pytest.raises(Invalid) as refused:
            turn(referral, waiting_on)
        assert set(refused.value.errors) == {"waiting_on"}


def test_nobody_is_given_a_day_that_has_passed(app: Flask) -> None:
    with pytest.raises(Invalid) as refused:
        turn(cases.make_referral("in_progress"), "agency", date(2026, 11, 1))
    assert set(refused.value.errors) == {"due_on"}
