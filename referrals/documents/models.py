"""Documents, whose contents lie sealed in the store under the same ids, and what they are evidence of."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.casework.models import LIES_ELSEWHERE, OfReferral
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedText

WAITING = text("scan = 'waiting' AND removed_at IS NULL")


class Document(OfReferral, Identified, Base):
    """A file on a referral. Only the organisation that added it reads it, until it is shared on purpose."""

    __tablename__ = "documents"
    __table_args__ = (
        Index(None, "referral_id", "added_at"),
        Index("ix_documents_waiting", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        {"info": {LIES_ELSEWHERE: True}},
    )

    # A draft that is thrown away takes its documents along.
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(40))
    added_at: Mapped[datetime]
    # pdf, jpg, png, docx: what it is by its content.
    kind: Mapped[str] = mapped_column(String(10))
    # Bytes of what is given out.
    size: Mapped[int]
    # SHA-256 of what lies in the store, so that a copy of it can be checked without any key.
    digest: Mapped[str] = mapped_column(String(64))
    # clean, waiting, harmful, unscanned.
    scan: Mapped[str] = mapped_column(String(20))
    scanned_at: Mapped[datetime | None]
    shared_at: Mapped[datetime | None]
    shared_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # Taken away: the row tells that it was there, the content is deleted.
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # A code of the list document_removal_reasons.
    removal_reason: Mapped[str | None] = mapped_column(String(40))
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # As it was called where it came from, with the end that its kind has.
    name = SealedText("name_sealed")

    @property
    def has_content(self) -> bool:
        """Whether its content should be in the store."""
        return self.removed_at is None and self.scan != "harmful"


class Evidence(OfReferral, Identified, Base):
    """That a document shows a result, or one sum of it. Either side points to it; rows are only ever added."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("outcome_id", "document_id", "money_row_id"),
        Index(None, "referral_id"),
        {"info": {LIES_ELSEWHERE: True}},
    )

    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcomes.id"))
    # Empty where it shows the result as a whole.
    money_row_id: Mapped[UUID | None] = mapped_column(ForeignKey("money_rows.id"))
    # Where it shows a sum: what it is, a code of the list evidence_kinds.
    kind: Mapped[str | None] = mapped_column(String(40))
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    attached_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    attached_at: Mapped[datetime]
