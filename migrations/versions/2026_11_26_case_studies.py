"""Case studies: their drafts, what was agreed to for each, and what is published.

Revision: case_studies
Follows: summaries
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "case_studies"
down_revision = "summaries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published_stories",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("published_at", UtcMoment(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("ended_at", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["organisations.id"], name=op.f("fk_published_stories_group_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["organisations.id"], name=op.f("fk_published_stories_office_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_published_stories_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_stories")),
        sa.UniqueConstraint("slug", name=op.f("uq_published_stories_slug")),
    )
    with op.batch_alter_table("published_stories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_stories_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_published_stories_office_id"), ["office_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_published_stories_published_at_id"), ["published_at", "id"], unique=False
        )

    op.create_table(
        "story_agreements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("quote", sa.Boolean(), nullable=False),
        sa.Column("picture", sa.Boolean(), nullable=False),
        sa.Column("page", sa.Boolean(), nullable=False),
        sa.Column("file", sa.Boolean(), nullable=False),
        sa.Column("report", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consents.id"], name=op.f("fk_story_agreements_consent_id_consents")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_story_agreements_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_agreements")),
        sa.UniqueConstraint("consent_id", name=op.f("uq_story_agreements_consent_id")),
    )
    op.create_table(
        "case_studies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", UtcMoment(), nullable=False),
        sa.Column("updated_at", UtcMoment(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("names_mp", sa.Boolean(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", UtcMoment(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("published_id", sa.Uuid(), nullable=True),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("ended_at", UtcMoment(), nullable=True),
        sa.Column("ended_why", sa.String(length=30), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("checks_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["story_agreements.id"], name=op.f("fk_case_studies_agreement_id_story_agreements")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_case_studies_answered_by_id_people")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["people.id"], name=op.f("fk_case_studies_approved_by_id_people")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_case_studies_created_by_id_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_case_studies_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["published_id"], ["published_stories.id"], name=op.f("fk_case_studies_published_id_published_stories")
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_case_studies_referral_id_referrals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_studies")),
        sa.UniqueConstraint("published_id", name=op.f("uq_case_studies_published_id")),
    )
    with op.batch_alter_table("case_studies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_studies_organisation_id_state_updated_at"),
            ["organisation_id", "state", "updated_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_case_studies_referral_id"), ["referral_id"], unique=False)


def downgrade() -> None:
    op.drop_table("case_studies")
    op.drop_table("story_agreements")
    op.drop_table("published_stories")
