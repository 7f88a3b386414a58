"""The outbox: messages that were promised in a transaction and are still to be delivered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText


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
    leased_by: Mapped[str | None] = mapped_column(String(80))
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    # The class of failure and the SMTP code, never the server's words: those may quote an address or a body.
    last_error: Mapped[str | None] = mapped_column(String(200))

    params = ServiceSealedText("params_sealed")
