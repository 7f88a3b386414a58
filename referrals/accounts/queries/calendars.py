"""Calendar links as read: whose calendar asks, and whether a person has one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from referrals.accounts import tokens
from referrals.accounts.models import CalendarLink, Membership, Person
from referrals.accounts.roles import Role
from referrals.accounts.viewer import Viewer
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class CalendarReader:
    """On whose behalf a calendar reads, and what it holds: mine or all."""

    viewer: Viewer
    covers: str


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """The link a person has: since when, and what it holds. The address itself is kept nowhere."""

    created_at: datetime
    covers: str


def calendar_reader(token: str) -> CalendarReader:
    """Whose calendar a secret address stands for. NotFound when it ended, or its person may not come in any more."""
    row = db.session.execute(
        select(Person.id, Person.name, Membership.role, Membership.organisation_id, CalendarLink.covers)
        .join(Membership, Membership.id == CalendarLink.membership_id)
        .join(Person, Person.id == CalendarLink.person_id)
        .where(
            CalendarLink.token_hash == tokens.hash_of(token),
            CalendarLink.revoked_at.is_(None),
            Membership.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return CalendarReader(Viewer(row.id, row.name, Role(row.role), row.organisation_id), row.covers)


def calendar_link_of(viewer: Viewer) -> CalendarLine | None:
    """The link that the viewer has in this organisation; None without one."""
    row = db.session.execute(
        select(CalendarLink.created_at, CalendarLink.covers)
        .join(Membership, Membership.id == CalendarLink.membership_id)
        .where(
            CalendarLink.person_id == viewer.person_id,
            CalendarLink.revoked_at.is_(None),
            Membership.organisation_id == viewer.organisation_id,
            Membership.ended_at.is_(None),
        )
    ).first()
    return CalendarLine(row.created_at, row.covers) if row else None
