"""Dates that periods are counted from, decisions about deadlines, and the nearest limit of each referral

Revision: dates
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "dates"
down_revision = "0001"
branch_labels = None
depends_on = None

WITH_LIMIT = sa.text("ended_at IS NULL AND submitted_at IS NOT NULL AND limit_on IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "dated_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("moment", UtcMoment(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("created_at", UtcMoment(), nullable=False),
        sa.Column("withdrawn_at", UtcMoment(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_role", sa.String(length=40), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_dated_events_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["people.id"], name=op.f("fk_dated_events_recorded_by_id_people")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_dated_events_referral_id_referrals")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["people.id"], name=op.f("fk_dated_events_withdrawn_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dated_events")),
    )
    with op.batch_alter_table("dated_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dated_events_referral_id_day"), ["referral_id", "day"], unique=False)

    op.create_table(
        "deadline_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_deadline_decisions_by_id_people")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["dated_events.id"], name=op.f("fk_deadline_decisions_event_id_dated_events")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_deadline_decisions_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_deadline_decisions_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_decisions")),
    )
    with op.batch_alter_table("deadline_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_decisions_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_decisions_referral_id_at"), ["referral_id", "at"], unique=False)

    op.create_table(
        "limit_notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("told_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["dated_events.id"], name=op.f("fk_limit_notices_event_id_dated_events")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_limit_notices_referral_id_referrals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_notices")),
        sa.UniqueConstraint("event_id", "rule", "day", name=op.f("uq_limit_notices_event_id_rule_day")),
    )
    with op.batch_alter_table("limit_notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_limit_notices_referral_id"), ["referral_id"], unique=False)

    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("limit_on", sa.Date(), nullable=True))
        batch_op.create_index(
            "ix_referrals_office_limit",
            ["office_id", "limit_on", "id"],
            unique=False,
            sqlite_where=WITH_LIMIT,
            postgresql_where=WITH_LIMIT,
        )


def downgrade() -> None:
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.drop_index("ix_referrals_office_limit", sqlite_where=WITH_LIMIT, postgresql_where=WITH_LIMIT)
        batch_op.drop_column("limit_on")

    with op.batch_alter_table("limit_notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_limit_notices_referral_id"))

    op.drop_table("limit_notices")
    with op.batch_alter_table("deadline_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_decisions_referral_id_at"))
        batch_op.drop_index(batch_op.f("ix_deadline_decisions_event_id"))

    op.drop_table("deadline_decisions")
    with op.batch_alter_table("dated_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dated_events_referral_id_day"))

    op.drop_table("dated_events")
