"""Impact reports: the figures as they were counted, the words about them, and what was issued, file by file."""

import base64
import json
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, Index, LargeBinary, String, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText

# What may still change in a report that was issued: that a corrected one took its place.
AFTER_ISSUING: Final = frozenset({"state", "superseded_at", "version"})


class ImpactReport(Identified, Base):
    """One report of one organisation over one period. Once it was issued nothing in it can be changed."""

    __tablename__ = "impact_reports"
    __table_args__ = (Index(None, "organisation_id", "state"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    # A code of publishing/periods.py.
    period: Mapped[str] = mapped_column(String(12))
    # A state of publishing/workflow.py.
    state: Mapped[str] = mapped_column(String(20))
    counted_at: Mapped[datetime]
    # What was counted, as drafting/counting.py makes it: numbers about many, already made safe to give away.
    figures: Mapped[dict[str, Any]]
    drafted_at: Mapped[datetime]
    drafted_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    # Who last changed the words or the figures, and so cannot be the second person to look at them.
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # Whether it was approved by who wrote it, because the organisation had nobody else.
    approved_alone: Mapped[bool] = mapped_column(default=False)
    issued_at: Mapped[datetime | None]
    issued_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # Of what it says, in the order of its keys.
    content_sha256: Mapped[str | None] = mapped_column(String(64))
    # The issued report that this one corrects.
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("impact_reports.id"))
    superseded_at: Mapped[datetime | None]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    # Why the earlier one had to be corrected.
    reason = ServiceSealedText("reason_sealed")
    _words = ServiceSealedText("words_sealed")
    _content = ServiceSealedText("content_sealed")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    @property
    def words(self) -> dict[str, str]:
        """The text of each section by its key; each reading is a fresh copy: to change it, assign."""
        found: dict[str, str] = json.loads(self._words or "{}")
        return found

    @words.setter
    def words(self, words: dict[str, str]) -> None:
        self._words = json.dumps(words, ensure_ascii=False)

    @property
    def content(self) -> dict[str, Any] | None:
        """All that the issued report says, as `Sheet.plain` made it; None until it is issued."""
        found: dict[str, Any] | None = json.loads(self._content) if self._content else None
        return found

    def keep_content(self, text: str, sha256: str) -> None:
        """Keep what it says, as JSON, and its digest."""
        self._content, self.content_sha256 = text, sha256

    def audit_subject(self) -> UUID:
        """What the event of a change is about."""
        return self.id


class ImpactFile(Identified, Base):
    """A report as a file, as it was issued; never changed and never removed."""

    __tablename__ = "impact_files"
    __table_args__ = (UniqueConstraint("report_id", "form"),)

    report_id: Mapped[UUID] = mapped_column(ForeignKey("impact_reports.id"))
    # pdf, docx
    form: Mapped[str] = mapped_column(String(10))
    sha256: Mapped[str] = mapped_column(String(64))
    # In bytes.
    size: Mapped[int]
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    _content = ServiceSealedText("content_sealed")

    @property
    def content(self) -> bytes:
        """The file itself."""
        return base64.b64decode(self._content or "")

    @content.setter
    def content(self, content: bytes) -> None:
        self._content = base64.b64encode(content).decode()

    def audit_subject(self) -> UUID:
        """The report that it is of."""
        return self.report_id


class IssuedReportChanged(RuntimeError):
    """A report that was issued, or one of its files, was about to be changed: a fault in the code."""


@event.listens_for(ImpactReport, "before_update")
def _keep_as_issued(_mapper: Mapper[Any], _connection: Connection, report: ImpactReport) -> None:
    state = inspect(report)
    issued = state.attrs.issued_at.history
    if not (issued.unchanged and issued.unchanged[0]) and not (issued.deleted and issued.deleted[0]):
        return
    changed = {attribute.key for attribute in state.attrs if attribute.history.has_changes()}
    if changed - AFTER_ISSUING:
        raise IssuedReportChanged("a report that was issued stays as it is")


@event.listens_for(ImpactReport, "before_delete")
def _keep_issued(_mapper: Mapper[Any], _connection: Connection, report: ImpactReport) -> None:
    if report.issued_at is not None:
        raise IssuedReportChanged("a report that was issued stays")


@event.listens_for(ImpactFile, "before_update")
@event.listens_for(ImpactFile, "before_delete")
def _keep_file(_mapper: Mapper[Any], _connection: Connection, _file: ImpactFile) -> None:
    raise IssuedReportChanged("a file of a report that was issued stays as it is")
