"""Briefs: one page for one MP about one issue with one body, its suppressed figures, and what the MP then did."""

import json
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, Index, LargeBinary, String, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText

# The parts of a brief that are written, in the order they are read.
PARTS: Final = ("happening", "answers", "costs", "worked", "asking")


class Brief(Identified, Base):
    """One brief. Its figures are those that may leave the house; once it was sent nothing in it can be changed."""

    __tablename__ = "briefs"
    __table_args__ = (Index(None, "organisation_id", "drafted_at"), Index(None, "office_id", "sent_at"))

    # Whose it is: a group, a programme, or the office itself; and the office of the MP it is for.
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    # A code of the list issue_types.
    issue_type: Mapped[str] = mapped_column(String(60))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agencies.id"))
    # The days it counts, both included.
    first_on: Mapped[date]
    last_on: Mapped[date]
    # What briefs/figures.py makes of the counts, hidden and rounded as it was drafted; never an exact count.
    figures: Mapped[dict[str, Any]]
    # What of the MP's skills fits, as it was known then; the shape is that of briefs/skills.py.
    skills: Mapped[dict[str, Any]]
    # Codes of the list brief_asks.
    asks: Mapped[list[str]]
    meeting_on: Mapped[date | None]
    # The last part of the address of a published case study that goes with it, shown while the person agrees.
    story_slug: Mapped[str | None] = mapped_column(String(80))
    drafted_at: Mapped[datetime]
    drafted_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    edited_at: Mapped[datetime]
    edited_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    # When a colleague was asked to approve it as it stands.
    asked_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # Whether nobody else was there to look at it.
    approved_alone: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    # Sealed, because people sometimes write names; JSON with the keys of PARTS.
    words_json = ServiceSealedText("words_sealed")

    @property
    def words(self) -> dict[str, str]:
        """What is written in each part."""
        found: dict[str, str] = json.loads(self.words_json or "{}")
        return {part: found.get(part, "") for part in PARTS}

    @words.setter
    def words(self, words: dict[str, str]) -> None:
        self.words_json = json.dumps({part: words.get(part, "") for part in PARTS}, ensure_ascii=False)

    def audit_subject(self) -> UUID:
        """The brief itself, which belongs to no referral."""
        return self.id


class SentBriefChanged(RuntimeError):
    """A brief that was sent was about to be changed: a fault in the code."""


@event.listens_for(Brief, "before_update")
def _keep_as_sent(_mapper: Mapper[Any], _connection: Connection, brief: Brief) -> None:
    history = inspect(brief).attrs.sent_at.history
    before = [*history.unchanged, *history.deleted]
    if before and before[0] is not None:
        raise SentBriefChanged("a brief that was sent stays as it is")


class BriefAnswer(Identified, Base):
    """One thing the MP did with a brief, or that nothing came of it yet; told by the office, never changed."""

    __tablename__ = "brief_answers"

    brief_id: Mapped[UUID] = mapped_column(ForeignKey("briefs.id"), index=True)
    # A code of the list brief_answers.
    kind: Mapped[str] = mapped_column(String(40))
    happened_on: Mapped[date]
    answered_at: Mapped[datetime]
    answered_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    # An address where it can be read, and what the office says to it.
    link_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    link = ServiceSealedText("link_sealed")
    words = ServiceSealedText("words_sealed")

    def audit_subject(self) -> UUID:
        """The brief it answers."""
        return self.brief_id
