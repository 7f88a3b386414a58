"""What was shown: the numbers of a period that is over, kept as whoever may read them first saw them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified


class Publication(Identified, Base):
    """One report of one period over one organisation's referrals, as one profile showed it; it never changes."""

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("organisation_id", "profile", "report", "period"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    profile: Mapped[str] = mapped_column(String(20))
    report: Mapped[str] = mapped_column(String(40))
    period: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]
    # Counts under this were hidden.
    threshold: Mapped[int]
    # Counts and sums by key, and the report as a page shows it; see `packing`. Nothing in it is more than was shown.
    numbers: Mapped[dict[str, Any]]
