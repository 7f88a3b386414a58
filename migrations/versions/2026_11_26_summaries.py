"""What each referral counts as, and the sums of reports.

Revision: summaries
Follows: later_answers
"""

import sqlalchemy as sa
from alembic import op

revision = "summaries"
down_revision = "later_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counted_referrals",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("is_advice", sa.SmallInteger(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=True)
            for name in ("seen", "accepted", "started", "outcome", "ended")
        ),
        sa.Column("ended_as", sa.String(length=30), nullable=False),
        sa.Column("waited", sa.Integer(), nullable=True),
        *(
            sa.Column(f"took_{name}", sa.Integer(), nullable=True)
            for name in ("seen", "accepted", "started", "result", "answered", "whole")
        ),
        sa.Column("outcome_id", sa.Uuid(), nullable=True),
        sa.Column("recorded", sa.Integer(), nullable=True),
        sa.Column("resolution", sa.String(length=40), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("evidenced", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_counted_referrals")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_counted_referrals_office_id_sent"), "counted_referrals", ["office_id", "sent"])
    op.create_index(op.f("ix_counted_referrals_group_id_sent"), "counted_referrals", ["group_id", "sent"])
    op.create_table(
        "counted_parts",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("evidenced", sa.SmallInteger(), nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=False),
        sa.Column("confirmed", sa.BigInteger(), nullable=False),
        sa.Column("proved", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("referral_id", "kind", "code", "basis", "place", name=op.f("pk_counted_parts")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_counted_parts_office_id_kind"), "counted_parts", ["office_id", "kind"])
    op.create_index(op.f("ix_counted_parts_group_id_kind"), "counted_parts", ["group_id", "kind"])
    op.create_table(
        "report_sums",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("month", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("aspect", sa.String(length=20), nullable=False),
        sa.Column("evidenced", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            *("owner_id", "measure", "month", "category", "code", "aspect", "evidenced", "days"),
            name=op.f("pk_report_sums"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counted_books",
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("book_id", name=op.f("pk_counted_books")),
    )
    op.create_table(
        "recounts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_id", sa.Uuid(), nullable=True),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recounts")),
    )


def downgrade() -> None:
    for name in ("recounts", "counted_books", "report_sums", "counted_parts", "counted_referrals"):
        op.drop_table(name)
