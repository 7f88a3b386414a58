"""Which tokens a referral has is kept with its entry: the longest table then needs no second index to find them.

Revision: search_entries
Follows: meetings
"""

from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "search_entries"
down_revision = "meetings"
branch_labels = None
depends_on = None

KEPT = {"sqlite_with_rowid": False}
ROWS = 1_000

tokens = sa.table(
    "search_tokens", sa.column("organisation_id", sa.Uuid()), sa.column("token", sa.LargeBinary()),
    sa.column("referral_id", sa.Uuid()),
)  # fmt: skip
entries = sa.table(
    "search_entries", sa.column("referral_id", sa.Uuid()), sa.column("organisation_id", sa.Uuid()),
    sa.column("tokens", sa.LargeBinary()),
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("tokens", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_search_entries_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_search_entries_referral_id_referrals")),
        sa.PrimaryKeyConstraint("referral_id", "organisation_id", name=op.f("pk_search_entries")),
        sqlite_with_rowid=False,
    )
    enter_what_is_indexed(op.get_bind())
    with op.batch_alter_table("search_tokens", schema=None, table_kwargs=KEPT) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_tokens_referral_id"))
        batch_op.drop_constraint(batch_op.f("fk_search_tokens_referral_id_referrals"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_search_tokens_organisation_id_organisations"), type_="foreignkey")


def enter_what_is_indexed(connection: sa.Connection) -> None:
    """An entry for every referral of an organisation's index, some referrals at a time."""
    after = None
    while True:
        some = sa.select(tokens.c.referral_id).distinct().order_by(tokens.c.referral_id).limit(ROWS)
        ids = connection.scalars(some if after is None else some.where(tokens.c.referral_id > after)).all()
        if not ids:
            return
        after = ids[-1]
        key = (tokens.c.referral_id, tokens.c.organisation_id)
        rows = connection.execute(
            sa.select(*key, tokens.c.token).where(tokens.c.referral_id.in_(ids)).order_by(*key, tokens.c.token)
        )
        made = [
            {"referral_id": referral_id, "organisation_id": organisation_id, "tokens": b"".join(row.token for row in of)}
            for (referral_id, organisation_id), of in groupby(rows, key=lambda row: (row[0], row[1]))
        ]
        connection.execute(sa.insert(entries), made)


def downgrade() -> None:
    with op.batch_alter_table("search_tokens", schema=None, table_kwargs=KEPT) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_search_tokens_organisation_id_organisations"), "organisations", ["organisation_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_search_tokens_referral_id_referrals"), "referrals", ["referral_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_search_tokens_referral_id"), ["referral_id"], unique=False)
    op.drop_table("search_entries")
