"""What residents say four weeks after closing, and at closing why they said nothing.

Revision: later_answers
Follows: office_agreements
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = "later_answers"
down_revision = "office_agreements"
branch_labels = None
depends_on = None

WAITING = sa.text("standing = 'waiting'")
UNTOLD = sa.text("standing = 'waiting' AND told_at IS NULL")
QUESTIONS = ("helped_forward", "is_solved", "less_worried")
_OUTCOMES = sa.table(
    "outcomes",
    sa.column("resident_said", sa.String()),
    sa.column("agreed", sa.String()),
    *(sa.column(name, sa.String()) for name in QUESTIONS),
)


def upgrade() -> None:
    op.create_table(
        "later_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("closed_at", UtcMoment(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("told_at", UtcMoment(), nullable=True),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("ended_at", UtcMoment(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_role", sa.String(length=40), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("way", sa.String(length=20), nullable=True),
        *(sa.Column(name, sa.String(length=20), nullable=True) for name in QUESTIONS),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_later_answers_answered_by_id_people")),
        sa.ForeignKeyConstraint(["group_id"], ["organisations.id"], name=op.f("fk_later_answers_group_id_organisations")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_later_answers_referral_id_referrals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_answers")),
    )
    with op.batch_alter_table("later_answers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_later_answers_group_waiting",
            ["group_id", "due_on"],
            unique=False,
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        )
        batch_op.create_index(
            "ix_later_answers_untold", ["due_on", "id"], unique=False, sqlite_where=UNTOLD, postgresql_where=UNTOLD
        )
        batch_op.create_index(
            "ix_later_answers_ends", ["ends_on", "id"], unique=False, sqlite_where=WAITING, postgresql_where=WAITING
        )
        batch_op.create_index(
            "ix_later_answers_referral_id",
            ["referral_id", "due_on", "told_at", "standing", *QUESTIONS],
            unique=False,
        )
    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("resident_said", sa.String(length=20), nullable=True))
    answered = sa.or_(*(_OUTCOMES.c[name].in_(("yes", "partly", "no")) for name in QUESTIONS))
    said = sa.case((answered, "answered"), else_="not_asked")
    # Where the group has answered, it has also said whether the resident did.
    op.execute(sa.update(_OUTCOMES).where(_OUTCOMES.c.agreed.is_not(None)).values(resident_said=said))


def downgrade() -> None:
    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        batch_op.drop_column("resident_said")
    op.drop_table("later_answers")
