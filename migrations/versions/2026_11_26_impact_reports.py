"""Impact reports, and their files as they were issued.

Revision: impact_reports
Follows: publications
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "impact_reports"
down_revision = "publications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "impact_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("counted_at", UtcMoment(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("drafted_at", UtcMoment(), nullable=False),
        sa.Column("drafted_by_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", UtcMoment(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_at", UtcMoment(), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_alone", sa.Boolean(), nullable=False),
        sa.Column("issued_at", UtcMoment(), nullable=True),
        sa.Column("issued_by_id", sa.Uuid(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("superseded_at", UtcMoment(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["people.id"], name=op.f("fk_impact_reports_approved_by_id_people")
        ),
        sa.ForeignKeyConstraint(["changed_by_id"], ["people.id"], name=op.f("fk_impact_reports_changed_by_id_people")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["impact_reports.id"], name=op.f("fk_impact_reports_corrects_id_impact_reports")
        ),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["people.id"], name=op.f("fk_impact_reports_drafted_by_id_people")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["people.id"], name=op.f("fk_impact_reports_issued_by_id_people")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_impact_reports_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_reports")),
    )
    with op.batch_alter_table("impact_reports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_impact_reports_organisation_id_state"), ["organisation_id", "state"], unique=False
        )
    op.create_table(
        "impact_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["impact_reports.id"], name=op.f("fk_impact_files_report_id_impact_reports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_files")),
        sa.UniqueConstraint("report_id", "form", name=op.f("uq_impact_files_report_id_form")),
    )


def downgrade() -> None:
    op.drop_table("impact_files")
    with op.batch_alter_table("impact_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_impact_reports_organisation_id_state"))
    op.drop_table("impact_reports")
