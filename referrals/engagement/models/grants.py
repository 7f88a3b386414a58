"""The register of small grants: rounds with their themes, the awards made in each, and under which name they go out."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText


class GrantRound(Identified, Base):
    """One round of small grants of a group: when it is open, and how much it can give in all."""

    __tablename__ = "grant_rounds"
    __table_args__ = (Index(None, "organisation_id", "opens_on"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    # All that the round can give, in pence.
    total_pence: Mapped[int]
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    name = ServiceSealedText("name_sealed")

    def audit_subject(self) -> UUID:
        """The round itself."""
        return self.id


class GrantTheme(Identified, Base):
    """What a part of the awards of a round is for; at most six a round, by their place on its form."""

    __tablename__ = "grant_themes"
    __table_args__ = (Index(None, "round_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("grant_rounds.id"))
    place: Mapped[int]
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    name = ServiceSealedText("name_sealed")

    def audit_subject(self) -> UUID:
        """The round it belongs to."""
        return self.round_id


class GrantAward(Identified, Base):
    """One award to an organisation or a project, never to a private person. Withdrawn, it stays, and counts nowhere."""

    __tablename__ = "grant_awards"
    __table_args__ = (Index(None, "round_id"), Index(None, "organisation_id", "awarded_on"))

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    round_id: Mapped[UUID] = mapped_column(ForeignKey("grant_rounds.id"))
    theme_id: Mapped[UUID] = mapped_column(ForeignKey("grant_themes.id"))
    amount_pence: Mapped[int]
    awarded_on: Mapped[date]
    # A code of grant_recipients, and the number by which a public register knows it, if one does.
    recipient_kind: Mapped[str] = mapped_column(String(40))
    recipient_number: Mapped[str | None] = mapped_column(String(20))
    # The day of the event at which it was handed over.
    presented_on: Mapped[date | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # Sealed, because a project or an event may be called after somebody.
    recipient_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    project_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    purpose_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    presenter_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    event_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    why_withdrawn_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    # Who gets it, what it is called in a few words, and what it is for.
    recipient = ServiceSealedText("recipient_sealed")
    project = ServiceSealedText("project_sealed")
    purpose = ServiceSealedText("purpose_sealed")
    # Who handed it over (the MP, say), and at what event.
    presenter = ServiceSealedText("presenter_sealed")
    event = ServiceSealedText("event_sealed")
    why_withdrawn = ServiceSealedText("why_withdrawn_sealed")

    def audit_subject(self) -> UUID:
        """The round it was made in."""
        return self.round_id


class GrantGiver(Base):
    """Under which name and numbers the awards of a group go out as open data."""

    __tablename__ = "grant_givers"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    # The prefix that 360Giving has registered for the group: "360G-" and a word.
    prefix: Mapped[str | None] = mapped_column(String(40))
    # Of the body that holds the money.
    charity_number: Mapped[str | None] = mapped_column(String(20))
    company_number: Mapped[str | None] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    def audit_subject(self) -> UUID:
        """The group."""
        return self.organisation_id
