"""The publicity of an area: what appeared where, the quotes and pictures with it, and who permits to show them."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import ServiceSealedText

QUOTE: Final = "quote"
PICTURE: Final = "picture"
KINDS: Final = (QUOTE, PICTURE)


class Publicity(Identified, Base):
    """One thing that made others see the area and its MP: an article, a post, an evening of awards."""

    __tablename__ = "publicity"
    __table_args__ = (Index(None, "organisation_id", "happened_on"), Index(None, "contact_id"))

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    # A code of publicity_kinds, and one of publicity_channels.
    kind: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(40))
    happened_on: Mapped[date]
    # How many it reached, and a code of publicity_reach for how that was counted; neither, or both.
    reach: Mapped[int | None]
    reach_way: Mapped[str | None] = mapped_column(String(40))
    # The contact with the MP that it came of. A contact that is taken out of the log leaves its publicity behind.
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("mp_contacts.id", ondelete="SET NULL"))
    logged_at: Mapped[datetime]
    logged_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    title_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    link_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    # What it was, in a line; where it can be seen; and the group's own text, ready to be shared.
    title = ServiceSealedText("title_sealed")
    link = ServiceSealedText("link_sealed")
    words = ServiceSealedText("words_sealed")

    def audit_subject(self) -> UUID:
        """The entry itself."""
        return self.id


class PublicityPiece(Identified, Base):
    """A quote or a picture of somebody. It is shown and shared only under permissions in force, and never changed:
    other words are another quote, for which somebody has to be asked again.
    """

    __tablename__ = "publicity_pieces"
    __table_args__ = (Index(None, "publicity_id"),)

    publicity_id: Mapped[UUID] = mapped_column(ForeignKey("publicity.id"))
    # QUOTE or PICTURE.
    kind: Mapped[str] = mapped_column(String(10))
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    whose_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    link_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # The quote, or what the picture shows; who said it, or who took it; where the picture is kept.
    words = ServiceSealedText("words_sealed")
    whose = ServiceSealedText("whose_sealed")
    link = ServiceSealedText("link_sealed")

    def audit_subject(self) -> UUID:
        """The entry it goes with."""
        return self.publicity_id


class PublicityPermission(Identified, Base):
    """What one person permits to be done with a quote or a picture, and until when."""

    __tablename__ = "publicity_permissions"
    __table_args__ = (Index(None, "piece_id"), Index(None, "publicity_id"))

    piece_id: Mapped[UUID] = mapped_column(ForeignKey("publicity_pieces.id"))
    publicity_id: Mapped[UUID] = mapped_column(ForeignKey("publicity.id"))
    # Codes of permission_uses, and one of permission_ways.
    uses: Mapped[list[str]]
    way: Mapped[str] = mapped_column(String(40))
    given_on: Mapped[date]
    # The last day it holds.
    ends_on: Mapped[date]
    withdrawn_at: Mapped[datetime | None]
    kept_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    # The last day that somebody was reminded of.
    reminded_for: Mapped[date | None]
    whose_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    # Who permits it.
    whose = ServiceSealedText("whose_sealed")

    def audit_subject(self) -> UUID:
        """The entry it goes with."""
        return self.publicity_id
