"""Outcomes: what the office claims came of it, in codes and money, and what the group says to that."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referrals.casework.models.referral import OfReferral
from referrals.foundation.columns import Pounds
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedText


class Outcome(OfReferral, Identified, Base):
    """One claim by the office. A later claim supersedes it; the group confirms or disputes the current one."""

    __tablename__ = "outcomes"
    # Finds the outcomes of a referral, and holds all that a report counts of them.
    __table_args__ = (
        Index(
            "ix_outcomes_referral_id",
            "referral_id",
            "superseded_at",
            "recorded_at",
            "resolution",
            "standing",
            "evidenced",
            "id",
        ),
    )

    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    # Codes of the lists resolutions and contributions.
    resolution: Mapped[str] = mapped_column(String(40))
    contribution: Mapped[str] = mapped_column(String(40))
    # claimed, confirmed, disputed, unanswered (closed after silence).
    standing: Mapped[str] = mapped_column(String(20), default="claimed")
    evidenced: Mapped[bool] = mapped_column(default=False)
    # What the office says by itself, whatever documents are here: what `evidenced` goes back to when they are removed.
    holds_evidence: Mapped[bool] = mapped_column(default=False)
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    # The group's own view: yes, partly, no; and the resident's three answers: yes, partly, no, not_asked.
    agreed: Mapped[str | None] = mapped_column(String(20))
    helped_forward: Mapped[str | None] = mapped_column(String(20))
    is_solved: Mapped[str | None] = mapped_column(String(20))
    less_worried: Mapped[str | None] = mapped_column(String(20))
    # Whether the resident answered at closing: answered, or a code of the list no_answer_reasons.
    resident_said: Mapped[str | None] = mapped_column(String(20))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # What the office tells the group about the result.
    words = SealedText("words_sealed")
    codes: Mapped[list["OutcomeCode"]] = relationship(back_populates="outcome", order_by="OutcomeCode.position")
    money: Mapped[list["MoneyRow"]] = relationship(back_populates="outcome", order_by="MoneyRow.position")


class OutcomeCode(OfReferral, Identified, Base):
    """One code of the list outcomes that applies."""

    __tablename__ = "outcome_codes"
    __table_args__ = (UniqueConstraint("outcome_id", "code"),)

    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcomes.id"))
    code: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]

    outcome: Mapped[Outcome] = relationship(back_populates="codes")


class MoneyRow(OfReferral, Identified, Base):
    """One sum of one kind. Kinds are never added to each other, nor confirmed sums to predicted ones."""

    __tablename__ = "money_rows"

    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcomes.id"), index=True)
    position: Mapped[int]
    # recurring, one_off, debt_written_off, debt_rescheduled, compensation
    kind: Mapped[str] = mapped_column(String(30))
    amount: Mapped[Decimal] = mapped_column(Pounds())
    # For recurring sums: weekly, fortnightly, four_weekly, monthly, yearly; and what that comes to in a year.
    frequency: Mapped[str | None] = mapped_column(String(20))
    annual_amount: Mapped[Decimal | None] = mapped_column(Pounds())
    # confirmed, estimated, predicted
    basis: Mapped[str] = mapped_column(String(20))
    # A code of the list evidence_kinds; and the one it was recorded with, before a document was pointed to.
    evidence: Mapped[str] = mapped_column(String(40))
    evidence_said: Mapped[str | None] = mapped_column(String(40))
    happened_on: Mapped[date]

    outcome: Mapped[Outcome] = relationship(back_populates="money")
