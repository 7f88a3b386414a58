"""The search index no longer says of what kind a token is: the token itself covers that, and a thief learns less.

Revision: lean_tokens
Follows: saved_views
"""

import sqlalchemy as sa
from alembic import op

revision = "lean_tokens"
down_revision = "saved_views"
branch_labels = None
depends_on = None

KEY = ["organisation_id", "token", "referral_id"]
KEPT = {"sqlite_with_rowid": False}


def upgrade() -> None:
    with op.batch_alter_table("search_tokens", schema=None, table_kwargs=KEPT) as batch_op:
        batch_op.drop_constraint(batch_op.f("pk_search_tokens"), type_="primary")
        batch_op.drop_column("kind")
        batch_op.create_primary_key(batch_op.f("pk_search_tokens"), KEY)


def downgrade() -> None:
    # What kind each was is not known any more; `flask search reindex` writes them anew.
    with op.batch_alter_table("search_tokens", schema=None, table_kwargs=KEPT) as batch_op:
        batch_op.drop_constraint(batch_op.f("pk_search_tokens"), type_="primary")
        batch_op.add_column(sa.Column("kind", sa.String(length=20), nullable=False, server_default="text"))
        batch_op.create_primary_key(batch_op.f("pk_search_tokens"), [*KEY, "kind"])
