"""What happened to a referral along its way: moves between states, notes, and dated milestones."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.casework.models.referral import OfReferral
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedJSON, SealedText


class Move(OfReferral, Identified, Base):
    """One transition as it happened. Rows are only ever added."""

    __tablename__ = "moves"
    __table_args__ = (Index(None, "referral_id", "at"),)

    # A name of casework/workflow.py TRANSITIONS, or "seen".
    transition: Mapped[str] = mapped_column(String(40))
    state_from: Mapped[str] = mapped_column(String(30))
    state_to: Mapped[str] = mapped_column(String(30))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(String(60))
    due_on: Mapped[date | None]
    # Further codes and dates of the answers; no words.
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # The words both sides read, by the name of the ask they answer: {"question": "...", "advice": "..."}.
    words = SealedJSON[dict[str, str]]("words_sealed")


class Note(OfReferral, Identified, Base):
    """A note of one side. Only the organisation that wrote it reads it, until it is shared on purpose."""

    __tablename__ = "notes"
    __table_args__ = (Index(None, "referral_id", "created_at"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    # Set when written as a message to the other side, or shared later.
    shared_at: Mapped[datetime | None]
    shared_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    words = SealedText("words_sealed")


class Milestone(OfReferral, Identified, Base):
    """A dated step on the way to a result ("Medical assessment, 3 March 2026"), seen by both sides."""

    __tablename__ = "milestones"
    __table_args__ = (
        Index(None, "referral_id", "happened_on"),
        # Never twice from the same.
        Index("ix_milestones_source", "source_id", "source", unique=True),
    )

    # A code of the list milestones.
    code: Mapped[str] = mapped_column(String(60))
    happened_on: Mapped[date]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    created_at: Mapped[datetime]
    # What it was made from, where somebody did not note it by hand: enquiry_sent, enquiry_answered or dated_event.
    source: Mapped[str | None] = mapped_column(String(20))
    source_id: Mapped[UUID | None]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    words = SealedText("words_sealed")
