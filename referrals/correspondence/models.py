"""Letters as they were made and sent, and the stationery of an office: its head, its own texts, and addresses."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, Index, LargeBinary, String, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from referrals.casework.copies.pattern import SAYS_NAMES
from referrals.casework.models import OfReferral
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedJSON, SealedText, ServiceSealedText

# What may still be added to a letter that was sent.
AFTER_SENDING: Final = frozenset({"shared_at", "shared_by_id"})


class Letter(OfReferral, Identified, Base):
    """One letter. Only the office reads it until it is shared; once it was sent nothing in it can be changed."""

    __tablename__ = "letters"
    __table_args__ = (Index(None, "referral_id", "made_at"), {"info": {SAYS_NAMES: True}})

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    # A code of correspondence/letters.py.
    kind: Mapped[str] = mapped_column(String(40))
    # agency, resident, group
    audience: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agencies.id"))
    # The enquiry that it chases, or that its sending was.
    enquiry_id: Mapped[UUID | None] = mapped_column(ForeignKey("enquiries.id"))
    # The version of the office's own text that it was made from; 0 is the text of the service.
    text_version: Mapped[int]
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(40))
    # A code of the list letter_channels: for a resident chosen before it is written, otherwise when it is sent.
    channel: Mapped[str | None] = mapped_column(String(20))
    # To the resident, by the hands of the group.
    through_group: Mapped[bool] = mapped_column(default=False)
    sent_on: Mapped[date | None]
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    shared_at: Mapped[datetime | None]
    shared_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # The letterhead as it was then, as `Sender.plain` makes it: an office is no secret.
    head: Mapped[dict[str, Any]]
    recipient_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # Keys: name, address (lines), reference (theirs).
    recipient = SealedJSON[dict[str, str]]("recipient_sealed")
    words = SealedText("words_sealed")


class SentLetterChanged(RuntimeError):
    """A letter that was sent was about to be changed: a fault in the code."""


@event.listens_for(Letter, "before_update")
def _keep_as_sent(_mapper: Mapper[Any], _connection: Connection, letter: Letter) -> None:
    state = inspect(letter)
    was_sent = state.attrs.sent_at.history
    if not (was_sent.unchanged and was_sent.unchanged[0]) and not (was_sent.deleted and was_sent.deleted[0]):
        return
    changed = {attribute.key for attribute in state.attrs if attribute.history.has_changes()}
    if changed - AFTER_SENDING:
        raise SentLetterChanged("a letter that was sent stays as it is")


class LetterText(Identified, Base):
    """One version of an office's own text of a kind of letter; without words it is the return to the service's."""

    __tablename__ = "letter_texts"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "number"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str] = mapped_column(String(40))
    # From 1 on, without a gap.
    number: Mapped[int]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    words = ServiceSealedText("words_sealed")

    def audit_subject(self) -> UUID:
        """The office whose history a change belongs to."""
        return self.organisation_id


class Letterhead(Identified, Base):
    """The head of an office's letters: how it names itself and how it is reached; no secret, and no picture."""

    __tablename__ = "letterheads"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), unique=True)
    member: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(160))
    address: Mapped[str] = mapped_column(String(400))
    phone: Mapped[str] = mapped_column(String(40))
    email: Mapped[str] = mapped_column(String(254))
    web: Mapped[str] = mapped_column(String(200))
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    def audit_subject(self) -> UUID:
        """The office whose history a change belongs to."""
        return self.organisation_id


class AgencyAddress(Identified, Base):
    """Where an office writes to a body, kept so that it is typed once; sealed, because people sometimes write names."""

    __tablename__ = "agency_addresses"
    __table_args__ = (UniqueConstraint("organisation_id", "agency_id"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agencies.id"))
    saved_at: Mapped[datetime]
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    name = ServiceSealedText("name_sealed")
    address = ServiceSealedText("address_sealed")
