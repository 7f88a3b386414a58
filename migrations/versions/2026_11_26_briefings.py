"""Briefings of areas to their MPs, and the rounds in which they are drafted.

Revision: briefings
Follows: search_entries
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "briefings"
down_revision = "search_entries"
branch_labels = None
depends_on = None

PEOPLE = ("drafted_by_id", "edited_by_id", "approved_by_id", "sent_by_id")


def upgrade() -> None:
    op.create_table(
        "briefings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("slugs", sa.JSON(), nullable=False),
        sa.Column("drafted_at", UtcMoment(), nullable=False),
        sa.Column("drafted_by_id", sa.Uuid(), nullable=True),
        sa.Column("edited_at", UtcMoment(), nullable=True),
        sa.Column("edited_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", UtcMoment(), nullable=True),
        sa.Column("approved_at", UtcMoment(), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_alone", sa.Boolean(), nullable=False),
        sa.Column("sent_at", UtcMoment(), nullable=True),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("addresses_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], ["people.id"], name=op.f(f"fk_briefings_{name}_people"))
            for name in PEOPLE
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["mp_contacts.id"], name=op.f("fk_briefings_contact_id_mp_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_briefings_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_briefings_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefings")),
        sa.UniqueConstraint(
            "organisation_id", "term_id", "period", name=op.f("uq_briefings_organisation_id_term_id_period")
        ),
    )
    with op.batch_alter_table("briefings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_briefings_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_briefings_term_id_sent_at"), ["term_id", "sent_at"], unique=False)
    op.create_table(
        "briefing_rounds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_briefing_rounds_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_rounds")),
        sa.UniqueConstraint("organisation_id", "period", name=op.f("uq_briefing_rounds_organisation_id_period")),
    )


def downgrade() -> None:
    op.drop_table("briefing_rounds")
    with op.batch_alter_table("briefings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_briefings_term_id_sent_at"))
        batch_op.drop_index(batch_op.f("ix_briefings_contact_id"))
    op.drop_table("briefings")
