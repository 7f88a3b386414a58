"""The register of small grants, and the publicity of an area with what people permit of it.

Revision: grants_and_publicity
Follows: engagement
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "grants_and_publicity"
down_revision = "engagement"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "grant_givers",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("prefix", sa.String(length=40), nullable=True),
        sa.Column("charity_number", sa.String(length=20), nullable=True),
        sa.Column("company_number", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_grant_givers_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_grant_givers")),
    )
    op.create_table(
        "grant_rounds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("total_pence", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcMoment(), nullable=False),
        sa.Column("begun_by_id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["begun_by_id"], ["people.id"], name=op.f("fk_grant_rounds_begun_by_id_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_grant_rounds_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_rounds")),
    )
    with op.batch_alter_table("grant_rounds", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_grant_rounds_organisation_id_opens_on"), ["organisation_id", "opens_on"], unique=False
        )

    op.create_table(
        "grant_themes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["grant_rounds.id"], name=op.f("fk_grant_themes_round_id_grant_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_themes")),
    )
    with op.batch_alter_table("grant_themes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grant_themes_round_id"), ["round_id"], unique=False)

    op.create_table(
        "grant_awards",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("recipient_kind", sa.String(length=40), nullable=False),
        sa.Column("recipient_number", sa.String(length=20), nullable=True),
        sa.Column("presented_on", sa.Date(), nullable=True),
        sa.Column("entered_at", UtcMoment(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", UtcMoment(), nullable=False),
        sa.Column("withdrawn_at", UtcMoment(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("project_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("purpose_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("presenter_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("event_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("why_withdrawn_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name=op.f("fk_grant_awards_entered_by_id_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_grant_awards_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["grant_rounds.id"], name=op.f("fk_grant_awards_round_id_grant_rounds")),
        sa.ForeignKeyConstraint(["theme_id"], ["grant_themes.id"], name=op.f("fk_grant_awards_theme_id_grant_themes")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["people.id"], name=op.f("fk_grant_awards_withdrawn_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_awards")),
    )
    with op.batch_alter_table("grant_awards", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_grant_awards_organisation_id_awarded_on"), ["organisation_id", "awarded_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_grant_awards_round_id"), ["round_id"], unique=False)

    op.create_table(
        "publicity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=True),
        sa.Column("reach_way", sa.String(length=40), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("logged_at", UtcMoment(), nullable=False),
        sa.Column("logged_by_id", sa.Uuid(), nullable=False),
        sa.Column("title_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("link_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["mp_contacts.id"], name=op.f("fk_publicity_contact_id_mp_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["logged_by_id"], ["people.id"], name=op.f("fk_publicity_logged_by_id_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_publicity_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicity")),
    )
    with op.batch_alter_table("publicity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publicity_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_publicity_organisation_id_happened_on"), ["organisation_id", "happened_on"], unique=False
        )

    op.create_table(
        "publicity_pieces",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("publicity_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("added_at", UtcMoment(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("whose_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("link_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name=op.f("fk_publicity_pieces_added_by_id_people")),
        sa.ForeignKeyConstraint(
            ["publicity_id"], ["publicity.id"], name=op.f("fk_publicity_pieces_publicity_id_publicity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicity_pieces")),
    )
    with op.batch_alter_table("publicity_pieces", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publicity_pieces_publicity_id"), ["publicity_id"], unique=False)

    op.create_table(
        "publicity_permissions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("piece_id", sa.Uuid(), nullable=False),
        sa.Column("publicity_id", sa.Uuid(), nullable=False),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", UtcMoment(), nullable=True),
        sa.Column("kept_by_id", sa.Uuid(), nullable=False),
        sa.Column("whose_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["kept_by_id"], ["people.id"], name=op.f("fk_publicity_permissions_kept_by_id_people")),
        sa.ForeignKeyConstraint(
            ["piece_id"], ["publicity_pieces.id"], name=op.f("fk_publicity_permissions_piece_id_publicity_pieces")
        ),
        sa.ForeignKeyConstraint(
            ["publicity_id"], ["publicity.id"], name=op.f("fk_publicity_permissions_publicity_id_publicity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicity_permissions")),
    )
    with op.batch_alter_table("publicity_permissions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publicity_permissions_piece_id"), ["piece_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_publicity_permissions_publicity_id"), ["publicity_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("publicity_permissions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publicity_permissions_publicity_id"))
        batch_op.drop_index(batch_op.f("ix_publicity_permissions_piece_id"))

    op.drop_table("publicity_permissions")
    with op.batch_alter_table("publicity_pieces", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publicity_pieces_publicity_id"))

    op.drop_table("publicity_pieces")
    with op.batch_alter_table("publicity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publicity_organisation_id_happened_on"))
        batch_op.drop_index(batch_op.f("ix_publicity_contact_id"))

    op.drop_table("publicity")
    with op.batch_alter_table("grant_awards", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grant_awards_round_id"))
        batch_op.drop_index(batch_op.f("ix_grant_awards_organisation_id_awarded_on"))

    op.drop_table("grant_awards")
    with op.batch_alter_table("grant_themes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grant_themes_round_id"))

    op.drop_table("grant_themes")
    with op.batch_alter_table("grant_rounds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grant_rounds_organisation_id_opens_on"))

    op.drop_table("grant_rounds")
    op.drop_table("grant_givers")
