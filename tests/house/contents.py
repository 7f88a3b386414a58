"""What a database holds, row by row, to see whether anything changed; and who looked at what, by the books."""

from sqlalchemy import func, select

from referrals.audit.models import AuditEntry
from referrals.foundation.database import Base, db

# What a reading leaves behind: events in the books, that it was read, who is there, when a session was last used, and
# which notices were read; what a coordinator, or anybody, was shown of a period that is over, and the sums that are
# brought up to date for it.
TRACES = frozenset(
    {
        "audit_books",
        "audit_entries",
        "audit_details",
        "counted_agreements",
        "counted_answers",
        "counted_books",
        "counted_parts",
        "counted_referrals",
        "counted_turns",
        "notices",
        "sign_in_sessions",
        "readings",
        "presences",
        "publications",
        "report_sums",
    }
)


def contents() -> dict[str, list[str]]:
    """Every row of every table as text, but for the traces of a reading."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in Base.metadata.sorted_tables
            if table.name not in TRACES
        }


def changed(before: dict[str, list[str]]) -> list[str]:
    """The tables that differ from what they were, each with the rows that are new."""
    now = contents()
    return [f"{name}: {sorted(set(now[name]) - set(rows))}" for name, rows in before.items() if now[name] != rows]


def events() -> int:
    """How many events there are in all books."""
    with db.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(AuditEntry)) or 0
