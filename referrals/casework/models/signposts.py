"""Signposts: that somebody was told where to go. Counts only, with nothing about who was helped."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified


class Signpost(Identified, Base):
    """So many people, on one day, shown the way to one kind of place by one person of a group. It is no referral."""

    __tablename__ = "signposts"
    # A report counts from the index alone.
    __table_args__ = (Index(None, "group_id", "day", "category", "number"), Index(None, "person_id", "day"))

    group_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    # Codes of the lists categories and signpost_destinations.
    category: Mapped[str] = mapped_column(String(40))
    destination: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    number: Mapped[int]
    created_at: Mapped[datetime]

    def audit_subject(self) -> UUID:
        """The count itself, which belongs to no referral."""
        return self.id
