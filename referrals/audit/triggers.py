"""Triggers that keep the books append-only, on both databases, whatever program is connected."""

import re
from typing import Any, Final

from sqlalchemy import Connection, MetaData, event, text

from referrals.foundation.database import Base

# For the first migration: each is one statement, and may be run again.
SQLITE: Final = (
    """CREATE TRIGGER IF NOT EXISTS audit_entries_stay BEFORE UPDATE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS audit_entries_remain BEFORE DELETE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """CREATE TRIGGER IF NOT EXISTS audit_entries_follow BEFORE INSERT ON audit_entries
    WHEN NEW.number <= (SELECT head_number FROM audit_books WHERE id = NEW.book_id)
    BEGIN SELECT RAISE(ABORT, 'audit entries are only added at the end'); END""",
    """CREATE TRIGGER IF NOT EXISTS audit_books_grow BEFORE UPDATE ON audit_books
    WHEN NEW.head_number <= OLD.head_number OR NEW.id <> OLD.id OR NEW.organisation_id IS NOT OLD.organisation_id
    BEGIN SELECT RAISE(ABORT, 'audit books only grow'); END""",
    """CREATE TRIGGER IF NOT EXISTS audit_books_remain BEFORE DELETE ON audit_books
    BEGIN SELECT RAISE(ABORT, 'audit books are never deleted'); END""",
    # A book that is there already is left as it is: "do nothing" stays possible, and REPLACE does nothing too.
    """CREATE TRIGGER IF NOT EXISTS audit_books_begin_once BEFORE INSERT ON audit_books
    WHEN EXISTS (SELECT 1 FROM audit_books WHERE id = NEW.id)
    BEGIN SELECT RAISE(IGNORE); END""",
    # Deleting is allowed: an erasure takes the sealed words away, and the entry's digest stays.
    """CREATE TRIGGER IF NOT EXISTS audit_details_stay BEFORE UPDATE ON audit_details
    BEGIN SELECT RAISE(ABORT, 'audit details are never changed'); END""",
)

POSTGRESQL: Final = (
    """CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is not allowed on %: the audit only grows', TG_OP, TG_TABLE_NAME; END $$""",
    """CREATE OR REPLACE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE OR REPLACE TRIGGER audit_books_grow BEFORE UPDATE ON audit_books FOR EACH ROW
    WHEN (NEW.head_number <= OLD.head_number OR NEW.id <> OLD.id
          OR NEW.organisation_id IS DISTINCT FROM OLD.organisation_id)
    EXECUTE FUNCTION audit_refuse()""",
    """CREATE OR REPLACE TRIGGER audit_books_remain BEFORE DELETE OR TRUNCATE ON audit_books
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE OR REPLACE TRIGGER audit_details_stay BEFORE UPDATE OR TRUNCATE ON audit_details
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
)

# The same wall for the role the service runs as on PostgreSQL, where the tables belong to another role.
POSTGRESQL_GRANTS: Final = (
    "REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON audit_entries FROM {role}",
    "REVOKE DELETE, TRUNCATE, TRIGGER ON audit_books FROM {role}",
    "REVOKE UPDATE, TRUNCATE, TRIGGER ON audit_details FROM {role}",
    "GRANT SELECT, INSERT ON audit_entries TO {role}",
    "GRANT SELECT, INSERT, UPDATE ON audit_books TO {role}",
    "GRANT SELECT, INSERT, DELETE ON audit_details TO {role}",
)

_ROLE: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_UP_SQLITE: Final = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit!_%' ESCAPE '!'"
_UP_POSTGRESQL: Final = (
    "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'audit!_%' ESCAPE '!' AND tgenabled <> 'D' AND tgrelid IN"
    " (SELECT to_regclass(name) FROM unnest(ARRAY['audit_entries', 'audit_books', 'audit_details']) AS name)"
)
# How to list them, and how many there must be: on PostgreSQL one of the statements makes the function.
_EXPECTED: Final = {"sqlite": (_UP_SQLITE, len(SQLITE)), "postgresql": (_UP_POSTGRESQL, len(POSTGRESQL) - 1)}


def statements(dialect: str) -> tuple[str, ...]:
    """The statements that put the triggers up on `sqlite` or `postgresql`; they may be run again."""
    return POSTGRESQL if dialect == "postgresql" else SQLITE


def grants(role: str) -> list[str]:
    """The statements that keep a PostgreSQL role from changing the past; ValueError for what is no plain name."""
    if not _ROLE.fullmatch(role):
        raise ValueError("the name of a role has small letters, digits and underscores")
    return [statement.format(role=role) for statement in POSTGRESQL_GRANTS]


def are_up(connection: Connection) -> bool:
    """Whether the database still has every trigger, and has none of them switched off."""
    query, expected = _EXPECTED[connection.dialect.name]
    return len(connection.execute(text(query)).all()) == expected


# For databases made from the models, as the tests make them; migrations name the statements themselves.
@event.listens_for(Base.metadata, "after_create")
def _put_up(_metadata: MetaData, connection: Connection, **_: Any) -> None:
    for statement in statements(connection.dialect.name):
        connection.execute(text(statement))
