"""Indexes of the queue: every way to sort and narrow it, and what nobody has planned.

Revision: queue
Follows: attention
"""

import sqlalchemy as sa
from alembic import op

revision = "queue"
down_revision = "attention"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL AND submitted_at IS NOT NULL")
ENDED = sa.text("ended_at IS NOT NULL")
UNPLANNED = sa.text(
    "ended_at IS NULL AND submitted_at IS NOT NULL AND (due_on IS NULL OR next_action_on IS NULL"
    " OR next_action_sealed IS NULL AND state IN ('accepted', 'in_progress'))"
)
FILTERED = [
    *("assignee_id", "state", "waiting_on", "category", "issue_type", "urgency", "group_id", "agency_id"),
    *("submitted_at", "limit_on"),
]
# Before and after: those that were there grow.
WIDER = {
    "office_queue": (["due_on", "id"], OPEN, [*FILTERED, "ended_at"]),
    "assignee": (["assignee_id", "due_on", "id"], OPEN, [*FILTERED[1:], "ended_at"]),
    "office_ended": (["ended_at", "id"], ENDED, FILTERED),
}
NEW = {
    "office_unplanned": (["ended_at", "created_at", "id"], UNPLANNED),
    "office_sent": (["submitted_at", "id"], OPEN),
    "office_waiting": (["waiting_on_since", "id"], OPEN),
    "office_changed": (["updated_at", "id"], OPEN),
    "office_urgency": (["urgency", "due_on", "id"], OPEN),
}


def _replace(*, wide: bool) -> None:
    for name, (columns, where, more) in WIDER.items():
        op.drop_index(f"ix_referrals_{name}", "referrals")
        _create(name, columns + (more if wide else []), where)


def _create(name: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(
        f"ix_referrals_{name}",
        "referrals",
        ["office_id", *columns],
        sqlite_where=where,
        postgresql_where=where,
    )


def upgrade() -> None:
    _replace(wide=True)
    for name, (columns, where) in NEW.items():
        _create(name, columns, where)
    op.create_index("ix_referrals_office_group", "referrals", ["office_id", "group_id", "submitted_at"])


def downgrade() -> None:
    op.drop_index("ix_referrals_office_group", "referrals")
    for name in NEW:
        op.drop_index(f"ix_referrals_{name}", "referrals")
    _replace(wide=False)
