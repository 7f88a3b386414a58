"""Passwords and names that people change themselves, and the reset by mail."""

from uuid import UUID

from sqlalchemy import func, select, update

from referrals.accounts import limits, tokens
from referrals.accounts.actions.attempts import forget_attempts
from referrals.accounts.actions.sessions import end_sessions, start_session
from referrals.accounts.models import PasswordReset, Person
from referrals.accounts.policy import Assurance
from referrals.accounts.queries import credentials
from referrals.accounts.viewer import SERVICE, Viewer
from referrals.audit.actions import record
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.notifications.actions import queue
from referrals.notifications.messages import PasswordChanged, PasswordResetRequested, Recipient

# Within the time one link lives; more would only fill somebody's mailbox.
RESETS_AT_ONCE = 3


def request_reset(email: str) -> None:
    """Mail a link to choose a new password, if the address is somebody's; the caller is told nothing either way.

    The event is recorded for unknown addresses too, so that both ways end in the same kind of transaction.
    """
    person = credentials(email)
    record("person.password_reset_requested", by=SERVICE, subject=("person", person.person_id if person else None))
    token, now = tokens.new_token(), clock.now()
    if person is None or _open_resets(person.person_id) >= RESETS_AT_ONCE:
        return
    reset = PasswordReset(
        token_hash=tokens.hash_of(token), person_id=person.person_id, created_at=now, expires_at=now + limits.RESET
    )
    db.session.add(reset)
    queue(PasswordResetRequested(path=f"/reset/{token}"), to=[Recipient(person.email, person.person_id)])


def reset_password(token: str, password_hash: str) -> None:
    """Set a new password by a mailed link; every session ends, and no older link works. NotFound for a dead link."""
    reset = db.session.scalar(
        select(PasswordReset).where(PasswordReset.token_hash == tokens.hash_of(token)).with_for_update()
    )
    if reset is None or reset.used_at is not None or clock.now() >= reset.expires_at:
        raise NotFound
    person = db.session.get_one(Person, reset.person_id)
    if person.disabled_at is not None:
        raise NotFound
    person.password_hash = password_hash
    _use_up_resets(person.id)
    forget_attempts(person.email)
    ended = end_sessions(person.id, "password_reset")
    record("person.password_reset", by=SERVICE, subject=("person", person.id), facts={"sessions": ended})
    _tell(person)


def change_password(password_hash: str, membership_id: UUID, assurance: str, *, by: Viewer) -> str:
    """Set the viewer's new password, the old one just proved; all sessions end, the token of a new one is returned."""
    person = _self(by)
    person.password_hash = password_hash
    _use_up_resets(person.id)
    ended = end_sessions(person.id, "password_changed")
    record("person.password_changed", by=by, subject=("person", person.id), facts={"sessions": ended})
    _tell(person)
    return start_session(membership_id, Assurance(assurance))


def change_name(name: str, *, by: Viewer) -> None:
    """Set the viewer's own name, as others see it."""
    person = _self(by)
    person.name = name
    record("person.renamed", by=by, subject=("person", person.id))


def _self(by: Viewer) -> Person:
    person = db.session.get(Person, by.person_id) if by.person_id else None
    if person is None:
        raise NotFound
    return person


def _open_resets(person_id: UUID) -> int:
    still_open = (PasswordReset.used_at.is_(None), PasswordReset.expires_at > clock.now())
    return db.session.scalar(select(func.count()).where(PasswordReset.person_id == person_id, *still_open)) or 0


def _use_up_resets(person_id: UUID) -> None:
    db.session.execute(
        update(PasswordReset)
        .where(PasswordReset.person_id == person_id, PasswordReset.used_at.is_(None))
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def _tell(person: Person) -> None:
    queue(PasswordChanged(path="/forgot-password"), to=[Recipient(person.email, person.id)])
