"""What was shown of periods that are over.

Revision: publications
Follows: briefs
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "publications"
down_revision = "briefs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("profile", sa.String(length=20), nullable=False),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("made_at", UtcMoment(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_publications_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint(
            "organisation_id", "profile", "report", "period",
            name=op.f("uq_publications_organisation_id_profile_report_period"),
        ),
    )


def downgrade() -> None:
    op.drop_table("publications")
