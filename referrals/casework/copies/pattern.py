"""What a referral is made of, taken apart: every row that hangs on it with its words opened, and its audit events."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import LargeBinary, Row, Table, select
from sqlalchemy.orm import Session

from referrals.audit.chain import DETAIL_COLUMN, DETAIL_TABLE, detail_row_id
from referrals.audit.models import AuditBook, AuditDetail, AuditEntry
from referrals.casework.models import LIES_ELSEWHERE, MatchToken, Referral, ReferralLink, SearchEntry, SearchToken
from referrals.foundation.database import Base
from referrals.foundation.sealing import RowKey

# A mark in the `info` of a table whose rows are not copied, beside the one of the models.
SAYS_NAMES: Final = "says_names"
REFERRALS: Final[Table] = Referral.__table__  # type: ignore[assignment]
SEARCHED: Final[Table] = SearchEntry.__table__  # type: ignore[assignment]
TOKENS: Final[Table] = SearchToken.__table__  # type: ignore[assignment]
MATCHES: Final[Table] = MatchToken.__table__  # type: ignore[assignment]
LINKS: Final[Table] = ReferralLink.__table__  # type: ignore[assignment]
SEALED: Final = "_sealed"
_BOOKS: Final[Table] = AuditBook.__table__  # type: ignore[assignment]
_ENTRIES: Final[Table] = AuditEntry.__table__  # type: ignore[assignment]
_DETAILS: Final[Table] = AuditDetail.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class PatternRow:
    """One row: its plain columns, and the opened texts of its sealed ones by their columns' names."""

    table: str
    plain: dict[str, Any]
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class PatternEvent:
    """One audit event, without its place in a book; `organisation_id` None means the service's own book."""

    organisation_id: UUID | None
    at: datetime
    actor_id: UUID | None
    actor_role: str | None
    action: str
    facts: dict[str, Any]
    words: str | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A whole referral; plain data, so that another process can be given it."""

    id: UUID
    state: str
    is_open: bool
    created_at: datetime
    group_id: UUID
    office_id: UUID | None
    constituency_id: UUID | None
    agency_id: UUID | None
    rows: tuple[PatternRow, ...]
    events: tuple[PatternEvent, ...]
    # The organisations in whose search index it is.
    found_by: tuple[UUID, ...]


def child_tables() -> list[Table]:
    """The tables whose rows hang on a referral, in an order in which they can be written.

    The search index is made anew, and a link leads to a referral that has no copy.
    Those that say of themselves that what they tell of lies elsewhere are not copied: it would not be there. Nor are
    those whose words name people, because a copy is about somebody else.
    """
    return [
        table
        for table in Base.metadata.sorted_tables
        if table not in (SEARCHED, MATCHES, LINKS)
        and not (table.info.get(LIES_ELSEWHERE) or table.info.get(SAYS_NAMES))
        and any(key.column.table is REFERRALS for key in table.foreign_keys)
    ]


def capture(referral: Referral, session: Session) -> Pattern:
    """Take a referral of the session apart; what was not flushed yet is."""
    session.flush()
    key = referral.seal_key()
    if key is None:
        raise ValueError("an erased referral is no pattern")
    rows = [_row(REFERRALS, found, key) for found in _select(session, REFERRALS, REFERRALS.c.id, referral.id)]
    for table in child_tables():
        rows += [_row(table, found, key) for found in _select(session, table, table.c.referral_id, referral.id)]
    indexed = select(SEARCHED.c.organisation_id).where(SEARCHED.c.referral_id == referral.id)
    return Pattern(
        id=referral.id,
        state=referral.state,
        is_open=referral.ended_at is None,
        created_at=referral.created_at,
        group_id=referral.group_id,
        office_id=referral.office_id,
        constituency_id=referral.constituency_id,
        agency_id=referral.agency_id,
        rows=tuple(rows),
        events=tuple(_events(session, referral.id, key)),
        found_by=tuple(session.connection().execute(indexed).scalars()),
    )


def _select(session: Session, table: Table, column: Any, referral_id: UUID) -> list[Row[Any]]:
    order = [*table.primary_key.columns]
    return list(session.connection().execute(select(table).where(column == referral_id).order_by(*order)))


def _row(table: Table, found: Row[Any], key: RowKey) -> PatternRow:
    values = found._asdict()
    words = {}
    for column in table.columns:
        if isinstance(column.type, LargeBinary) and column.name.endswith(SEALED):
            blob = values.pop(column.name)
            if blob is not None:
                words[column.name] = key.open(blob, table=table.name, column=column.name, row_id=values["id"])
    return PatternRow(table.name, values, words)


def _events(session: Session, referral_id: UUID, key: RowKey) -> list[PatternEvent]:
    query = (
        select(_ENTRIES, _BOOKS.c.organisation_id, _DETAILS.c.sealed)
        .join(_BOOKS, _BOOKS.c.id == _ENTRIES.c.book_id)
        .outerjoin(_DETAILS, (_DETAILS.c.book_id == _ENTRIES.c.book_id) & (_DETAILS.c.number == _ENTRIES.c.number))
        .where(_ENTRIES.c.subject_id == referral_id)
        .order_by(_ENTRIES.c.at, _ENTRIES.c.number)
    )
    return [_event(found, key) for found in session.connection().execute(query)]


def _event(found: Row[Any], key: RowKey) -> PatternEvent:
    words = None
    if found.sealed is not None:
        place = detail_row_id(found.book_id, found.number)
        words = json.loads(key.open(found.sealed, table=DETAIL_TABLE, column=DETAIL_COLUMN, row_id=place))["words"]
    return PatternEvent(
        organisation_id=found.organisation_id,
        at=found.at,
        actor_id=found.actor_id,
        actor_role=found.actor_role,
        action=found.action,
        facts=dict(found.facts),
        words=words,
    )
