"""Making very many referrals out of fewer: copies of the rows that reports count, in a database made for measuring.

Only what reports read is copied: no words to search for, and no audit books. So it is a scratch database afterwards.
"""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Select,
    Table,
    case,
    cast,
    func,
    insert,
    literal,
    null,
    select,
    type_coerce,
)
from sqlalchemy import String as Text
from sqlalchemy.orm import Session

from referrals.casework.models import (
    Consent,
    Enquiry,
    LaterAnswer,
    MoneyRow,
    Move,
    Outcome,
    OutcomeCode,
    Referral,
)
from referrals.foundation.bulk import make_room, resting, take_stock, trusting
from referrals.foundation.database import transaction

TABLES: Final[tuple[Table, ...]] = tuple(
    model.__table__  # type: ignore[attr-defined]
    for model in (Referral, Outcome, OutcomeCode, MoneyRow, Enquiry, Move, Consent, LaterAnswer)
)
# Every id is a UUIDv7, so that a copy with another digit than 7 in this place is nobody else's (RFC 9562).
VERSION: Final = 13
DIGITS: Final = "01245689abcdef"
MOST_COPIES: Final = len(DIGITS) * 15


def multiply(times: int, office_id: UUID | None, group_id: UUID | None) -> Iterator[str]:
    """Copy every referral so many times, into one office and one group where they are given; yields what is done."""
    if not 0 < times <= MOST_COPIES:
        raise ValueError(f"from 1 to {MOST_COPIES} copies can be made")
    owners = {"office_id": office_id, "group_id": group_id}
    indexes = [index for table in TABLES for index in table.indexes if not index.unique]
    with trusting(), resting(indexes):
        for table in TABLES:
            with transaction() as session:
                make_room(session)
                _copy(session, table, times, {name: one for name, one in owners.items() if one is not None})
            yield table.name
    with transaction() as session:
        take_stock(session)


def _copy(session: Session, table: Table, times: int, owners: dict[str, UUID]) -> None:
    # The copies of a copy would have the same ids, so the originals are told by theirs.
    original = func.substr(_text(session, table.c.id), VERSION, 1) == "7"
    for copy in range(times):
        columns = [_copied(session, table, column, copy, owners) for column in table.columns]
        rows: Select[Any] = select(*columns).where(original)
        # Past the session, which would ask for the event that goes with each change.
        session.connection().execute(insert(table).from_select([column.name for column in table.columns], rows))


def _copied(
    session: Session, table: Table, column: Column[Any], copy: int, owners: dict[str, UUID]
) -> ColumnElement[Any]:
    if column.name in owners:
        # A draft has no office.
        return case((column.is_not(None), literal(owners[column.name], column.type)), else_=None)
    if column.primary_key or any(key.column.table in TABLES for key in column.foreign_keys):
        return _other_id(session, column, copy)
    # A reference is one referral's alone, and a key opens for no other id; reports ask for neither.
    return null() if column.name == "reference" or isinstance(column.type, LargeBinary) else column


def _text(session: Session, column: ColumnElement[Any]) -> ColumnElement[str]:
    """An id as 32 digits."""
    if session.get_bind().dialect.name == "sqlite":
        return type_coerce(column, Text())
    return func.replace(cast(column, Text()), "-", "")


def _other_id(session: Session, column: Column[Any], copy: int) -> ColumnElement[Any]:
    digits = _text(session, column)
    first = func.substr(digits, 1, 1, type_=Text()) if copy < len(DIGITS) else literal(f"{copy // len(DIGITS):x}")
    middle, rest = (func.substr(digits, *span, type_=Text()) for span in ((2, VERSION - 2), (VERSION + 1,)))
    made = first + middle + literal(DIGITS[copy % len(DIGITS)]) + rest
    return type_coerce(made, column.type) if session.get_bind().dialect.name == "sqlite" else cast(made, column.type)
