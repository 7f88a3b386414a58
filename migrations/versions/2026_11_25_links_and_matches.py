"""The service's own comparison, links between referrals, and how a referral's search index was made.

Revision: links
Follows: enquiries
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "links"
down_revision = "enquiries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "match_tokens",
        sa.Column("token", sa.LargeBinary(length=16), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_match_tokens_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("token", "referral_id", name=op.f("pk_match_tokens")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("match_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_tokens_referral_id"), ["referral_id"], unique=False)
    op.create_table(
        "referral_links",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("linked_by_id", sa.Uuid(), nullable=False),
        sa.Column("linked_at", UtcMoment(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["linked_by_id"], ["people.id"], name=op.f("fk_referral_links_linked_by_id_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_referral_links_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["referrals.id"], name=op.f("fk_referral_links_other_id_referrals")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_links_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_links")),
        sa.UniqueConstraint(
            "organisation_id",
            "referral_id",
            "other_id",
            name=op.f("uq_referral_links_organisation_id_referral_id_other_id"),
        ),
    )
    with op.batch_alter_table("referral_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_links_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_links_referral_id"), ["referral_id"], unique=False)
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("index_version", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.drop_column("index_version")
    with op.batch_alter_table("referral_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_links_referral_id"))
        batch_op.drop_index(batch_op.f("ix_referral_links_other_id"))
    op.drop_table("referral_links")
    with op.batch_alter_table("match_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_tokens_referral_id"))
    op.drop_table("match_tokens")
