"""Consents: each a record of its own, saying who agreed to what, how, when, and until when."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referrals.casework.models.referral import OfReferral, Referral
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedText


class Consent(OfReferral, Identified, Base):
    """One agreement of the resident (or of one of the four grounds without it). Withdrawn, never deleted."""

    __tablename__ = "consents"

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), index=True)
    # group_to_office, office_to_group, agency, story, transfer
    kind: Mapped[str] = mapped_column(String(30))
    to_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agencies.id"))
    # For office_to_group: none, status, outcome, full.
    scope: Mapped[str | None] = mapped_column(String(20))
    # Whether health and other special category data may be shared: it needs the resident's explicit words.
    covers_health: Mapped[bool] = mapped_column(default=False)
    wording_version: Mapped[str] = mapped_column(String(20))
    # Codes of the lists consent_capacities, consent_methods and consent_grounds (own_request when the resident asked).
    given_by: Mapped[str] = mapped_column(String(40))
    method: Mapped[str] = mapped_column(String(40))
    ground: Mapped[str] = mapped_column(String(40))
    given_on: Mapped[date]
    expires_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    # A ground other than the resident's own request counts only once a lead has approved it.
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    note = SealedText("note_sealed")
    referral: Mapped[Referral] = relationship(back_populates="consents")
