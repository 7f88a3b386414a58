"""Attempts to prove a password: counted before they are made, so that many at once cannot slip past the limit."""

from uuid import UUID

from sqlalchemy import delete, func, select

from referrals.accounts import limits
from referrals.accounts.emails import normal_email
from referrals.accounts.models import SignInAttempt
from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.foundation import clock, locks, sealing
from referrals.foundation.database import db
from referrals.foundation.errors import DomainError

# The blind index wants a scope; addresses of people belong to no organisation.
_SCOPE = UUID(int=0)
_KIND = "sign-in address"


class TooManyAttempts(DomainError):
    """The address has had its number of wrong passwords; the wait ends by itself."""

    message = "There were too many attempts with this email address. Wait 5 minutes, then try again."


def begin_attempt(email: str) -> UUID:
    """Count one attempt for an address, known or not, and return its id. Raises TooManyAttempts.

    Call in a transaction of its own, before the password is checked. An attempt that is refused here is not counted,
    so that nobody can be kept out for longer than the window by somebody who goes on trying.
    """
    email_hash = _hash(email)
    locks.hold(f"sign-in attempts {email_hash.hex()}")
    since = clock.now() - limits.ATTEMPTS_WINDOW
    failed = db.session.scalar(
        select(func.count()).where(
            SignInAttempt.email_hash == email_hash, SignInAttempt.at > since, SignInAttempt.succeeded.is_(False)
        )
    )
    if (failed or 0) >= limits.ATTEMPTS:
        raise TooManyAttempts
    attempt = SignInAttempt(email_hash=email_hash, at=clock.now(), succeeded=False)
    db.session.add(attempt)
    return attempt.id


def end_attempt(attempt_id: UUID, person_id: UUID | None, *, succeeded: bool) -> None:
    """Say what became of an attempt; a wrong password is written into the service's book, known address or not."""
    if succeeded:
        attempt = db.session.get(SignInAttempt, attempt_id)
        if attempt is not None:
            attempt.succeeded = True
    else:
        record("session.refused", by=SERVICE, subject=("person", person_id), facts={"reason": "wrong_password"})


def forget_attempts(email: str) -> None:
    """Let an address try again at once: whoever set a new password through its mailbox has proved more than that."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.email_hash == _hash(email)))


def _hash(email: str) -> bytes:
    return sealing.indexer().token(_SCOPE, _KIND, normal_email(email))
