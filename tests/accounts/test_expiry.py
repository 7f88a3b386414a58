"""What let people in is forgotten once it is over, and not before."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from referrals.accounts.actions import forget_old_attempts, forget_old_resets, forget_old_sessions
from referrals.accounts.models import PasswordReset, SignInAttempt, SignInSession
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.foundation.ids import new_id
from tests.people import VOLUNTEER

pytestmark = pytest.mark.usefixtures("app")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def secret() -> bytes:
    """A hash like that of a token."""
    return sha256(new_id().bytes).digest()


def count(model: type) -> int:
    """How many rows are left."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_sessions_that_were_over_long_ago_are_forgotten() -> None:
    moment = clock.now()
    with transaction() as session:
        for age in (31 * DAY, 29 * DAY, -HOUR):
            times = {"created_at": moment - age - HOUR, "seen_at": moment - age - HOUR, "expires_at": moment - age}
            who = {"person_id": VOLUNTEER.id, "membership_id": VOLUNTEER.membership_id, "assurance": "password"}
            session.add(SignInSession(token_hash=secret(), **who, **times))
    with transaction():
        assert forget_old_sessions() == 1
    assert count(SignInSession) == 2


def test_links_that_stopped_working_long_ago_are_forgotten() -> None:
    moment = clock.now()
    with transaction() as session:
        for age in (31 * DAY, 29 * DAY, -HOUR):
            times = {"created_at": moment - age - HOUR, "expires_at": moment - age}
            session.add(PasswordReset(token_hash=secret(), person_id=VOLUNTEER.id, **times))
    with transaction():
        assert forget_old_resets() == 1
    assert count(PasswordReset) == 2


def test_attempts_are_kept_as_long_as_they_count() -> None:
    moment = clock.now()
    with transaction() as session:
        for minutes in (11, 9, 4, 0):
            at = moment - timedelta(minutes=minutes)
            session.add(SignInAttempt(email_hash=secret(), at=at, succeeded=False))
    with transaction():
        assert forget_old_attempts() == 1
    assert count(SignInAttempt) == 3
