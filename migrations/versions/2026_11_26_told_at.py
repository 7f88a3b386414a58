"""When a group was last told of an enquiry or a letter.

Revision: told_at
Follows: staff_there
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "told_at"
down_revision = "staff_there"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_at", UtcMoment(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.drop_column("told_at")
