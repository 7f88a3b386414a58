"""Who in the group has taken a referral over from those who made and sent it.

Revision: handovers
Follows: queue
"""

import sqlalchemy as sa
from alembic import op

revision = "handovers"
down_revision = "queue"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("referrer_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_referrals_referrer_id_people"), "people", ["referrer_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_referrals_referrer_id_people"), type_="foreignkey")
        batch_op.drop_column("referrer_id")
