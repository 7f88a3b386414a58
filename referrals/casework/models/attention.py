"""Who pays attention to a referral: what each side has read, who has it open, and what somebody is still writing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referrals.casework.models.referral import LIES_ELSEWHERE, OfReferral, SealedWithReferral
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedJSON


class Reading(OfReferral, Identified, Base):
    """That an organisation read what the other side had written until then. Added only when something of it was new."""

    __tablename__ = "readings"
    __table_args__ = (Index(None, "referral_id", "at"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    at: Mapped[datetime]


class Presence(Base):
    """That somebody has a referral open, for the eyes of their own organisation; worth nothing a few minutes later.

    It says nothing about the resident, and that they looked is in the book already: it leaves no event of its own.
    """

    __tablename__ = "presences"
    __table_args__ = (Index(None, "seen_at"), {"info": {LIES_ELSEWHERE: True}})

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    opened_at: Mapped[datetime]
    # The last sign of them.
    seen_at: Mapped[datetime]


class KeptText(SealedWithReferral, Identified, Base):
    """What somebody has typed into one form and not sent yet. Nobody else ever reads it, and no book tells of it."""

    __tablename__ = "kept_texts"
    __table_args__ = (
        UniqueConstraint("referral_id", "person_id", "organisation_id", "form"),
        Index(None, "at"),
        {"info": {LIES_ELSEWHERE: True}},
    )

    # A draft that is thrown away takes it along.
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    # Where the form is sent to, from the referral's own address on ("notes/message").
    form: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # The texts by the names of their fields.
    words = SealedJSON[dict[str, str]]("words_sealed")
