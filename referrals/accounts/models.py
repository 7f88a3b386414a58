"""People, the organisations they belong to, and the tokens by which they come in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referrals.foundation.database import Base, Identified


class Person(Identified, Base):
    """Somebody who signs in. Residents are never in this table."""

    __tablename__ = "people"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    is_demo: Mapped[bool] = mapped_column(default=False)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="person", foreign_keys="Membership.person_id")

    def audit_subject(self) -> UUID:
        """What the event of a change is about."""
        return self.id


class Membership(Identified, Base):
    """One person's role in one organisation; ended, never deleted, because history refers to it."""

    __tablename__ = "memberships"
    __table_args__ = (Index(None, "organisation_id", "ended_at"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="memberships", foreign_keys=[person_id])

    def audit_subject(self) -> UUID:
        """Whose membership it is: events about it are events about the person."""
        return self.person_id


class Invitation(Identified, Base):
    """An offer to join an organisation, good for one use of the link that was mailed."""

    __tablename__ = "invitations"

    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    invited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    def audit_subject(self) -> UUID:
        """What the event of a change is about."""
        return self.id


class SignInSession(Identified, Base):
    """One signed-in browser. The browser holds the token, this row only its hash; ending the row ends the session."""

    __tablename__ = "sign_in_sessions"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("memberships.id"))
    # How surely we know who this is: "password" today; a second factor raises it.
    assurance: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None] = mapped_column(String(40))

    person: Mapped[Person] = relationship()
    membership: Mapped[Membership] = relationship()


class PasswordReset(Identified, Base):
    """A mailed link to choose a new password: one use, one hour."""

    __tablename__ = "password_resets"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class CalendarLink(Identified, Base):
    """The secret address under which one person's calendar reads their dates, as one of one organisation."""

    __tablename__ = "calendar_links"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("memberships.id"), index=True)
    # mine, all (of an office)
    covers: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    def audit_subject(self) -> UUID:
        """Whose it is: events about it are events about the person."""
        return self.person_id


class SignInAttempt(Identified, Base):
    """One attempt to sign in, kept by a keyed hash of the address so that guessing can be slowed down."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "email_hash", "at"),)

    email_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime]
    succeeded: Mapped[bool]
