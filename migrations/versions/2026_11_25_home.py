"""Signposts, what people have seen of the news, and reports that tell requests for advice apart.

Revision: home
Follows: transfers
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "home"
down_revision = "transfers"
branch_labels = None
depends_on = None

REPORTED = ["state", "category", "accepted_at", "ended_at", "waiting_since", "id"]
REPORTED_WITH_TYPE = ["state", "category", "issue_type", "accepted_at", "ended_at", "waiting_since", "id"]


def upgrade() -> None:
    op.create_table(
        "news_marks",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("seen_until", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_news_marks_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_news_marks_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "organisation_id", name=op.f("pk_news_marks")),
    )
    op.create_table(
        "signposts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("destination", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["organisations.id"], name=op.f("fk_signposts_group_id_organisations")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_signposts_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signposts")),
    )
    with op.batch_alter_table("signposts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signposts_group_id_day_category_number"),
            ["group_id", "day", "category", "number"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_signposts_person_id_day"), ["person_id", "day"], unique=False)
    _count_by(REPORTED_WITH_TYPE)


def downgrade() -> None:
    _count_by(REPORTED)
    with op.batch_alter_table("signposts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signposts_person_id_day"))
        batch_op.drop_index(batch_op.f("ix_signposts_group_id_day_category_number"))
    op.drop_table("signposts")
    op.drop_table("news_marks")


def _count_by(columns: list[str]) -> None:
    """Make the two indexes that reports are counted from anew."""
    for side in ("office", "group"):
        with op.batch_alter_table("referrals", schema=None) as batch_op:
            batch_op.drop_index(f"ix_referrals_{side}_submitted")
            batch_op.create_index(
                f"ix_referrals_{side}_submitted", [f"{side}_id", "submitted_at", *columns], unique=False
            )
