"""The books, their entries, and the erasable details that entries only hold a digest of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified


class AuditBook(Identified, Base):
    """One organisation's book, or, without an organisation, the service's own; the row is the head of its chain."""

    __tablename__ = "audit_books"

    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"), unique=True)
    head_number: Mapped[int] = mapped_column(BigInteger, default=0)
    head_hash: Mapped[str] = mapped_column(String(64))


class AuditEntry(Base):
    """One event. Numbers run from 1 without a gap; `hash` covers everything here and the hash before it."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "subject_id", "at"), Index(None, "actor_id", "at"))

    book_id: Mapped[UUID] = mapped_column(ForeignKey("audit_books.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    actor_role: Mapped[str | None] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID | None]
    # Codes, dates and ids only: nothing a person wrote, and nothing about a resident in words.
    facts: Mapped[dict[str, Any]]
    detail_digest: Mapped[str | None] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditDetail(Base):
    """The words behind an entry, sealed under the referral's key with the salt of the digest; gone after erasure."""

    __tablename__ = "audit_details"

    book_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    referral_id: Mapped[UUID] = mapped_column(index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
