"""Forgetting what let people in once it is over: sessions, links to reset a password, and attempts to sign in."""

from datetime import timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, delete

from referrals.accounts import limits
from referrals.accounts.models import PasswordReset, SignInAttempt, SignInSession
from referrals.foundation import clock
from referrals.foundation.database import db

# So that a person can still see their last sign-ins; the audit book keeps the events themselves.
SESSIONS_KEPT_FOR: Final = timedelta(days=30)


def forget_old_sessions() -> int:
    """Remove sessions that were over 30 days ago, and say how many there were."""
    return _removed(delete(SignInSession).where(SignInSession.expires_at < clock.now() - SESSIONS_KEPT_FOR))


def forget_old_resets() -> int:
    """Remove links to reset a password that stopped working 30 days ago, and say how many there were."""
    return _removed(delete(PasswordReset).where(PasswordReset.expires_at < clock.now() - SESSIONS_KEPT_FOR))


def forget_old_attempts() -> int:
    """Remove attempts to sign in that no longer count, and say how many there were."""
    return _removed(delete(SignInAttempt).where(SignInAttempt.at < clock.now() - 2 * limits.ATTEMPTS_WINDOW))


def _removed(statement: Any) -> int:
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount
