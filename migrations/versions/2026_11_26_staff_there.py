"""Who of an MP's staff took part in a contact.

Revision: staff_there
Follows: knowledge
"""

import sqlalchemy as sa
from alembic import op

revision = "staff_there"
down_revision = "knowledge"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mp_contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("staff", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("mp_contacts", schema=None) as batch_op:
        batch_op.alter_column("staff", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("mp_contacts", schema=None) as batch_op:
        batch_op.drop_column("staff")
