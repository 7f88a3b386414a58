"""What a person has said they have seen of the news about their group's referrals."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base


class NewsMark(Base):
    """Until when a person, in one organisation, has seen all news. A trace of reading, so it leaves no event."""

    __tablename__ = "news_marks"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    seen_until: Mapped[datetime]
