"""Meetings of an area with its MP: planned, cancelled or held, each with what is to be talked about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText


class Meeting(Identified, Base):
    """One meeting, visit, walkabout or event. What came of it is a contact in the log, as for everything else."""

    __tablename__ = "mp_meetings"
    __table_args__ = (
        Index(None, "organisation_id", "starts_at"),
        Index(None, "starts_at"),
        Index(None, "after_id"),
        Index(None, "contact_id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id"))
    # A code of meeting_kinds, and one of meeting_rhythms.
    kind: Mapped[str] = mapped_column(String(40))
    rhythm: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    # The one before it, from which it was planned.
    after_id: Mapped[UUID | None] = mapped_column(ForeignKey("mp_meetings.id"))
    # The contact that led to it, and the one that it became. A contact taken out of the log leaves the meeting behind.
    came_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("mp_contacts.id", ondelete="SET NULL"))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("mp_contacts.id", ondelete="SET NULL"))
    # Who is invited: the MP, people of the group, and people whom the group knows.
    member_invited: Mapped[bool]
    ours: Mapped[list[str]]
    known: Mapped[list[str]]
    # Whom of those around the MP it was planned with and is no longer: their calendars may still show it.
    dropped: Mapped[list[str]] = mapped_column(default=list)
    # How many guests are expected, and how many came.
    expected: Mapped[int | None]
    came: Mapped[int | None]
    planned_at: Mapped[datetime]
    planned_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    # How often what the invitation says has changed, and when it last did.
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    cancelled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # The beginning that people were reminded of.
    reminded_for: Mapped[datetime | None]
    subject_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    place_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    link_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    guests_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    subject = ServiceSealedText("subject_sealed")
    # Where it is, or the address under which to join.
    place = ServiceSealedText("place_sealed")
    link = ServiceSealedText("link_sealed")
    # Other organisations that are invited, one a line.
    guests = ServiceSealedText("guests_sealed")

    @property
    def is_open(self) -> bool:
        """Whether it is neither cancelled nor in the log."""
        return self.cancelled_at is None and self.contact_id is None

    def audit_subject(self) -> UUID:
        """The meeting itself."""
        return self.id


class AgendaItem(Identified, Base):
    """One thing to talk about: in words of the group, or something of its records, which is read where it is kept."""

    __tablename__ = "mp_agenda_items"
    __table_args__ = (UniqueConstraint("meeting_id", "source", "source_id"), Index(None, "meeting_id", "place"))

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("mp_meetings.id"))
    place: Mapped[int]
    # words, referral, brief or follow_up; the last three with the id of what it is.
    source: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[UUID | None]
    # Taken off on purpose: bringing the agenda up to date does not put it back.
    left_out: Mapped[bool] = mapped_column(default=False)
    # What it is, or what the group wants to say about it.
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    words = ServiceSealedText("words_sealed")

    def audit_subject(self) -> UUID:
        """The meeting it is for."""
        return self.meeting_id
