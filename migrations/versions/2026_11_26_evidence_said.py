"""What an office says by itself of evidence, beside what documents show, so that a removed one counts no longer.

Revision: evidence_said
Follows: impact_reports
"""

import sqlalchemy as sa
from alembic import op

revision = "evidence_said"
down_revision = "impact_reports"
branch_labels = None
depends_on = None

# What was recorded without a document was the office's own word; what a document shows rests on the document.
_HELD = """
UPDATE outcomes SET holds_evidence = evidenced
WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.outcome_id = outcomes.id)
"""
_KINDS = """
UPDATE evidence SET kind = (SELECT money_rows.evidence FROM money_rows WHERE money_rows.id = evidence.money_row_id)
WHERE money_row_id IS NOT NULL
"""
_SAID = """
UPDATE money_rows SET evidence_said = 'none'
WHERE EXISTS (SELECT 1 FROM evidence WHERE evidence.money_row_id = money_rows.id)
"""


def upgrade() -> None:
    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        # The default stays: to take it away, SQLite would drop the table, to which others point.
        batch_op.add_column(sa.Column("holds_evidence", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("money_rows", schema=None) as batch_op:
        batch_op.add_column(sa.Column("evidence_said", sa.String(length=40), nullable=True))
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=40), nullable=True))
    for statement in (_HELD, _KINDS, _SAID):
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_column("kind")
    with op.batch_alter_table("money_rows", schema=None) as batch_op:
        batch_op.drop_column("evidence_said")
    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        batch_op.drop_column("holds_evidence")
