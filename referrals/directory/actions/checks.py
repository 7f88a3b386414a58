"""What is looked at before anything enters the directory; a fault is a sentence to show beside the field."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select

from referrals.directory import lists, queries
from referrals.directory.models import Term
from referrals.foundation.database import Base, db
from referrals.foundation.errors import Invalid

LONGEST_NAME = 120

Row = TypeVar("Row", bound=Base)


def refuse(faults: Mapping[str, str | None]) -> None:
    """Raise Invalid with the faults there are."""
    found = {field: fault for field, fault in faults.items() if fault}
    if found:
        raise Invalid(found)


def keep(row: Row) -> Row:
    """Add the row and write it at once, so that what comes next can refer to it."""
    db.session.add(row)
    db.session.flush()
    return row


def name_fault(name: str) -> str | None:
    """A name is needed, on one line, of at most 120 characters."""
    if not name.strip():
        return "Enter a name"
    if len(name) > LONGEST_NAME or not name.isprintable():
        return f"Enter a name of at most {LONGEST_NAME} characters on one line"
    return None


def dates_fault(begins_on: date | None, ends_on: date | None) -> str | None:
    """An end does not come before its beginning."""
    if begins_on and ends_on and ends_on < begins_on:
        return "The end must be after the beginning"
    return None


def small_count_fault(small_count: int) -> str | None:
    """Two is the least threshold that hides anybody; more than 100 hides everything."""
    return None if 2 <= small_count <= 100 else "Enter a number between 2 and 100"


def code_fault(list_code: str, code: str | None) -> str | None:
    """A code, where there is one, is of its list."""
    return None if code is None or code in lists.codes(list_code) else "Choose one of the list"


def programme_fault(programme_id: UUID) -> str | None:
    """There is such a programme."""
    return None if queries.programme_of(programme_id) else "Choose a programme we know"


def overlap_fault(constituency_id: UUID, begins_on: date, ends_on: date | None) -> str | None:
    """A seat has one MP at a time."""
    query = select(Term.id).where(
        Term.constituency_id == constituency_id, or_(Term.ends_on.is_(None), Term.ends_on >= begins_on)
    )
    if ends_on is not None:
        query = query.where(Term.begins_on <= ends_on)
    return "This seat has an MP at that time already" if db.session.scalar(query.limit(1)) else None
