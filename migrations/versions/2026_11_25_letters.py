"""Letters, and the stationery of offices.

Revision: letters
Follows: home
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "letters"
down_revision = "home"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("enquiry_id", sa.Uuid(), nullable=True),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcMoment(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("through_group", sa.Boolean(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_at", UtcMoment(), nullable=True),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("shared_at", UtcMoment(), nullable=True),
        sa.Column("shared_by_id", sa.Uuid(), nullable=True),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.Column("recipient_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_letters_agency_id_agencies")),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiries.id"], name=op.f("fk_letters_enquiry_id_enquiries")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_letters_made_by_id_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_letters_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_letters_referral_id_referrals")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["people.id"], name=op.f("fk_letters_sent_by_id_people")),
        sa.ForeignKeyConstraint(["shared_by_id"], ["people.id"], name=op.f("fk_letters_shared_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letters_referral_id_made_at"), ["referral_id", "made_at"], unique=False)

    op.create_table(
        "letter_texts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcMoment(), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_letter_texts_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["saved_by_id"], ["people.id"], name=op.f("fk_letter_texts_saved_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_texts")),
        sa.UniqueConstraint(
            "organisation_id", "kind", "number", name=op.f("uq_letter_texts_organisation_id_kind_number")
        ),
    )
    op.create_table(
        "letterheads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("member", sa.String(length=120), nullable=False),
        sa.Column("office", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("web", sa.String(length=200), nullable=False),
        sa.Column("saved_at", UtcMoment(), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_letterheads_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["saved_by_id"], ["people.id"], name=op.f("fk_letterheads_saved_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterheads")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_letterheads_organisation_id")),
    )
    op.create_table(
        "agency_addresses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", UtcMoment(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_agency_addresses_agency_id_agencies")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_agency_addresses_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_addresses")),
        sa.UniqueConstraint(
            "organisation_id", "agency_id", name=op.f("uq_agency_addresses_organisation_id_agency_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("agency_addresses")
    op.drop_table("letterheads")
    op.drop_table("letter_texts")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letters_referral_id_made_at"))

    op.drop_table("letters")
