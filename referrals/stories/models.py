"""A case study while it is written, what the person agreed to for it, and the copy that is published."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referrals.casework.copies.pattern import SAYS_NAMES
from referrals.casework.models import Consent, OfReferral
from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import SealedJSON, SealedText


class StoryAgreement(OfReferral, Identified, Base):
    """How far one agreement of the kind "story" goes: what it covers, and where that may be shown."""

    __tablename__ = "story_agreements"
    __table_args__ = {"info": {SAYS_NAMES: True}}  # noqa: RUF012 - SQLAlchemy declares it so

    consent_id: Mapped[UUID] = mapped_column(ForeignKey("consents.id"), unique=True)
    # Of the list story_coverage; the text itself is what is agreed to at all.
    quote: Mapped[bool]
    picture: Mapped[bool]
    # Of the list story_places.
    page: Mapped[bool]
    file: Mapped[bool]
    report: Mapped[bool]

    consent: Mapped[Consent] = relationship(lazy="joined", innerjoin=True)


class PublishedStory(Identified, Base):
    """What everybody may read: public by the person's consent, so nothing is sealed, and no way leads to the referral.

    When it ends its words are gone from here; that there was one at this address stays, for those who come again.
    """

    __tablename__ = "published_stories"
    __table_args__ = (Index(None, "published_at", "id"),)

    # The last part of its address: made of a code and chance, because addresses outlive words.
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    # Who tells it, and the two sides it is about.
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    group_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    category: Mapped[str] = mapped_column(String(40))
    published_at: Mapped[datetime]
    title: Mapped[str | None] = mapped_column(String(120))
    # `Sheet.plain` of rendering/sheet.py but for the title.
    content: Mapped[dict[str, Any] | None]
    ended_at: Mapped[datetime | None]


class CaseStudy(OfReferral, Identified, Base):
    """One case study of one organisation, from its first word on; its words are sealed until they are published."""

    __tablename__ = "case_studies"
    __table_args__ = (
        Index(None, "organisation_id", "state", "updated_at"),
        Index(None, "referral_id"),
        {"info": {SAYS_NAMES: True}},
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    # A code of stories/workflow.py.
    state: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    # Everybody who ever wrote in it: none of them may approve it.
    writers: Mapped[list[str]]
    # Whether the MP is to be named, if their office agrees.
    names_mp: Mapped[bool] = mapped_column(default=False)
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("story_agreements.id"))
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    # Until when the other side may object, and what it said: a code of the list story_answers.
    answer_by: Mapped[date | None]
    answer: Mapped[str | None] = mapped_column(String(20))
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    published_id: Mapped[UUID | None] = mapped_column(ForeignKey("published_stories.id"), unique=True)
    # The last day of the agreement that was reminded of.
    reminded_for: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    # A code of the list story_endings.
    ended_why: Mapped[str | None] = mapped_column(String(30))
    version: Mapped[int] = mapped_column(default=1)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    facts_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    checks_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    said_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # By the codes of stories/sections.py.
    words = SealedJSON[dict[str, str]]("words_sealed")
    # What was chosen of the facts: pairs of a label and a text.
    facts = SealedJSON[list[list[str]]]("facts_sealed")
    # By the codes of the list story_checks: {"answer": "yes" or "no", "done": words}.
    checks = SealedJSON[dict[str, dict[str, str]]]("checks_sealed")
    # Why it was sent back, or what the other side has against it.
    said = SealedText("said_sealed")

    @property
    def forms(self) -> str:
        """How the names of its forms begin, among those of its referral."""
        return f"stories/{self.id}/"

    agreement: Mapped[StoryAgreement | None] = relationship()
    published: Mapped[PublishedStory | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so
