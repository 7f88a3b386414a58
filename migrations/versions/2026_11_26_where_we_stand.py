"""What an area knows of its MP, how far they have come, and how the MP stands.

Revision: where_we_stand
Follows: grants_and_publicity
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "where_we_stand"
down_revision = "grants_and_publicity"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("noted_by_id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("role_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_known_people_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_known_people_term_id_terms")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["people.id"], name=op.f("fk_known_people_noted_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_people")),
    )
    with op.batch_alter_table("known_people", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_known_people_organisation_id_term_id"), ["organisation_id", "term_id"], unique=False
        )

    op.create_table(
        "contact_details",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("known_person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["known_person_id"], ["known_people.id"], name=op.f("fk_contact_details_known_person_id_known_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_details")),
    )
    with op.batch_alter_table("contact_details", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_details_known_person_id"), ["known_person_id"], unique=False)

    op.create_table(
        "mp_interests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("noted_at", UtcMoment(), nullable=False),
        sa.Column("noted_by_id", sa.Uuid(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("source_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_mp_interests_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_mp_interests_term_id_terms")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["people.id"], name=op.f("fk_mp_interests_noted_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mp_interests")),
    )
    with op.batch_alter_table("mp_interests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mp_interests_organisation_id_term_id"), ["organisation_id", "term_id"], unique=False
        )

    op.create_table(
        "engagement_stages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("set_at", UtcMoment(), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_engagement_stages_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_engagement_stages_term_id_terms")),
        sa.ForeignKeyConstraint(["set_by_id"], ["people.id"], name=op.f("fk_engagement_stages_set_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement_stages")),
    )
    with op.batch_alter_table("engagement_stages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_engagement_stages_organisation_id_term_id_since_on"),
            ["organisation_id", "term_id", "since_on"],
            unique=False,
        )

    op.create_table(
        "stances",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("stance", sa.String(length=20), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessed_at", UtcMoment(), nullable=False),
        sa.Column("assessed_by_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("evidence_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_stances_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_stances_term_id_terms")),
        sa.ForeignKeyConstraint(["assessed_by_id"], ["people.id"], name=op.f("fk_stances_assessed_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stances")),
    )
    with op.batch_alter_table("stances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stances_due_on"), ["due_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_stances_organisation_id_term_id_assessed_on"),
            ["organisation_id", "term_id", "assessed_on"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("stances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stances_organisation_id_term_id_assessed_on"))
        batch_op.drop_index(batch_op.f("ix_stances_due_on"))

    op.drop_table("stances")
    with op.batch_alter_table("engagement_stages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_engagement_stages_organisation_id_term_id_since_on"))

    op.drop_table("engagement_stages")
    with op.batch_alter_table("mp_interests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mp_interests_organisation_id_term_id"))

    op.drop_table("mp_interests")
    with op.batch_alter_table("contact_details", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_details_known_person_id"))

    op.drop_table("contact_details")
    with op.batch_alter_table("known_people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_people_organisation_id_term_id"))

    op.drop_table("known_people")
