"""Briefs for an MP, and what is known of their skills.

Revision: briefs
Follows: evidence
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "briefs"
down_revision = "evidence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "briefs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("issue_type", sa.String(length=60), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("asks", sa.JSON(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("drafted_at", UtcMoment(), nullable=False),
        sa.Column("drafted_by_id", sa.Uuid(), nullable=False),
        sa.Column("edited_at", UtcMoment(), nullable=False),
        sa.Column("edited_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", UtcMoment(), nullable=True),
        sa.Column("approved_at", UtcMoment(), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_alone", sa.Boolean(), nullable=False),
        sa.Column("sent_at", UtcMoment(), nullable=True),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_briefs_agency_id_agencies")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["people.id"], name=op.f("fk_briefs_approved_by_id_people")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["people.id"], name=op.f("fk_briefs_drafted_by_id_people")),
        sa.ForeignKeyConstraint(["edited_by_id"], ["people.id"], name=op.f("fk_briefs_edited_by_id_people")),
        sa.ForeignKeyConstraint(["office_id"], ["organisations.id"], name=op.f("fk_briefs_office_id_organisations")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_briefs_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["sent_by_id"], ["people.id"], name=op.f("fk_briefs_sent_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefs")),
    )
    with op.batch_alter_table("briefs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_briefs_office_id_sent_at"), ["office_id", "sent_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_briefs_organisation_id_drafted_at"), ["organisation_id", "drafted_at"], unique=False
        )

    op.create_table(
        "member_skills",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("skill", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_member_skills_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_skills")),
    )
    with op.batch_alter_table("member_skills", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_skills_member_id"), ["member_id"], unique=False)

    op.create_table(
        "brief_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("brief_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("answered_at", UtcMoment(), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=False),
        sa.Column("link_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_brief_answers_answered_by_id_people")),
        sa.ForeignKeyConstraint(["brief_id"], ["briefs.id"], name=op.f("fk_brief_answers_brief_id_briefs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_answers")),
    )
    with op.batch_alter_table("brief_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_brief_answers_brief_id"), ["brief_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("brief_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_brief_answers_brief_id"))

    op.drop_table("brief_answers")
    with op.batch_alter_table("member_skills", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_skills_member_id"))

    op.drop_table("member_skills")
    with op.batch_alter_table("briefs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_briefs_organisation_id_drafted_at"))
        batch_op.drop_index(batch_op.f("ix_briefs_office_id_sent_at"))

    op.drop_table("briefs")
