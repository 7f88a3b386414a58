"""The table of transfers.

Revision: transfers
Follows: links
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "transfers"
down_revision = "links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("from_office_id", sa.Uuid(), nullable=False),
        sa.Column("to_office_id", sa.Uuid(), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column("offered_by_id", sa.Uuid(), nullable=False),
        sa.Column("offered_at", UtcMoment(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", UtcMoment(), nullable=True),
        sa.Column("answer_reason", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["consent_id"], ["consents.id"], name=op.f("fk_transfers_consent_id_consents")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["people.id"], name=op.f("fk_transfers_ended_by_id_people")),
        sa.ForeignKeyConstraint(
            ["from_office_id"], ["organisations.id"], name=op.f("fk_transfers_from_office_id_organisations")
        ),
        sa.ForeignKeyConstraint(["offered_by_id"], ["people.id"], name=op.f("fk_transfers_offered_by_id_people")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_transfers_referral_id_referrals")),
        sa.ForeignKeyConstraint(
            ["to_office_id"], ["organisations.id"], name=op.f("fk_transfers_to_office_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
    )
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_transfers_to_office_id_standing_offered_at"),
            ["to_office_id", "standing", "offered_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_transfers_from_office_id_standing_offered_at"),
            ["from_office_id", "standing", "offered_at"],
            unique=False,
        )
        batch_op.create_index(
            "ix_transfers_on_offer",
            ["referral_id"],
            unique=True,
            sqlite_where=sa.text("standing = 'offered'"),
            postgresql_where=sa.text("standing = 'offered'"),
        )


def downgrade() -> None:
    op.drop_table("transfers")
