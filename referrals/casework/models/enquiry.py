"""Enquiries to agencies: one a question, with every chaser and what came of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.casework.models.referral import OfReferral
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedText

OPEN = text("ended_on IS NULL")
TO_CHASE = text("chase_on IS NOT NULL")
COUNTED = ("agency_id", "ended_on", "result", "target_on", "id")


class Enquiry(OfReferral, Identified, Base):
    """One question of the office to one agency. Whether it waits, is late or is answered follows from its dates."""

    __tablename__ = "enquiries"
    __table_args__ = (
        # The office's page: what waits for an answer, the longest overdue first, of all agencies or of one.
        Index("ix_enquiries_office_open", "office_id", "due_on", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index(
            "ix_enquiries_office_agency_open",
            "office_id",
            "agency_id",
            "due_on",
            "id",
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_enquiries_to_chase", "chase_on", "id", sqlite_where=TO_CHASE, postgresql_where=TO_CHASE),
        # The ledger is counted from these alone, without opening the wide rows.
        Index("ix_enquiries_office_sent", "office_id", "sent_on", *COUNTED),
        Index("ix_enquiries_referral", "referral_id", "sent_on", *COUNTED),
    )

    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agencies.id"))
    # The office that asked; a case can come to another one later.
    office_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    # A code of the list enquiry_channels.
    channel: Mapped[str] = mapped_column(String(20))
    sent_on: Mapped[date]
    # By when the office expects the answer.
    due_on: Mapped[date]
    # When the next chaser is to be drafted; None while one is ready, and once it is over.
    chase_on: Mapped[date | None]
    # By when the agency's published target, as it was when this was sent, promises an answer; None where it has none.
    target_on: Mapped[date | None]
    # The day it was answered or given up, and how: a code of the list enquiry_results.
    ended_on: Mapped[date | None]
    result: Mapped[str | None] = mapped_column(String(30))
    sent_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    ended_role: Mapped[str | None] = mapped_column(String(40))
    ended_at: Mapped[datetime | None]
    asked_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    agency_reference_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reply_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    asked = SealedText("asked_sealed")
    agency_reference = SealedText("agency_reference_sealed")
    # The words of the answer, or why it was given up.
    reply = SealedText("reply_sealed")


class Chaser(OfReferral, Identified, Base):
    """One reminder of an enquiry: a draft that the service made, until somebody says that it was sent."""

    __tablename__ = "chasers"
    __table_args__ = (Index(None, "referral_id", "id"),)

    enquiry_id: Mapped[UUID] = mapped_column(ForeignKey("enquiries.id"), index=True)
    drafted_at: Mapped[datetime | None]
    # Both None for a draft.
    sent_on: Mapped[date | None]
    channel: Mapped[str | None] = mapped_column(String(20))
    sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str | None] = mapped_column(String(40))
    recorded_at: Mapped[datetime | None]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    words = SealedText("words_sealed")
