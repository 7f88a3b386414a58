"""What each side has read, who has a referral open, and what somebody is still writing.

Revision: attention
Follows: calendar_links
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "attention"
down_revision = "calendar_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_readings_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_readings_referral_id_referrals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
    )
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_readings_referral_id_at"), ["referral_id", "at"], unique=False)
    op.create_table(
        "presences",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", UtcMoment(), nullable=False),
        sa.Column("seen_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_presences_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_presences_person_id_people")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_presences_referral_id_referrals"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", "person_id", name=op.f("pk_presences")),
    )
    with op.batch_alter_table("presences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_presences_seen_at"), ["seen_at"], unique=False)
    op.create_table(
        "kept_texts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=120), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_kept_texts_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_kept_texts_person_id_people")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_kept_texts_referral_id_referrals"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_texts")),
        sa.UniqueConstraint(
            "referral_id",
            "person_id",
            "organisation_id",
            "form",
            name=op.f("uq_kept_texts_referral_id_person_id_organisation_id_form"),
        ),
    )
    with op.batch_alter_table("kept_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_texts_at"), ["at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("kept_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_texts_at"))
    op.drop_table("kept_texts")
    with op.batch_alter_table("presences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_presences_seen_at"))
    op.drop_table("presences")
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_readings_referral_id_at"))
    op.drop_table("readings")
