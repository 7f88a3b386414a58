"""“Any news?”: each time the group asked, and what the office answered."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.casework.models.referral import OfReferral
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedText


class NewsRequest(OfReferral, Identified, Base):
    """One time that somebody of the group asked for news, and its answer. It moves nothing and stops no clock."""

    __tablename__ = "news_requests"
    __table_args__ = (Index(None, "referral_id", "asked_at"),)

    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    asked_role: Mapped[str] = mapped_column(String(40))
    asked_at: Mapped[datetime]
    # A code of the list news_answers, and for will_write the day.
    answer: Mapped[str | None] = mapped_column(String(40))
    write_by: Mapped[date | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # The office that answered: the referral may have gone to another since.
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    answered_role: Mapped[str | None] = mapped_column(String(40))
    answered_at: Mapped[datetime | None]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # What the office adds to its answer.
    words = SealedText("words_sealed")
