"""What signing in, joining and resetting look up before anybody is signed in."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from referrals.accounts import tokens
from referrals.accounts.emails import normal_email
from referrals.accounts.models import Membership, PasswordReset, Person
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class Credentials:
    """A person who may come in, and the hash their password is checked against."""

    person_id: UUID
    name: str
    email: str
    password_hash: str | None


def credentials(email: str) -> Credentials | None:
    """The person with this address, when they are not disabled and belong somewhere."""
    return _credentials(Person.email == normal_email(email))


def credentials_of(person_id: UUID) -> Credentials | None:
    """The same, by the person's id."""
    return _credentials(Person.id == person_id)


def is_known(email: str) -> bool:
    """Whether anybody has this address, disabled or not; only for those who proved that the mailbox is theirs."""
    return db.session.scalar(select(Person.id).where(Person.email == normal_email(email))) is not None


def reset_for(token: str) -> Credentials:
    """Whose password a mailed link may change. NotFound when it was used or is too old."""
    person_id = db.session.scalar(
        select(PasswordReset.person_id).where(
            PasswordReset.token_hash == tokens.hash_of(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > clock.now(),
        )
    )
    found = None if person_id is None else credentials_of(person_id)
    if found is None:
        raise NotFound
    return found


def _credentials(condition: ColumnElement[bool]) -> Credentials | None:
    row = db.session.execute(
        select(Person.id, Person.name, Person.email, Person.password_hash).where(
            condition,
            Person.disabled_at.is_(None),
            Person.memberships.any(Membership.ended_at.is_(None)),
        )
    ).one_or_none()
    return None if row is None else Credentials(row.id, row.name, row.email, row.password_hash)
