"""At once: several people record and decide in the same moment, and the nearest limit is right in the end."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from referrals.casework import actions, queries
from referrals.casework.models import DeadlineDecision, LimitNotice, Referral
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove
from tests.casework import mail
from tests.casework.cases import make_referral
from tests.casework.deadlines.test_dates import note_date
from tests.casework.test_at_once import all_at_once
from tests.people import CASEWORKER, LEAD, MANAGER, VOLUNTEER, Someone


def recording(referral_id: UUID, ago: int, by: Someone) -> Callable[[], object]:
    """One person recording a date from which 21 days run."""

    def record() -> object:
        with transaction():
            referral = queries.referral(referral_id, by.viewer)
            return actions.record_date(referral, "homeless_decision", today() - timedelta(days=ago), by=by.viewer).id

    return record


def ending(referral_id: UUID, by: Someone) -> Callable[[], object]:
    """One person saying that the only deadline was met."""

    def end() -> object:
        with transaction():
            (one,) = queries.dated(queries.referral(referral_id, by.viewer), by.viewer).deadlines
            actions.meet_deadline(one, today(), by=by.viewer)
        return "met"

    return end


def test_of_several_dates_the_nearest_limit_is_kept(app: Flask) -> None:
    referral_id = make_referral("accepted").id
    people = (VOLUNTEER, LEAD, CASEWORKER, MANAGER)
    results = all_at_once(app, [recording(referral_id, ago, by) for ago, by in zip((1, 9, 5, 3), people, strict=True)])
    assert all(isinstance(result, UUID) for result in results), results
    assert db.session.get_one(Referral, referral_id).limit_on == today() + timedelta(days=11)


def test_the_office_is_warned_once_by_the_worker_and_whoever_records(app: Flask) -> None:
    referral = make_referral("accepted")
    referral_id = referral.id
    note_date(referral, "homeless_decision", today() - timedelta(days=18))
    mail.forget()

    def warn() -> int:
        with transaction():
            return actions.warn_of_limits()

    results = all_at_once(app, [warn, warn, recording(referral_id, 17, VOLUNTEER), warn])
    assert all(isinstance(result, int | UUID) for result in results), results
    with transaction():
        actions.warn_of_limits()
    assert db.session.scalar(select(func.count()).select_from(LimitNotice)) == 2
    assert mail.told("LimitNear") == {CASEWORKER}


def test_a_deadline_is_ended_once(app: Flask) -> None:
    referral = make_referral("accepted")
    referral_id = referral.id
    note_date(referral, "homeless_decision", today())
    results = all_at_once(app, [ending(referral_id, by) for by in (VOLUNTEER, LEAD, CASEWORKER, MANAGER)])
    assert results.count("met") == 1
    assert sum(isinstance(result, IllegalMove) for result in results) == 3, results
    assert db.session.scalar(select(func.count()).select_from(DeadlineDecision)) == 1
    assert db.session.get_one(Referral, referral_id).limit_on is None
