"""Deciding about a deadline: another last day, met, no longer applies, and each of them taken back."""

from datetime import date, timedelta

import pytest
from flask import Flask

from referrals.audit import queries as audit
from referrals.casework import actions, queries
from referrals.casework.deadlines import Deadline
from referrals.casework.models import DeadlineDecision, Referral
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotFound
from tests.casework.cases import make_referral
from tests.casework.deadlines.test_dates import NOW, deadlines_of, note_date
from tests.people import CASEWORKER, OTHER_CASEWORKER, VOLUNTEER


@pytest.fixture
def referral(app: Flask) -> Referral:
    """A referral with a decision letter of 20 November 2026, on the 23rd."""
    with clock_at(NOW):
        made = make_referral("accepted")
        note_date(made, "benefit_decision", date(2026, 11, 20))
    return made


def one(referral: Referral, rule: str = "mr_request") -> Deadline:
    """A deadline of the referral."""
    return next(found for found in queries.dated(referral, CASEWORKER.viewer).deadlines if found.rule.code == rule)


def test_another_last_day_has_a_reason_and_a_name(referral: Referral) -> None:
    with clock_at(NOW), transaction():
        actions.move_deadline(one(referral), date(2026, 12, 4), "The letter gives 14 days", by=VOLUNTEER.viewer)
    found = one(referral)
    assert (found.day, found.counted.day) == (date(2026, 12, 4), date(2026, 12, 20))
    assert found.moved is not None
    assert (found.moved.words, found.moved.by_id) == ("The letter gives 14 days", VOLUNTEER.id)
    assert b"14 days" not in (found.moved.words_sealed or b"")
    assert referral.limit_on == date(2026, 12, 4)
    assert "deadline.moved" in [entry.action for entry in audit.history(referral.id, VOLUNTEER.viewer)]
    with clock_at(NOW + timedelta(hours=1)), transaction():
        actions.count_again(one(referral), by=CASEWORKER.viewer)
    assert one(referral).moved is None
    assert referral.limit_on == date(2026, 12, 20)
    with pytest.raises(IllegalMove):
        actions.count_again(one(referral), by=CASEWORKER.viewer)


def test_what_was_done_is_over_and_so_is_what_is_done_with_it(referral: Referral) -> None:
    with clock_at(NOW), transaction():
        actions.meet_deadline(one(referral), date(2026, 11, 21), by=CASEWORKER.viewer)
    assert deadlines_of(referral) == {}
    assert referral.limit_on is None
    found = one(referral)
    assert found.ended is not None
    assert (found.ended.decision, found.ended.day) == ("met", date(2026, 11, 21))
    for again in (actions.count_again, actions.open_deadline_again):
        with pytest.raises(IllegalMove):
            again(one(referral, "mr_late"), by=CASEWORKER.viewer)
    with clock_at(NOW + timedelta(hours=1)), transaction():
        actions.open_deadline_again(found, by=VOLUNTEER.viewer)
    assert set(deadlines_of(referral)) == {"mr_request", "mr_late"}
    assert referral.limit_on == date(2026, 12, 20)


def test_what_no_longer_applies_leaves_the_next_one(referral: Referral) -> None:
    with clock_at(NOW), transaction():
        actions.drop_deadline(one(referral), "Too late for it", by=CASEWORKER.viewer)
    assert deadlines_of(referral) == {"mr_late": date(2027, 12, 20)}
    assert referral.limit_on == date(2027, 12, 20)
    titles = [entry.title for entry in queries.dated(referral, VOLUNTEER.viewer).timeline()]
    assert titles[-1].startswith("No longer applies: Ask DWP")


@pytest.mark.parametrize(
    ("day", "reason", "fields"),
    [
        (date(2026, 12, 4), " ", {"reason"}),
        (None, "Because", {"day"}),
        (date(2036, 12, 4), "", {"day", "reason"}),
        (date(2026, 12, 4), "x" * 5001, {"reason"}),
    ],
)
def test_another_day_that_cannot_be_is_refused(
    referral: Referral, day: date | None, reason: str, fields: set[str]
) -> None:
    with clock_at(NOW), pytest.raises(Invalid) as refused:
        actions.move_deadline(one(referral), day, reason, by=CASEWORKER.viewer)  # type: ignore[arg-type]
    assert set(refused.value.errors) == fields


def test_it_was_not_done_tomorrow_nor_dropped_without_a_reason(referral: Referral) -> None:
    with clock_at(NOW):
        with pytest.raises(Invalid):
            actions.meet_deadline(one(referral), date(2026, 11, 24), by=CASEWORKER.viewer)
        with pytest.raises(Invalid):
            actions.drop_deadline(one(referral), "", by=CASEWORKER.viewer)


def test_nothing_is_decided_twice_nor_by_strangers(referral: Referral) -> None:
    found = one(referral)
    with clock_at(NOW), transaction():
        actions.drop_deadline(found, "Asked by telephone", by=CASEWORKER.viewer)
    with clock_at(NOW), pytest.raises(IllegalMove):
        actions.meet_deadline(found, date(2026, 11, 23), by=VOLUNTEER.viewer)
    db.session.rollback()
    with pytest.raises(NotFound):
        actions.open_deadline_again(found, by=OTHER_CASEWORKER.viewer)
    with pytest.raises(NotFound):
        queries.deadline(referral, found.event.id, "homeless_review", CASEWORKER.viewer)


def test_a_rule_that_is_gone_takes_nothing_with_it(referral: Referral) -> None:
    event = one(referral).event
    with clock_at(NOW), transaction():
        actions.drop_deadline(one(referral), "Asked by telephone", by=CASEWORKER.viewer)
        decision = db.session.query(DeadlineDecision).filter_by(event_id=event.id).one()
        decision.rule = "a_rule_of_old"
    found = queries.dated(referral, CASEWORKER.viewer)
    assert found.timeline()[-1].title == "No longer applies: a_rule_of_old"
    assert set(deadlines_of(referral)) == {"mr_request", "mr_late"}
