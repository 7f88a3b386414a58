"""The log of an area: each contact with its MP or the MP's office, and what was to be done after it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText


class Contact(Identified, Base):
    """One contact. Contacts that came of one another share a story, which is called by the id of its first contact."""

    __tablename__ = "mp_contacts"
    __table_args__ = (
        Index(None, "organisation_id", "happened_on"),
        Index(None, "story_id"),
        Index(None, "came_of_id"),
    )

    # The group whose log it is; and the term, because a new MP is a new beginning.
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id"))
    story_id: Mapped[UUID] = mapped_column(ForeignKey("mp_contacts.id"))
    came_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("mp_contacts.id"))
    happened_on: Mapped[date]
    # A code of mp_channels; codes of engagement_types and of mp_contributions.
    channel: Mapped[str] = mapped_column(String(40))
    types: Mapped[list[str]]
    contributions: Mapped[list[str]]
    # Ids of people of the group who took part.
    ours: Mapped[list[str]]
    # Ids of people who work for the MP, of those whom the group knows (KnownPerson), who took part.
    staff: Mapped[list[str]] = mapped_column(default=list)
    # Whether the MP took part in person.
    member_there: Mapped[bool]
    logged_at: Mapped[datetime]
    logged_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    subject_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    agreed_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    others_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    theirs_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    # What it was about, in a line that coordinators of the programme read too.
    subject = ServiceSealedText("subject_sealed")
    # What was said and agreed; who else was there of the area, and who of the office.
    agreed = ServiceSealedText("agreed_sealed")
    others = ServiceSealedText("others_sealed")
    theirs = ServiceSealedText("theirs_sealed")

    def audit_subject(self) -> UUID:
        """The contact itself, which belongs to no referral."""
        return self.id


class FollowUp(Identified, Base):
    """Something to be done after a contact, by somebody of the group, or, without an owner, by the MP's office."""

    __tablename__ = "follow_ups"
    __table_args__ = (Index(None, "organisation_id", "standing", "due_on"), Index(None, "contact_id"))

    contact_id: Mapped[UUID] = mapped_column(ForeignKey("mp_contacts.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # Who hears of it when the office should have done it: whoever wrote it down.
    noted_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date]
    # open, done or dropped.
    standing: Mapped[str] = mapped_column(String(10), default="open")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # The due day that was reminded of.
    reminded_for: Mapped[date | None]
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    words = ServiceSealedText("words_sealed")

    def audit_subject(self) -> UUID:
        """The contact it came of."""
        return self.contact_id
