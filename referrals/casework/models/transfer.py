"""Transfers: a referral offered by the office that has it to another one, and what the other office said."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.casework.models.referral import OfReferral
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedText

ON_OFFER: Final = text("standing = 'offered'")


class Transfer(OfReferral, Identified, Base):
    """One offer, from one office to one other; the referral changes hands only when it is accepted. Never deleted."""

    __tablename__ = "transfers"
    __table_args__ = (
        # A referral is on offer to one office at a time.
        Index("ix_transfers_on_offer", "referral_id", unique=True, sqlite_where=ON_OFFER, postgresql_where=ON_OFFER),
        Index(None, "referral_id"),
        Index(None, "to_office_id", "standing", "offered_at"),
        Index(None, "from_office_id", "standing", "offered_at"),
    )

    from_office_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    to_office_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    # offered, accepted, rejected, revoked; lapsed where the referral came to where it cannot be handed on.
    standing: Mapped[str] = mapped_column(String(20))
    # A code of the list transfer_reasons.
    reason: Mapped[str] = mapped_column(String(40))
    # The resident's agreement that it goes to that office; None where there is no resident.
    consent_id: Mapped[UUID | None] = mapped_column(ForeignKey("consents.id"))
    offered_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    offered_at: Mapped[datetime]
    # By when the other office should have decided.
    due_on: Mapped[date]
    # Who ended the offer, on either side; nobody where it lapsed.
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]
    # Why it was rejected: a code of the list transfer_rejections.
    answer_reason: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # What the one office tells the other, before it can read anything else; and what it was told in return.
    words = SealedText("words_sealed")
    answer = SealedText("answer_sealed")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so
