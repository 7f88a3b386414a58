"""The guard: a change of an audited row that no event of the same transaction tells of is never saved."""

from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Delete, Insert, Update, event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from referrals.foundation.database import Base
from referrals.foundation.errors import UnrecordedChange

Head = tuple[UUID, int, str]
# A bulk statement on an audited table names whose rows it changes by this execution option: a collection of ids.
OPTION: Final = "audit_subjects"
_LEDGER: Final = "audit_ledger"
_SAVEPOINTS: Final = "audit_savepoints"


@dataclass
class Ledger:
    """What one transaction changed, what it recorded, and the heads of the books it holds locked."""

    changed: set[tuple[UUID | None, str]] = field(default_factory=set)
    recorded: set[UUID | None] = field(default_factory=set)
    heads: dict[UUID, Head] = field(default_factory=dict)

    def copy(self) -> "Ledger":
        """A copy that later changes leave alone."""
        return replace(self, changed=set(self.changed), recorded=set(self.recorded), heads=dict(self.heads))


def recorded(session: Session, subject_id: UUID | None, head: Head) -> None:
    """Note that the transaction holds an event about the subject, and where its book now ends."""
    ledger = _ledger(session)
    ledger.recorded.add(subject_id)
    ledger.heads[head[0]] = head


def head_held(session: Session, book_id: UUID) -> Head | None:
    """The head of a book that this transaction already holds locked, or None."""
    return _ledger(session).heads.get(book_id)


def _ledger(session: Session) -> Ledger:
    ledger: Ledger = session.info.setdefault(_LEDGER, Ledger())
    return ledger


@event.listens_for(Session, "after_flush")
def _note_changes(session: Session, _context: Any) -> None:
    # After the flush, because only then have new rows the foreign keys that say whose they are.
    rows = [*session.new, *session.deleted]
    rows += [row for row in session.dirty if session.is_modified(row, include_collections=False)]
    changed = [(row.audit_subject(), type(row).__name__) for row in rows if hasattr(row, "audit_subject")]
    if changed:
        _ledger(session).changed.update(changed)


@event.listens_for(Session, "do_orm_execute")
def _note_bulk_change(state: ORMExecuteState) -> None:
    statement = state.statement
    if not isinstance(statement, Insert | Update | Delete) or state.is_from_statement:
        return
    name = _audited_tables().get(getattr(statement.table, "name", ""))
    if name is None:
        return
    subjects = state.execution_options.get(OPTION)
    if not subjects:
        raise UnrecordedChange(f"a bulk change of {name} does not say whose it is: name the ids by the option {OPTION}")
    _ledger(state.session).changed.update((subject, name) for subject in subjects)


def _audited_tables() -> dict[str, str]:
    audited = (mapper for mapper in Base.registry.mappers if hasattr(mapper.class_, "audit_subject"))
    return {mapper.local_table.description: mapper.class_.__name__ for mapper in audited}


@event.listens_for(Session, "before_commit")
def _refuse_silence(session: Session) -> None:
    if session.in_nested_transaction():
        return
    # The commit would flush only after this event, and what it then wrote would go unseen.
    session.flush()
    ledger = _ledger(session)
    silent = sorted({name for subject, name in ledger.changed if subject is None or subject not in ledger.recorded})
    if silent:
        raise UnrecordedChange(f"changed without an audit event: {', '.join(silent)}")


@event.listens_for(Session, "after_transaction_create")
def _remember_savepoint(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info.setdefault(_SAVEPOINTS, {})[transaction] = _ledger(session).copy()


@event.listens_for(Session, "after_soft_rollback")
def _forget_undone(session: Session, transaction: SessionTransaction) -> None:
    before: Ledger | None = session.info.get(_SAVEPOINTS, {}).pop(transaction, None)
    if before is not None:
        session.info[_LEDGER] = before


@event.listens_for(Session, "after_transaction_end")
def _close(session: Session, transaction: SessionTransaction) -> None:
    # A savepoint ends before it is told to be undone, so its memory stays until the whole transaction ends.
    if transaction.parent is None:
        session.info.pop(_LEDGER, None)
        session.info.pop(_SAVEPOINTS, None)
