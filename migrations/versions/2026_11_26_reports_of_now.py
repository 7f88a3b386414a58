"""Indexes from which reports of this moment are counted alone.

Revision: reports_of_now
Follows: where_we_stand
"""

import sqlalchemy as sa
from alembic import op

revision = "reports_of_now"
down_revision = "where_we_stand"
branch_labels = None
depends_on = None

OPEN_WITH_OFFICE = sa.text("ended_at IS NULL AND submitted_at IS NOT NULL")
NOT_ENDED = sa.text("ended_at IS NULL")
QUEUE = (
    *("office_id", "due_on", "id", "assignee_id", "state", "waiting_on", "category", "issue_type", "urgency"),
    *("group_id", "agency_id", "submitted_at", "limit_on", "ended_at"),
)
GROUP_OPEN = ("group_id", "due_on", "id")
OPEN = (
    *("state", "waiting_on", "category", "issue_type", "urgency", "submitted_at", "waiting_on_since"),
    *("referrer_id", "submitted_by_id", "ended_at"),
)
SENT_BEFORE = ("state", "category", "issue_type", "accepted_at", "ended_at", "waiting_since", "id")
SENT = ("issue_type", "agency_id", "state", "ended_at", "id")


def upgrade() -> None:
    _make((*QUEUE, "waiting_on_since"), (*GROUP_OPEN, *OPEN), SENT)


def downgrade() -> None:
    _make(QUEUE, GROUP_OPEN, SENT_BEFORE)


def _make(queue: tuple[str, ...], group_open: tuple[str, ...], sent: tuple[str, ...]) -> None:
    _make_again("ix_referrals_office_queue", queue, OPEN_WITH_OFFICE)
    _make_again("ix_referrals_group_open", group_open, NOT_ENDED)
    for owner in ("office", "group"):
        _make_again(f"ix_referrals_{owner}_submitted", (f"{owner}_id", "submitted_at", *sent))


def _make_again(name: str, columns: tuple[str, ...], where: sa.TextClause | None = None) -> None:
    op.drop_index(name, table_name="referrals")
    op.create_index(name, "referrals", list(columns), sqlite_where=where, postgresql_where=where)
