"""Sessions as read: whether a token still stands for somebody, and whose a session was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from referrals.accounts import limits, tokens
from referrals.accounts.models import Membership, Person, SignInSession
from referrals.accounts.roles import ROLES, Role
from referrals.accounts.viewer import Viewer
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.notifications.queries import unread_of


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that stands: who it is for, by which membership, how surely, and when it was last used."""

    id: UUID
    viewer: Viewer
    membership_id: UUID
    assurance: str
    seen_at: datetime
    # An invented person of the demonstration.
    is_demo: bool
    # Notices that lie unread in this organisation, counted up to 100.
    unread: int

    def to_be_touched(self) -> bool:
        """Whether it was last marked as used so long ago that it is time to mark it again."""
        return clock.now() - self.seen_at >= limits.TOUCH_EVERY


def session_for(token: str) -> LiveSession | None:
    """The session a browser's token stands for, or None when it ended, ran out, or its person may not come in.

    One query of plain columns: it runs before every page.
    """
    row = db.session.execute(
        select(
            SignInSession.id,
            SignInSession.person_id,
            SignInSession.membership_id,
            SignInSession.assurance,
            SignInSession.seen_at,
            SignInSession.expires_at,
            Person.name,
            Person.is_demo,
            Membership.role,
            Membership.organisation_id,
            unread_of(SignInSession.person_id, Membership.organisation_id).label("unread"),
        )
        .join(Person, Person.id == SignInSession.person_id)
        .join(Membership, Membership.id == SignInSession.membership_id)
        .where(
            SignInSession.token_hash == tokens.hash_of(token),
            SignInSession.ended_at.is_(None),
            Person.disabled_at.is_(None),
            Membership.ended_at.is_(None),
        )
    ).one_or_none()
    return None if row is None or _ran_out(row) else _live(row)


def session_person(session_id: UUID) -> UUID | None:
    """Whose session this is or was, ended or not; None when there never was one."""
    return db.session.scalar(select(SignInSession.person_id).where(SignInSession.id == session_id))


@dataclass(frozen=True, slots=True)
class SignInLine:
    """One sign-in that still stands, as its person sees it."""

    id: UUID
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def sign_ins_of(viewer: Viewer) -> list[SignInLine]:
    """The sessions by which the viewer is signed in at this moment, the newest first."""
    rows = db.session.execute(
        select(
            SignInSession.id,
            SignInSession.created_at,
            SignInSession.seen_at,
            SignInSession.expires_at,
            Membership.role,
        )
        .join(Membership, Membership.id == SignInSession.membership_id)
        .where(SignInSession.person_id == viewer.person_id, SignInSession.ended_at.is_(None))
        .order_by(SignInSession.created_at.desc())
    )
    return [SignInLine(row.id, row.created_at, row.seen_at, row.expires_at) for row in rows if not _ran_out(row)]


@dataclass(frozen=True, slots=True)
class MembershipLine:
    """One organisation a person belongs to, and as what."""

    id: UUID
    organisation_id: UUID
    role: Role

    @property
    def role_label(self) -> str:
        """The role in words."""
        return ROLES[self.role].label


def memberships_of(person_id: UUID) -> list[MembershipLine]:
    """Where a person belongs now, the oldest first."""
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .order_by(Membership.created_at, Membership.id)
    )
    return [MembershipLine(row.id, row.organisation_id, Role(row.role)) for row in rows]


def membership_to_begin_with(person_id: UUID) -> UUID | None:
    """The membership a person signs in to: the one used last, or else the oldest; None when they belong nowhere."""
    mine = (Membership.person_id == person_id, Membership.ended_at.is_(None))
    used_last = db.session.scalar(
        select(SignInSession.membership_id)
        .join(Membership, Membership.id == SignInSession.membership_id)
        .where(*mine)
        .order_by(SignInSession.created_at.desc())
        .limit(1)
    )
    return used_last or db.session.scalar(select(Membership.id).where(*mine).order_by(Membership.created_at).limit(1))


def _ran_out(row: Row[*tuple[Any, ...]]) -> bool:
    now = clock.now()
    return bool(now >= row.expires_at or now - row.seen_at >= limits.idle_limit(Role(row.role)))


def _live(row: Row[*tuple[Any, ...]]) -> LiveSession:
    viewer = Viewer(row.person_id, row.name, Role(row.role), row.organisation_id)
    return LiveSession(row.id, viewer, row.membership_id, row.assurance, row.seen_at, row.is_demo, row.unread)
