"""Where an area and its MP stand: how far they have come together, and the stance that the area sees; both dated."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText


class Stage(Identified, Base):
    """From which day on an area and its MP were at which stage, as a lead of the area says; never changed."""

    __tablename__ = "engagement_stages"
    __table_args__ = (Index(None, "organisation_id", "term_id", "since_on"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id"))
    # A code of the list engagement_stages.
    stage: Mapped[str] = mapped_column(String(40))
    since_on: Mapped[date]
    set_at: Mapped[datetime]
    set_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))

    def audit_subject(self) -> UUID:
        """The stage itself."""
        return self.id


class Stance(Identified, Base):
    """How the MP stands towards an area, as somebody assessed it on a day, with what they go by; never changed."""

    __tablename__ = "stances"
    __table_args__ = (Index(None, "organisation_id", "term_id", "assessed_on"), Index(None, "due_on"))

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id"))
    # A code of the list stances.
    stance: Mapped[str] = mapped_column(String(20))
    assessed_on: Mapped[date]
    assessed_at: Mapped[datetime]
    assessed_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    # When it is to be looked at again.
    due_on: Mapped[date]
    reminded: Mapped[bool] = mapped_column(default=False)
    evidence_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    evidence = ServiceSealedText("evidence_sealed")

    def audit_subject(self) -> UUID:
        """The assessment itself."""
        return self.id
