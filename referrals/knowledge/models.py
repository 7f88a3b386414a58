"""The answers that an area and the office of its MP keep: a question and an answer that are about nobody."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText

WAITING = "waiting"
SHOWN = "shown"
TAKEN_DOWN = "taken_down"


class KnowledgeEntry(Identified, Base):
    """One answer. It waits until a second person has checked it, stands on the page, and may be taken down again.

    It was written from a request for advice, and stays when that is erased: there is nobody in it. Its words are sealed
    all the same, because a person may have missed one, and are gone from here once it is taken down.
    """

    __tablename__ = "knowledge_entries"
    __table_args__ = (
        Index(None, "group_id", "state"),
        Index(None, "office_id", "state"),
        # At most one of a request is waiting or shown; see actions.py.
        Index(None, "asked_in_id"),
    )

    group_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    # The request that it answers. No foreign key: it tells of something elsewhere, and belongs to no referral.
    asked_in_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(String(12))
    # A code of categories, and the body that it is about, if one was named.
    category: Mapped[str] = mapped_column(String(40))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agencies.id"))
    written_at: Mapped[datetime]
    # Whoever wrote what it says now: somebody else checks it.
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    checked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime | None]
    # The day on which somebody last said that it is right.
    right_on: Mapped[date]
    # A code of knowledge_endings.
    why_down: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)
    question_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    source_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    question = ServiceSealedText("question_sealed")
    answer = ServiceSealedText("answer_sealed")
    # The law, the page or the body that says so.
    source = ServiceSealedText("source_sealed")

    def audit_subject(self) -> UUID:
        """The entry itself."""
        return self.id
