"""The table of documents.

Revision: documents
Follows: dates
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "documents"
down_revision = "dates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("added_at", UtcMoment(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scan", sa.String(length=20), nullable=False),
        sa.Column("scanned_at", UtcMoment(), nullable=True),
        sa.Column("shared_at", UtcMoment(), nullable=True),
        sa.Column("shared_by_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", UtcMoment(), nullable=True),
        sa.Column("removed_by_id", sa.Uuid(), nullable=True),
        sa.Column("removal_reason", sa.String(length=40), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name=op.f("fk_documents_added_by_id_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_documents_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_documents_referral_id_referrals"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["removed_by_id"], ["people.id"], name=op.f("fk_documents_removed_by_id_people")),
        sa.ForeignKeyConstraint(["shared_by_id"], ["people.id"], name=op.f("fk_documents_shared_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_documents_referral_id_added_at"), ["referral_id", "added_at"], unique=False
        )
        batch_op.create_index(
            "ix_documents_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("scan = 'waiting' AND removed_at IS NULL"),
            postgresql_where=sa.text("scan = 'waiting' AND removed_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_documents_waiting",
            sqlite_where=sa.text("scan = 'waiting' AND removed_at IS NULL"),
            postgresql_where=sa.text("scan = 'waiting' AND removed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_documents_referral_id_added_at"))

    op.drop_table("documents")
