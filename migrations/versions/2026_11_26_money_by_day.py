"""Find what is counted of an owner by its day, and the money of a programme without the rest.

Revision: money_by_day
Follows: reminders
"""

from alembic import op
from sqlalchemy import text

revision = "money_by_day"
down_revision = "reminders"
branch_labels = None
depends_on = None

TABLE = "counted_parts"
OWNERS = ("office_id", "group_id")
MONEY = text("kind = 'money'")


def upgrade() -> None:
    """Apply this migration."""
    for owner in OWNERS:
        op.drop_index(op.f(f"ix_counted_parts_{owner}_kind"), table_name=TABLE)
        op.create_index(op.f(f"ix_counted_parts_{owner}_kind_day"), TABLE, [owner, "kind", "day"])
    name = op.f("ix_counted_parts_programme_id_day")
    op.create_index(name, TABLE, ["programme_id", "day"], sqlite_where=MONEY, postgresql_where=MONEY)


def downgrade() -> None:
    """Take this migration back."""
    op.drop_index(op.f("ix_counted_parts_programme_id_day"), table_name=TABLE)
    for owner in reversed(OWNERS):
        op.drop_index(op.f(f"ix_counted_parts_{owner}_kind_day"), table_name=TABLE)
        op.create_index(op.f(f"ix_counted_parts_{owner}_kind"), TABLE, [owner, "kind"])
