"""Tending what could not be delivered, and forgetting what was."""

from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, and_, delete, or_, update

from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.notifications.models import Notice, OutboxMessage

# How long the address of a message that is done with is kept, for questions of "did it arrive?".
KEPT_FOR: Final = timedelta(days=90)
# Somebody may come back after a long illness; what they never read is kept longer than what they did.
UNREAD_KEPT_FOR: Final = timedelta(days=365)


def retry(message_id: UUID) -> None:
    """Put a dead message back, due at once, with all its attempts before it; NotFound unless there is one.

    Who may do so is for the page to say (`outbox:read` with `service:tend`), and it records it: this room lies below.
    """
    if not _revive(OutboxMessage.id == message_id):
        raise NotFound


def retry_all() -> int:
    """Put every dead message back, and say how many there were."""
    return _revive()


def _revive(*which: ColumnElement[bool]) -> int:
    values = {"state": "waiting", "attempts": 0, "due_at": clock.now(), "last_error": None}
    return _changed(update(OutboxMessage).where(OutboxMessage.state == "dead", *which).values(values))


def cancel(message_id: UUID) -> None:
    """Give up a message that waits or is dead, and forget its link; NotFound unless there is one."""
    undelivered = OutboxMessage.state.in_(("waiting", "dead"))
    values = {"state": "cancelled", "params_sealed": None}
    if not _changed(update(OutboxMessage).where(OutboxMessage.id == message_id, undelivered).values(values)):
        raise NotFound


def forget_delivered() -> int:
    """Remove what was sent or cancelled 90 days ago, addresses and all, and say how many there were."""
    done = OutboxMessage.state.in_(("sent", "cancelled"))
    return _changed(delete(OutboxMessage).where(done, OutboxMessage.created_at < clock.now() - KEPT_FOR))


def forget_old_notices() -> int:
    """Remove notices that were read and are 90 days old, and unread ones after a year; say how many there were."""
    now = clock.now()
    read = and_(Notice.read_at.is_not(None), Notice.at < now - KEPT_FOR)
    return _changed(delete(Notice).where(or_(read, Notice.at < now - UNREAD_KEPT_FOR)))


def _changed(statement: Any) -> int:
    statement = statement.execution_options(synchronize_session=False)
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount
