"""Sessions begun, marked as used, and ended for real."""

from uuid import UUID

from sqlalchemy import update

from referrals.accounts.models import SignInSession
from referrals.foundation import clock
from referrals.foundation.database import db


def touch_session(session_id: UUID) -> None:
    """Mark a session as used now, so that it does not end for idleness. An ended one stays ended."""
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.ended_at.is_(None))
        .values(seen_at=clock.now())
        .execution_options(synchronize_session=False)
    )
