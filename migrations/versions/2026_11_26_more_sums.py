"""What turns, agreements, answers and gains count as, and indexes for the reports of this moment.

The counted tables are made anew, and everything in them is counted from nothing by the worker.

Revision: more_sums
Follows: evidence_said
"""

import sqlalchemy as sa
from alembic import op

revision = "more_sums"
down_revision = "evidence_said"
branch_labels = None
depends_on = None

BEFORE = {"counted_referrals": "sent", "counted_parts": "kind"}
NEW = {"counted_turns": "turn", "counted_agreements": "kind", "counted_answers": "moment"}


def upgrade() -> None:
    _drop(["report_sums", *BEFORE])
    _make_before(is_more=True)
    _make_new()
    _index(BEFORE | NEW)
    _count_from_nothing()


def downgrade() -> None:
    _drop(["report_sums", *BEFORE, *NEW])
    _make_before(is_more=False)
    _index(BEFORE)
    _count_from_nothing()


def _drop(names: list[str]) -> None:
    for name in names:
        op.drop_table(name)


def _index(tables: dict[str, str]) -> None:
    for table, column in tables.items():
        for owner in ("office_id", "group_id"):
            op.create_index(op.f(f"ix_{table}_{owner}_{column}"), table, [owner, column])


def _count_from_nothing() -> None:
    """What `keeping.begin` does: the worker counts, and reports say meanwhile that their numbers are too small."""
    op.execute("DELETE FROM counted_books")
    op.execute("INSERT INTO counted_books (book_id, number) SELECT id, head_number FROM audit_books")
    op.execute("DELETE FROM recounts")
    op.execute("INSERT INTO recounts (id, last_id, done) SELECT 1, NULL, 0 WHERE EXISTS (SELECT 1 FROM referrals)")


def _make_before(*, is_more: bool) -> None:
    """The tables that were there before, with or without what is new in them."""
    op.create_table(
        "counted_referrals",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        *_owners(),
        *([_text("group_code", 60)] if is_more else []),
        sa.Column("is_advice", sa.SmallInteger(), nullable=False),
        *([sa.Column("undecided", sa.SmallInteger(), nullable=False)] if is_more else []),
        _text("category", 40),
        _number("sent", nullable=False),
        *(_number(name) for name in ("seen", "accepted", "started", "outcome", "ended")),
        _text("ended_as", 30),
        *([_text("end_reason", 60), sa.Column("erased", sa.SmallInteger(), nullable=False)] if is_more else []),
        _number("waited"),
        *(_number(f"took_{name}") for name in ("seen", "accepted", "started", "result", "answered", "whole")),
        sa.Column("outcome_id", sa.Uuid(), nullable=True),
        _number("recorded"),
        _text("resolution", 40),
        _text("standing", 20),
        sa.Column("evidenced", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_counted_referrals")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counted_parts",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        *(_text("kind", 10), _text("code", 60), _text("basis", 20), _place()),
        *([_text("part", 60)] if is_more else []),
        *_owners(is_group_known=False),
        _number("day", nullable=False),
        _text("standing", 20),
        sa.Column("evidenced", sa.SmallInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("claimed", "confirmed", "proved")),
        *(_number("ended"), _number("target")),
        sa.PrimaryKeyConstraint("referral_id", "kind", "code", "basis", "place", name=op.f("pk_counted_parts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report_sums",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        _text("measure", 20),
        sa.Column("month", sa.SmallInteger(), autoincrement=False, nullable=False),
        *(_text("category", 60 if is_more else 40), _text("code", 80 if is_more else 60), _text("aspect", 20)),
        sa.Column("evidenced", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("number", "pence")),
        sa.PrimaryKeyConstraint(
            *("owner_id", "measure", "month", "category", "code", "aspect", "evidenced", "days"),
            name=op.f("pk_report_sums"),
        ),
        sqlite_with_rowid=False,
    )


def _make_new() -> None:
    op.create_table(
        "counted_turns",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        *(_text("turn", 20), _place(), *_owners()),
        *(_number("ended", nullable=False), _number("days", nullable=False)),
        sa.PrimaryKeyConstraint("referral_id", "turn", "place", name=op.f("pk_counted_turns")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counted_agreements",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        *_owners(),
        *(_text("kind", 30), _text("extent", 20), _text("ground", 40), _text("approval", 10)),
        sa.Column("is_open", sa.SmallInteger(), nullable=False),
        *(_number("given", nullable=False), _number("withdrawn"), _number("until")),
        sa.PrimaryKeyConstraint("referral_id", "agreement_id", name=op.f("pk_counted_agreements")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counted_answers",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        *(_text("moment", 10), _place(), *_owners(), _text("category", 40), _number("day", nullable=False)),
        *(_text(name, 20) for name in ("said", "helped_forward", "is_solved", "less_worried")),
        sa.PrimaryKeyConstraint("referral_id", "moment", "place", name=op.f("pk_counted_answers")),
        sqlite_with_rowid=False,
    )


def _owners(*, is_group_known: bool = True) -> list[sa.Column[object]]:
    return [
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=not is_group_known),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
    ]


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _number(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _place() -> sa.Column[int]:
    return sa.Column("place", sa.Integer(), autoincrement=False, nullable=False)
