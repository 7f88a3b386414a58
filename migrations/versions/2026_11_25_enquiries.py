"""The tables of enquiries to agencies and of their chasers.

Revision: enquiries
Follows: documents
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "enquiries"
down_revision = "documents"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_on IS NULL")
TO_CHASE = sa.text("chase_on IS NOT NULL")
COUNTED = ["agency_id", "ended_on", "result", "target_on", "id"]


def upgrade() -> None:
    op.create_table(
        "enquiries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("chase_on", sa.Date(), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=30), nullable=True),
        sa.Column("sent_by_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("created_at", UtcMoment(), nullable=False),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_role", sa.String(length=40), nullable=True),
        sa.Column("ended_at", UtcMoment(), nullable=True),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("agency_reference_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reply_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_enquiries_agency_id_agencies")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["people.id"], name=op.f("fk_enquiries_ended_by_id_people")),
        sa.ForeignKeyConstraint(["office_id"], ["organisations.id"], name=op.f("fk_enquiries_office_id_organisations")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_enquiries_referral_id_referrals")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["people.id"], name=op.f("fk_enquiries_sent_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiries")),
    )
    with op.batch_alter_table("enquiries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_enquiries_office_open", ["office_id", "due_on", "id"], sqlite_where=OPEN, postgresql_where=OPEN
        )
        batch_op.create_index(
            "ix_enquiries_office_agency_open",
            ["office_id", "agency_id", "due_on", "id"],
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )
        batch_op.create_index(
            "ix_enquiries_to_chase", ["chase_on", "id"], sqlite_where=TO_CHASE, postgresql_where=TO_CHASE
        )
        batch_op.create_index("ix_enquiries_office_sent", ["office_id", "sent_on", *COUNTED])
        batch_op.create_index("ix_enquiries_referral", ["referral_id", "sent_on", *COUNTED])

    op.create_table(
        "chasers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("enquiry_id", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", UtcMoment(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("recorded_at", UtcMoment(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiries.id"], name=op.f("fk_chasers_enquiry_id_enquiries")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_chasers_referral_id_referrals")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["people.id"], name=op.f("fk_chasers_sent_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chasers")),
    )
    with op.batch_alter_table("chasers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chasers_enquiry_id"), ["enquiry_id"])
        batch_op.create_index(batch_op.f("ix_chasers_referral_id_id"), ["referral_id", "id"])


def downgrade() -> None:
    with op.batch_alter_table("chasers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chasers_referral_id_id"))
        batch_op.drop_index(batch_op.f("ix_chasers_enquiry_id"))
    op.drop_table("chasers")

    with op.batch_alter_table("enquiries", schema=None) as batch_op:
        batch_op.drop_index("ix_enquiries_referral")
        batch_op.drop_index("ix_enquiries_office_sent")
        batch_op.drop_index("ix_enquiries_to_chase", sqlite_where=TO_CHASE, postgresql_where=TO_CHASE)
        batch_op.drop_index("ix_enquiries_office_agency_open", sqlite_where=OPEN, postgresql_where=OPEN)
        batch_op.drop_index("ix_enquiries_office_open", sqlite_where=OPEN, postgresql_where=OPEN)
    op.drop_table("enquiries")
