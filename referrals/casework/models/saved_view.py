"""Saved views: what somebody of an office asks of the queue again and again, under a name."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText


class SavedView(Identified, Base):
    """A tab of the queue with its filters and its order, one person's own until they share it with their office."""

    __tablename__ = "saved_views"
    __table_args__ = (Index(None, "organisation_id", "person_id"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    # Lists of values of the queue's address by name, as they were when it was saved: read again whenever it is opened.
    codes: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    # Since when the whole office has it; None while it is one person's own.
    shared_at: Mapped[datetime | None]
    # Sealed, because people sometimes write names.
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    name = ServiceSealedText("name_sealed")

    def audit_subject(self) -> UUID:
        """The office whose history a change belongs to."""
        return self.organisation_id
