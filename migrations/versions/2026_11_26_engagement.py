"""The log of an area's contacts with its MP, and what is to be done after each.

Revision: engagement
Follows: brief_stories
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "engagement"
down_revision = "brief_stories"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mp_contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("came_of_id", sa.Uuid(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("contributions", sa.JSON(), nullable=False),
        sa.Column("ours", sa.JSON(), nullable=False),
        sa.Column("member_there", sa.Boolean(), nullable=False),
        sa.Column("logged_at", UtcMoment(), nullable=False),
        sa.Column("logged_by_id", sa.Uuid(), nullable=False),
        sa.Column("subject_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("agreed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("others_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("theirs_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_mp_contacts_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_mp_contacts_term_id_terms")),
        sa.ForeignKeyConstraint(["story_id"], ["mp_contacts.id"], name=op.f("fk_mp_contacts_story_id_mp_contacts")),
        sa.ForeignKeyConstraint(["came_of_id"], ["mp_contacts.id"], name=op.f("fk_mp_contacts_came_of_id_mp_contacts")),
        sa.ForeignKeyConstraint(["logged_by_id"], ["people.id"], name=op.f("fk_mp_contacts_logged_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mp_contacts")),
    )
    with op.batch_alter_table("mp_contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mp_contacts_came_of_id"), ["came_of_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_mp_contacts_organisation_id_happened_on"), ["organisation_id", "happened_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_mp_contacts_story_id"), ["story_id"], unique=False)

    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("noted_by_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("settled_at", UtcMoment(), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["mp_contacts.id"], name=op.f("fk_follow_ups_contact_id_mp_contacts")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_follow_ups_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_follow_ups_owner_id_people")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["people.id"], name=op.f("fk_follow_ups_noted_by_id_people")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["people.id"], name=op.f("fk_follow_ups_settled_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_ups_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_follow_ups_organisation_id_standing_due_on"),
            ["organisation_id", "standing", "due_on"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_ups_organisation_id_standing_due_on"))
        batch_op.drop_index(batch_op.f("ix_follow_ups_contact_id"))

    op.drop_table("follow_ups")
    with op.batch_alter_table("mp_contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mp_contacts_story_id"))
        batch_op.drop_index(batch_op.f("ix_mp_contacts_organisation_id_happened_on"))
        batch_op.drop_index(batch_op.f("ix_mp_contacts_came_of_id"))

    op.drop_table("mp_contacts")
