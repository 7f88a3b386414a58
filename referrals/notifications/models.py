"""The outbox, the notices that people find in the app, and how each person wants mail to come."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText

# How `last_error` begins where the paper that a message brings could not be made.
PAPER_FAILED = "PaperFailed"


class OutboxMessage(Identified, Base):
    """One message to one address. `state` is waiting, leased, sent, dead or cancelled."""

    __tablename__ = "outbox_messages"
    __table_args__ = (Index(None, "state", "due_at"),)

    # The RFC 5322 Message-ID, fixed when queued, so that a message sent twice is seen as one.
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    to_address: Mapped[str] = mapped_column(String(254))
    to_person_id: Mapped[UUID | None] = mapped_column(index=True)
    # Reference, link path and other neutral words as JSON, sealed because a link may carry a token; emptied once sent.
    params_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    # The end of the quiet hours of whoever gets it; None where it was to go at once. Only the first attempt waits.
    not_before: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(String(80))
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    # The class of failure and the SMTP code, never the server's words: those may quote an address or a body.
    last_error: Mapped[str | None] = mapped_column(String(200))

    params = ServiceSealedText("params_sealed")


UNREAD = text("read_at IS NULL")
READ = text("read_at IS NOT NULL")
WAITING = text("for_digest")


class Notice(Identified, Base):
    """The same message as one person finds it in the app, as one of one organisation: a kind, a reference, a page."""

    __tablename__ = "notices"
    __table_args__ = (
        # The list, the unread first; the count at the head of every page reads the first of them alone.
        Index(
            "ix_notices_unread",
            "person_id",
            "organisation_id",
            "id",
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
        Index("ix_notices_read", "person_id", "organisation_id", "id", sqlite_where=READ, postgresql_where=READ),
        # What the next digests tell of: none of the rows that were told.
        Index("ix_notices_for_digest", "person_id", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index(None, "at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    # A class of messages.py.
    kind: Mapped[str] = mapped_column(String(60))
    reference: Mapped[str | None] = mapped_column(String(12))
    path: Mapped[str] = mapped_column(String(301))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    # Whether the next digest of its person still has to tell of it.
    for_digest: Mapped[bool] = mapped_column(default=False)


class MailWish(Base):
    """How one person wants ordinary mail to come; who has none gets it at once. Hours are those of London."""

    __tablename__ = "mail_wishes"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    # at_once, daily, never
    way: Mapped[str] = mapped_column(String(20))
    # The hour of the daily digest, 0 to 23.
    digest_hour: Mapped[int]
    # Quiet from one full hour until another, perhaps over midnight; both or neither.
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    quiet_weekends: Mapped[bool] = mapped_column(default=False)
    # The day whose digest was made last, so that there is one a day.
    digest_on: Mapped[date | None]
