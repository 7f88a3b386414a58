"""A referral and the resident it is about: plain codes and dates for queues and reports, all words sealed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, String, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from referrals.foundation.database import Base, Identified
from referrals.foundation.sealing import KeyDestroyed, KeyHolder, RowKey, SealedJSON, SealedText

# What reports ask of what was sent lately, and the lists of what is behind their numbers.
REPORTED = ("issue_type", "agency_id", "state", "ended_at", "id")
# And what they ask, in a group, of what is open.
REPORTED_OPEN = (
    *("state", "waiting_on", "category", "issue_type", "urgency", "submitted_at", "waiting_on_since"),
    *("referrer_id", "submitted_by_id", "ended_at"),
)
OPEN_WITH_OFFICE = text("ended_at IS NULL AND submitted_at IS NOT NULL")
NOT_ENDED = text("ended_at IS NULL")
ENDED = text("ended_at IS NOT NULL")
# A mark in the `info` of a table whose rows tell of something elsewhere, or only of the moment: they are not copied.
LIES_ELSEWHERE = "lies_elsewhere"
WITH_LIMIT = text("ended_at IS NULL AND submitted_at IS NOT NULL AND limit_on IS NOT NULL")
UNASSIGNED = text("ended_at IS NULL AND submitted_at IS NOT NULL AND assignee_id IS NULL")
# Open with an office, and nobody has said what happens next, or when (policy.lacks says the same of one row).
UNPLANNED = text(
    "ended_at IS NULL AND submitted_at IS NOT NULL AND (due_on IS NULL OR next_action_on IS NULL"
    " OR next_action_sealed IS NULL AND state IN ('accepted', 'in_progress'))"
)
# What the queue can be narrowed to, so that what does not match is passed over without opening its wide row.
FILTERED = (
    *("assignee_id", "state", "waiting_on", "category", "issue_type", "urgency", "group_id", "agency_id"),
    *("submitted_at", "limit_on"),
)


class Referral(KeyHolder, Identified, Base):
    """One issue of one resident, referred by one group to one MP's office. Its key seals every word about them."""

    __tablename__ = "referrals"
    __table_args__ = (
        # The queue: open referrals of an office, soonest due first; and the same for who has them.
        Index(
            "ix_referrals_office_queue",
            "office_id",
            "due_on",
            "id",
            *FILTERED,
            # Always empty here; SQLite looks for it all the same.
            "ended_at",
            # Reports of what is open are counted from this alone.
            "waiting_on_since",
            sqlite_where=OPEN_WITH_OFFICE,
            postgresql_where=OPEN_WITH_OFFICE,
        ),
        Index(
            "ix_referrals_assignee",
            "office_id",
            "assignee_id",
            "due_on",
            "id",
            *FILTERED[1:],
            "ended_at",
            sqlite_where=OPEN_WITH_OFFICE,
            postgresql_where=OPEN_WITH_OFFICE,
        ),
        Index(
            "ix_referrals_office_unassigned",
            "office_id",
            "due_on",
            "id",
            sqlite_where=UNASSIGNED,
            postgresql_where=UNASSIGNED,
        ),
        # What must be done first of all. It holds only open ones with a limit, so the service looks through all of it.
        Index(
            "ix_referrals_office_limit",
            "office_id",
            "limit_on",
            "id",
            sqlite_where=WITH_LIMIT,
            postgresql_where=WITH_LIMIT,
        ),
        # It should be empty, and is looked into first.
        Index(
            "ix_referrals_office_unplanned",
            "office_id",
            # Always empty here: by a second thing to look for SQLite knows, without statistics, that this is the one.
            "ended_at",
            "created_at",
            "id",
            sqlite_where=UNPLANNED,
            postgresql_where=UNPLANNED,
        ),
        # The other ways to sort what is open.
        *(
            Index(
                f"ix_referrals_office_{name}",
                "office_id",
                *columns,
                "id",
                sqlite_where=OPEN_WITH_OFFICE,
                postgresql_where=OPEN_WITH_OFFICE,
            )
            for name, columns in {
                "sent": ("submitted_at",),
                "waiting": ("waiting_on_since",),
                "changed": ("updated_at",),
                "urgency": ("urgency", "due_on"),
            }.items()
        ),
        Index(
            "ix_referrals_office_ended",
            "office_id",
            "ended_at",
            "id",
            *FILTERED,
            sqlite_where=ENDED,
            postgresql_where=ENDED,
        ),
        # Which groups an office hears from, and all that one of them has sent it.
        Index("ix_referrals_office_group", "office_id", "group_id", "submitted_at"),
        # No index holds rows with and without an end: a planner would take "no end" for as rare as one certain end.
        Index(
            "ix_referrals_group_open",
            *("group_id", "due_on", "id", *REPORTED_OPEN),
            sqlite_where=NOT_ENDED,
            postgresql_where=NOT_ENDED,
        ),
        Index("ix_referrals_group_ended", "group_id", "ended_at", "id", sqlite_where=ENDED, postgresql_where=ENDED),
        # Reports of the last months are counted from these alone, without opening the wide rows.
        Index("ix_referrals_office_submitted", "office_id", "submitted_at", *REPORTED),
        Index("ix_referrals_group_submitted", "group_id", "submitted_at", *REPORTED),
        Index("ix_referrals_state_due", "state", "due_on"),
    )

    # Given when it is sent; drafts have none.
    reference: Mapped[str | None] = mapped_column(String(12), unique=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    constituency_id: Mapped[UUID | None] = mapped_column(ForeignKey("constituencies.id"))
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    submitted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    # Who in the group has taken it over from those who made and sent it; None while it is still theirs.
    referrer_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))

    # Codes of casework/workflow.py. Written only by move().
    state: Mapped[str] = mapped_column(String(30))
    state_before: Mapped[str | None] = mapped_column(String(30))
    # office, referrer, resident, agency; None when it is over.
    waiting_on: Mapped[str | None] = mapped_column(String(20))
    waiting_on_since: Mapped[datetime | None]
    # By when whoever is waited on should act. Overdue is computed from it, never stored.
    due_on: Mapped[date | None]
    # While the office's clock stands still: when it stopped, and the working days it had left.
    clock_stopped_at: Mapped[datetime | None]
    days_left: Mapped[int | None]

    # Codes of directory/lists.
    category: Mapped[str | None] = mapped_column(String(40))
    issue_type: Mapped[str | None] = mapped_column(String(60))
    urgency: Mapped[str | None] = mapped_column(String(20))
    urgent_by: Mapped[date | None]
    sensitivity: Mapped[str | None] = mapped_column(String(20))
    transferability: Mapped[str | None] = mapped_column(String(20))
    plan_priority: Mapped[bool | None]
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agencies.id"))
    waiting_since: Mapped[date | None]
    key_date: Mapped[date | None]
    # Whether the group's own trusted body is what the complaint is about: then its people do not see the referral.
    trusted_body_conflict: Mapped[bool] = mapped_column(default=False)
    # How the office was found: by_postcode, or a code of the list routing_reasons when the postcode did not decide.
    routing: Mapped[str | None] = mapped_column(String(40))
    # What the referrer said to the warning about possible duplicates: none_found, seen_and_different.
    duplicates_checked: Mapped[str | None] = mapped_column(String(30))

    # The last day of the nearest limit on the resident that nobody has ended: computed from dated events and kept for
    # the queue, in the transaction that changes them (actions/dates.py).
    limit_on: Mapped[date | None]
    next_action_on: Mapped[date | None]
    hold_reason: Mapped[str | None] = mapped_column(String(40))
    hold_review_on: Mapped[date | None]
    end_reason: Mapped[str | None] = mapped_column(String(60))

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    # When the group was last told something that stands in none of its timeline's own entries: that a body was asked, a
    # letter it may read. Whatever tells it writes this (actions/writing.py touch), also from the rooms above.
    told_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    accepted_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    outcome_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    # How its search index was made (casework/indexing.py); older ones are made anew by `flask search reindex`.
    index_version: Mapped[int | None] = mapped_column(SmallInteger)
    version: Mapped[int] = mapped_column(default=1)

    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    wrapping_key_id: Mapped[str | None] = mapped_column(String(40), index=True)
    summary_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    story_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    wanted_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    tried_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    helpers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    agency_reference_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    key_date_note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    urgency_note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    routing_note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    next_action_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    # One short line for queues ("Nine months without a benefit payment").
    summary = SealedText("summary_sealed")
    story = SealedText("story_sealed")
    wanted = SealedText("wanted_sealed")
    tried = SealedText("tried_sealed")
    # Who else is helping.
    helpers = SealedText("helpers_sealed")
    agency_reference = SealedText("agency_reference_sealed")
    key_date_note = SealedText("key_date_note_sealed")
    urgency_note = SealedText("urgency_note_sealed")
    routing_note = SealedText("routing_note_sealed")
    next_action = SealedText("next_action_sealed")

    resident: Mapped["Resident | None"] = relationship(back_populates="referral")
    # Of Consent, whose module stands above this one.
    consents: Mapped[list[Any]] = relationship("Consent", back_populates="referral", order_by="Consent.id")

    # Set on an object, never stored, by queries for a viewer who may know of the referral but no longer read its words.
    words_closed = False

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so

    def seal_key(self) -> RowKey | None:
        """The key of everything sealed here and in what hangs on it; None when erased, or closed to the viewer."""
        return None if self.words_closed else super().seal_key()

    def make_key(self) -> RowKey:
        """Give a new referral its key; raises KeyDestroyed where the words are closed, so that none is overwritten."""
        if self.words_closed:
            raise KeyDestroyed("The words of this referral are closed to the viewer.")
        return super().make_key()

    def audit_subject(self) -> UUID:
        """The referral whose history a change of this row belongs to."""
        return self.id


class SealedWithReferral:
    """What hangs on a referral and is sealed under its key, without being part of its history."""

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"))

    @declared_attr
    def referral(self) -> Mapped[Referral]:
        """The referral it hangs on."""
        return relationship()

    def seal_key(self) -> RowKey | None:
        """The referral's key."""
        return self.referral.seal_key()


class OfReferral(SealedWithReferral):
    """What every row that hangs on a referral has: sealed under the referral's key, and part of its history."""

    def audit_subject(self) -> UUID:
        """The referral whose history a change of this row belongs to."""
        return self.referral_id


class Resident(OfReferral, Identified, Base):
    """The person the referral is for, kept with one referral only: never linked or looked up across organisations."""

    __tablename__ = "residents"

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id"), unique=True)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    email_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    postcode_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    household_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    safe_contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    needs_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    name = SealedText("name_sealed")
    phone = SealedText("phone_sealed")
    email = SealedText("email_sealed")
    address = SealedText("address_sealed")
    postcode = SealedText("postcode_sealed")
    household = SealedText("household_sealed")
    # Keys: through (resident or volunteer), channels (codes), times, message_ok, note.
    safe_contact = SealedJSON("safe_contact_sealed")
    # Keys: needs (codes of communication_needs), language, note.
    needs = SealedJSON("needs_sealed")

    referral: Mapped[Referral] = relationship(back_populates="resident")
