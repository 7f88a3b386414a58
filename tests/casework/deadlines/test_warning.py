"""Warnings: the office hears of a near limit at once and once, and it stands on top of the queue."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from referrals.audit.models import AuditEntry
from referrals.casework import actions, queries
from referrals.casework.models import LimitNotice, Referral
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from tests.casework import mail
from tests.casework.cases import do, make_referral
from tests.casework.deadlines.test_dates import NOW, note_date
from tests.people import CASEWORKER, MANAGER, OTHER_CASEWORKER, SECOND_CASEWORKER, VOLUNTEER

NEAR = date(2026, 11, 9)  # plus 21 days that begin with it: 29 November, six days away
FAR = date(2026, 11, 20)


def warn(moment: datetime = NOW) -> int:
    """What the worker does."""
    with clock_at(moment), transaction():
        return actions.warn_of_limits(limit=2)


def references(tab: str = "team", **more: object) -> list[str | None]:
    with clock_at(NOW):
        return [row.reference for row in queries.queue(CASEWORKER.viewer, tab, **more).rows]  # type: ignore[arg-type]


def test_a_near_limit_is_told_to_the_assignee_at_once_and_once(app: Flask) -> None:
    with clock_at(NOW):
        referral = make_referral("accepted")
        note_date(referral, "homeless_decision", NEAR)
        assert mail.told("LimitNear") == {CASEWORKER}
        mail.forget()
        note_date(referral, "dwp_complaint", FAR)
    assert warn() == 0
    assert mail.told("LimitNear") == set()


def test_what_nobody_has_yet_is_told_to_everybody_there(app: Flask) -> None:
    with clock_at(NOW):
        note_date(make_referral(), "homeless_decision", NEAR)
    assert mail.told("LimitNear") == {CASEWORKER, SECOND_CASEWORKER, MANAGER}


def test_who_recorded_it_needs_no_mail(app: Flask) -> None:
    with clock_at(NOW):
        note_date(make_referral("accepted"), "homeless_decision", NEAR, CASEWORKER)
    assert mail.told("LimitNear") == set()
    assert warn() == 0


def test_only_limits_are_told(app: Flask) -> None:
    with clock_at(NOW):
        referral = make_referral("accepted")
        for kind in ("hazard_investigated", "appointment", "data_breach", "relief_duty"):
            note_date(referral, kind, NOW.date())
    assert mail.told("LimitNear") == set()


def test_the_worker_tells_as_it_comes_near(app: Flask) -> None:
    with clock_at(NOW):
        made = [make_referral("accepted") for _ in range(5)]
        for referral in made:
            note_date(referral, "homeless_decision", FAR)  # ends on 10 December
    assert warn(datetime(2026, 12, 2, 23, 0, tzinfo=UTC)) == 0
    assert warn(datetime(2026, 12, 3, 1, 0, tzinfo=UTC)) == 5
    assert mail.told("LimitNear") == {CASEWORKER}
    assert warn(datetime(2026, 12, 11, 1, 0, tzinfo=UTC)) == 0
    told = select(func.count()).where(AuditEntry.action == "limit.warned")
    assert db.session.scalar(told) == 5


def test_a_second_limit_behind_one_that_has_gone_is_told_too(app: Flask) -> None:
    with clock_at(NOW):
        referral = make_referral("accepted")
        note_date(referral, "homeless_decision", date(2026, 10, 1))
        note_date(referral, "homeless_review_decision", FAR)
        assert referral.limit_on == date(2026, 10, 21)
        mail.forget()
    assert warn(datetime(2026, 12, 5, 1, 0, tzinfo=UTC)) == 1
    assert db.session.scalar(select(func.count()).select_from(LimitNotice)) == 2


def test_another_last_day_is_another_warning(app: Flask) -> None:
    with clock_at(NOW):
        referral = make_referral("accepted")
        note_date(referral, "homeless_decision", NEAR)
        mail.forget()
        (found,) = queries.dated(referral, VOLUNTEER.viewer).deadlines
        with transaction():
            actions.move_deadline(found, date(2026, 11, 25), "The letter says so", by=VOLUNTEER.viewer)
    assert mail.told("LimitNear") == {CASEWORKER}


@pytest.mark.parametrize("state", ["closed", "withdrawn", "declined"])
def test_what_has_ended_is_told_when_it_is_opened_again(app: Flask, state: str) -> None:
    with clock_at(NOW):
        referral = make_referral(state)
        note_date(referral, "homeless_decision", NEAR)
        assert warn() == 0
        assert mail.told("LimitNear") == set()
        do(referral, "reopen", CASEWORKER, next_action_on=date(2026, 11, 30))
    assert warn() == 1


def test_a_near_limit_tops_the_queue_and_pages_go_on_below_it(app: Flask) -> None:
    with clock_at(NOW - timedelta(days=30)):
        late = make_referral("accepted")
    with clock_at(NOW - timedelta(days=1)):
        plain = make_referral("accepted")
    with clock_at(NOW):
        far, near, gone = (make_referral("accepted") for _ in range(3))
        note_date(far, "homeless_decision", FAR)
        note_date(near, "homeless_decision", NEAR)
        note_date(gone, "homeless_decision", date(2026, 10, 1))
    expected = [one.reference for one in (gone, near, late, plain, far)]
    assert references() == references("mine") == expected
    assert references("unassigned") == []
    seen: list[str | None] = []
    cursor = None
    with clock_at(NOW):
        for _ in range(5):
            page = queries.queue(CASEWORKER.viewer, "team", cursor, limit=1)
            seen += [row.reference for row in page.rows]
            cursor = page.next_cursor
        assert cursor is None
        limits = {row.reference: row.limit_on for row in queries.queue(CASEWORKER.viewer, "team").rows}
    assert seen == expected
    assert limits == {
        gone.reference: date(2026, 10, 21),
        near.reference: date(2026, 11, 29),
        late.reference: None,
        far.reference: None,
        plain.reference: None,
    }
    assert queries.queue(OTHER_CASEWORKER.viewer, "team").rows == []


def test_limits_are_counted_again_when_a_rule_has_changed(app: Flask) -> None:
    with clock_at(NOW):
        right, wrong = make_referral("accepted"), make_referral("accepted")
        for referral in (right, wrong):
            note_date(referral, "homeless_decision", FAR)
        with db.engine.begin() as connection:
            connection.execute(update(Referral.__table__).where(Referral.id == wrong.id).values(limit_on=None))  # type: ignore[arg-type]
        db.session.rollback()
        with transaction():
            assert actions.recount_limits(limit=1) == 1
        with transaction():
            assert actions.recount_limits() == 0
    db.session.refresh(wrong)
    assert wrong.limit_on == right.limit_on == date(2026, 12, 10)
