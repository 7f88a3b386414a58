"""Four weeks after: each time a resident is to be asked how things are now, and what they said."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.casework.models.referral import OfReferral
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedText

WAITING = text("standing = 'waiting'")
UNTOLD = text("standing = 'waiting' AND told_at IS NULL")


class LaterAnswer(OfReferral, Identified, Base):
    """The asking that follows one closing of a referral. The answers are codes, so that reports never open a seal."""

    __tablename__ = "later_answers"
    __table_args__ = (
        # What a group still has to ask.
        Index("ix_later_answers_group_waiting", "group_id", "due_on", sqlite_where=WAITING, postgresql_where=WAITING),
        # What the service has to tell its volunteers of, and to end.
        Index("ix_later_answers_untold", "due_on", "id", sqlite_where=UNTOLD, postgresql_where=UNTOLD),
        Index("ix_later_answers_ends", "ends_on", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        # Reports are counted from this alone.
        Index(
            "ix_later_answers_referral_id",
            "referral_id",
            "due_on",
            "told_at",
            "standing",
            "helped_forward",
            "is_solved",
            "less_worried",
        ),
    )

    # The referral's own: what is due is looked for by it.
    group_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    closed_at: Mapped[datetime]
    # London days: from when it is asked, and the last on which it is.
    due_on: Mapped[date]
    ends_on: Mapped[date]
    # When the volunteer was told that it is due; a report counts it as asked from then on.
    told_at: Mapped[datetime | None]
    # waiting, a code of the list later_results, lapsed (nobody asked in time), or stopped (not to be asked any more).
    standing: Mapped[str] = mapped_column(String(20), default="waiting")
    # When it was answered, lapsed or was stopped.
    ended_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    answered_role: Mapped[str | None] = mapped_column(String(40))
    # The day the resident said it, and how: a code of the list later_ways.
    answered_on: Mapped[date | None]
    way: Mapped[str | None] = mapped_column(String(20))
    # Codes of the list later_answers.
    helped_forward: Mapped[str | None] = mapped_column(String(20))
    is_solved: Mapped[str | None] = mapped_column(String(20))
    less_worried: Mapped[str | None] = mapped_column(String(20))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # What else the resident said.
    words = SealedText("words_sealed")
