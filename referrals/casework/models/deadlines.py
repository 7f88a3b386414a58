"""Dates that periods are counted from, what was decided about the deadlines that follow, and who was warned of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referrals.casework.models.referral import OfReferral
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedText


class DatedEvent(OfReferral, Identified, Base):
    """A date that somebody recorded ("decision letter, 3 March 2026"). Wrong ones are withdrawn, never deleted."""

    __tablename__ = "dated_events"
    __table_args__ = (Index(None, "referral_id", "day"),)

    # A code of deadlines/dates.toml.
    kind: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    # The exact moment, where the time of day matters and was known.
    moment: Mapped[datetime | None]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_role: Mapped[str | None] = mapped_column(String(40))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    words = SealedText("words_sealed")
    # Why it was withdrawn.
    reason = SealedText("reason_sealed")


class DeadlineDecision(OfReferral, Identified, Base):
    """What somebody decided about one deadline: another last day, or that it is over. Rows are only ever added."""

    __tablename__ = "deadline_decisions"
    __table_args__ = (Index(None, "referral_id", "at"),)

    # A deadline is what one rule makes of one date.
    event_id: Mapped[UUID] = mapped_column(ForeignKey("dated_events.id"), index=True)
    rule: Mapped[str] = mapped_column(String(40))
    # moved, counted_again (the last day); met, dropped, opened_again (whether it is over). The last of each counts.
    decision: Mapped[str] = mapped_column(String(20))
    # moved: the last day from now on; met: the day it was done.
    day: Mapped[date | None]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # Why.
    words = SealedText("words_sealed")


class LimitNotice(Identified, Base):
    """That the office was warned of one last day, so that it is warned once."""

    __tablename__ = "limit_notices"
    __table_args__ = (UniqueConstraint("event_id", "rule", "day"),)

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), index=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("dated_events.id"))
    rule: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    told_at: Mapped[datetime]
