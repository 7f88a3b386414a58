"""Who is no longer invited to a meeting, and which end of a permission somebody was reminded of.

Revision: reminders
Follows: told_at
"""

import sqlalchemy as sa
from alembic import op

revision = "reminders"
down_revision = "told_at"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mp_meetings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dropped", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("mp_meetings", schema=None) as batch_op:
        batch_op.alter_column("dropped", server_default=None)
    with op.batch_alter_table("publicity_permissions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminded_for", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("publicity_permissions", schema=None) as batch_op:
        batch_op.drop_column("reminded_for")
    with op.batch_alter_table("mp_meetings", schema=None) as batch_op:
        batch_op.drop_column("dropped")
