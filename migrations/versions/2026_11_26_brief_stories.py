"""A published case study that goes with a brief.

Revision: brief_stories
Follows: more_sums
"""

import sqlalchemy as sa
from alembic import op

revision = "brief_stories"
down_revision = "more_sums"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("briefs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("story_slug", sa.String(length=80), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("briefs", schema=None) as batch_op:
        batch_op.drop_column("story_slug")
