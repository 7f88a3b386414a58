"""The table of "any news?".

Revision: any_news
Follows: notices
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "any_news"
down_revision = "notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "news_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_role", sa.String(length=40), nullable=False),
        sa.Column("asked_at", UtcMoment(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("write_by", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("answered_role", sa.String(length=40), nullable=True),
        sa.Column("answered_at", UtcMoment(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_news_requests_answered_by_id_people")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_news_requests_asked_by_id_people")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["organisations.id"], name=op.f("fk_news_requests_office_id_organisations")
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_news_requests_referral_id_referrals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_requests")),
    )
    with op.batch_alter_table("news_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_news_requests_referral_id_asked_at"), ["referral_id", "asked_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("news_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_news_requests_referral_id_asked_at"))

    op.drop_table("news_requests")
