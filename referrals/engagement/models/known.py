"""What an area knows of its MP's staff and of other elected people, with how they are reached, and of interests."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText


class KnownPerson(Identified, Base):
    """Somebody a group has to do with: of the staff of an MP, or, without a term, another elected person."""

    __tablename__ = "known_people"
    __table_args__ = (Index(None, "organisation_id", "term_id"),)

    # The group that knows them.
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    term_id: Mapped[UUID | None] = mapped_column(ForeignKey("terms.id"))
    begins_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    noted_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    role_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    name = ServiceSealedText("name_sealed")
    # What they do, or for what they were elected.
    role = ServiceSealedText("role_sealed")

    def audit_subject(self) -> UUID:
        """The person themselves."""
        return self.id


class ContactDetail(Identified, Base):
    """One way to reach a known person, from a day until a day; never changed, only ended, so that it is a history."""

    __tablename__ = "contact_details"

    known_person_id: Mapped[UUID] = mapped_column(ForeignKey("known_people.id"), index=True)
    # A code of the list contact_detail_kinds.
    kind: Mapped[str] = mapped_column(String(20))
    from_on: Mapped[date]
    # The first day on which it was not right any more.
    until_on: Mapped[date | None]
    value_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    value = ServiceSealedText("value_sealed")

    def audit_subject(self) -> UUID:
        """Whom it reaches."""
        return self.known_person_id


class Interest(Identified, Base):
    """Something an MP cares about, as an area has heard it."""

    __tablename__ = "mp_interests"
    __table_args__ = (Index(None, "organisation_id", "term_id"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id"))
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    source_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    words = ServiceSealedText("words_sealed")
    # Where it was heard or read.
    source = ServiceSealedText("source_sealed")

    def audit_subject(self) -> UUID:
        """The interest itself."""
        return self.id
