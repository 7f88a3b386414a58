"""Two referrals that somebody said belong together, or do not."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified


class ReferralLink(Identified, Base):
    """What one organisation said of two referrals. They stay two: nothing is ever merged."""

    __tablename__ = "referral_links"
    __table_args__ = (
        UniqueConstraint("organisation_id", "referral_id", "other_id"),
        Index(None, "referral_id"),
        Index(None, "other_id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    # Of the two always the smaller id, so that a pair is there once.
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"))
    # A code of the list link_kinds: same_person, same_issue, not_the_same.
    kind: Mapped[str] = mapped_column(String(20))
    linked_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    linked_at: Mapped[datetime]

    def audit_subject(self) -> UUID:
        """The referral whose history a change of this row belongs to; it is told in the other's too."""
        return self.referral_id
