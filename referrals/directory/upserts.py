"""Insert-or-update of many rows in one statement, the same on both databases."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from referrals.foundation.database import Base


def upsert(session: Session, model: type[Base], rows: Sequence[dict[str, Any]], by: Sequence[str] = ()) -> None:
    """Insert the rows, or bring the ones there already up to them; `by` names the unique columns, else the primary key.

    Several processes may do the same at once. A row keeps its id. Objects of these rows in the session are made stale.
    """
    table = cast(Table, model.__table__)
    keys = tuple(by) or tuple(column.name for column in table.primary_key)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(table)
    changing = {name: statement.excluded[name] for name in rows[0] if name not in keys and name != "id"}
    if changing:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=changing)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    session.execute(statement, rows)
    session.expire_all()
