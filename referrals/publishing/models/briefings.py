"""Briefings: what an area tells one of its MPs every quarter, kept as it was sent."""

import base64
import json
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, Index, LargeBinary, String, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText

# The texts that people write in a briefing, in the order they are read.
TEXTS: Final = ("opening", "summary", "themes", "results", "stories")
# Those that the service writes a first text for, which a writer can leave out.
DRAFTED: Final = ("summary", "themes", "results")


class Briefing(Identified, Base):
    """One quarter of one group for one MP. What is drafted stays apart from what is written beside it."""

    __tablename__ = "briefings"
    __table_args__ = (
        UniqueConstraint("organisation_id", "term_id", "period"),
        Index(None, "term_id", "sent_at"),
        Index(None, "contact_id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id"))
    # A quarter, as publishing/periods.py calls it.
    period: Mapped[str] = mapped_column(String(12))
    # draft, approved or issued, of publishing/workflow.py.
    state: Mapped[str] = mapped_column(String(20))
    # What briefings/drafting.py makes: numbers that may leave the house, and the first texts made from them.
    figures: Mapped[dict[str, Any]]
    # Of DRAFTED, what the writer does not want in it.
    left_out: Mapped[list[str]]
    # The last part of the address of each case study that goes with it.
    slugs: Mapped[list[str]]
    drafted_at: Mapped[datetime]
    # Nobody where the service drafted it because a quarter was over.
    drafted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # Who last wrote in it; nobody as long as nobody has gone through it.
    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # Whether nobody else was there to look at it.
    approved_alone: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # The entry in the log. One that is taken out of the log leaves the briefing as it was sent.
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("mp_contacts.id", ondelete="SET NULL"))
    # Of what it says, in the order of its keys.
    content_sha256: Mapped[str | None] = mapped_column(String(64))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    addresses_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    file_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    _words = ServiceSealedText("words_sealed")
    _addresses = ServiceSealedText("addresses_sealed")
    _content = ServiceSealedText("content_sealed")
    _file = ServiceSealedText("file_sealed")

    @property
    def words(self) -> dict[str, Any]:
        """What people wrote: each of TEXTS, "asks" and "past"; each reading is a fresh copy: to change it, assign.

        An ask is {"what", "whom", "by"}, the day in ISO or empty; one of the past has "became" beside these.
        """
        found: dict[str, Any] = json.loads(self._words or "{}")
        return {"asks": [], "past": [], **dict.fromkeys(TEXTS, ""), **found}

    @words.setter
    def words(self, words: dict[str, Any]) -> None:
        self._words = json.dumps(words, ensure_ascii=False)

    @property
    def addresses(self) -> list[str]:
        """To which addresses it went."""
        found: list[str] = json.loads(self._addresses or "[]")
        return found

    @addresses.setter
    def addresses(self, addresses: list[str]) -> None:
        self._addresses = json.dumps(addresses)

    @property
    def content(self) -> dict[str, Any] | None:
        """All that was sent, but the words of case studies, as `briefings/sheet.py` made it; None until it is sent."""
        found: dict[str, Any] | None = json.loads(self._content) if self._content else None
        return found

    @property
    def file(self) -> bytes:
        """The PDF of that."""
        return base64.b64decode(self._file or "")

    def keep(self, content: str, sha256: str, file: bytes) -> None:
        """Keep what it says, as JSON with its digest, and as PDF."""
        self._content, self.content_sha256 = content, sha256
        self._file = base64.b64encode(file).decode()

    def audit_subject(self) -> UUID:
        """The briefing itself, which belongs to no referral."""
        return self.id


class BriefingRound(Identified, Base):
    """That the briefings of a group over a quarter were drafted, and its leads told: once, whatever came of them."""

    __tablename__ = "briefing_rounds"
    __table_args__ = (UniqueConstraint("organisation_id", "period"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    period: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]

    def audit_subject(self) -> UUID:
        """The group."""
        return self.organisation_id


class SentBriefingChanged(RuntimeError):
    """A briefing that was sent was about to be changed: a fault in the code."""


@event.listens_for(Briefing, "before_update")
def _keep_as_sent(_mapper: Mapper[Any], _connection: Connection, briefing: Briefing) -> None:
    history = inspect(briefing).attrs.sent_at.history
    before = [*history.unchanged, *history.deleted]
    if before and before[0] is not None:
        raise SentBriefingChanged("a briefing that was sent stays as it is")


@event.listens_for(Briefing, "before_delete")
def _keep_sent(_mapper: Mapper[Any], _connection: Connection, briefing: Briefing) -> None:
    if briefing.sent_at is not None:
        raise SentBriefingChanged("a briefing that was sent stays")
