"""Which documents show a result, or one sum of it; and what a step on the way was made from.

Revision: evidence
Follows: case_studies
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "evidence"
down_revision = "case_studies"
branch_labels = None
depends_on = None

KEYS = {
    "attached_by_id": "people",
    "document_id": "documents",
    "money_row_id": "money_rows",
    "organisation_id": "organisations",
    "outcome_id": "outcomes",
    "referral_id": "referrals",
}


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("money_row_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("attached_by_id", sa.Uuid(), nullable=False),
        sa.Column("attached_at", UtcMoment(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_evidence_{column}_{table}"))
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "outcome_id", "document_id", "money_row_id", name=op.f("uq_evidence_outcome_id_document_id_money_row_id")
        ),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_referral_id"), ["referral_id"], unique=False)
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("source_id", sa.Uuid(), nullable=True))
    op.create_index("ix_milestones_source", "milestones", ["source_id", "source"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_milestones_source", table_name="milestones")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_column("source_id")
        batch_op.drop_column("source")
    op.drop_table("evidence")
