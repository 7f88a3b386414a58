"""The tables of counted rows, how some referrals are picked in each of them, and what their SELECTs share."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Table, and_, case, cast, null
from sqlalchemy.orm import InstrumentedAttribute

from referrals.casework.models import Referral
from referrals.casework.workflow import states
from referrals.reporting.summaries.models import (
    CountedAgreement,
    CountedAnswer,
    CountedPart,
    CountedReferral,
    CountedTurn,
)

REFERRALS: Final[Table] = CountedReferral.__table__  # type: ignore[assignment]
PARTS: Final[Table] = CountedPart.__table__  # type: ignore[assignment]
TURNS: Final[Table] = CountedTurn.__table__  # type: ignore[assignment]
AGREEMENTS: Final[Table] = CountedAgreement.__table__  # type: ignore[assignment]
ANSWERS: Final[Table] = CountedAnswer.__table__  # type: ignore[assignment]

# Typed, so that rows can be put together.
NO_NUMBER: Final = cast(null(), Integer)

# The condition that picks referrals, given the column that holds their ids.
Chosen = Callable[[Any], ColumnElement[bool]]


def these(ids: list[UUID]) -> Chosen:
    """The referrals of these ids."""
    return lambda column: column.in_(ids)


def between(after: UUID | None, last: UUID) -> Chosen:
    """The referrals after one id (None: from the first) up to another."""
    if after is None:
        return lambda column: column <= last
    return lambda column: and_(column > after, column <= last)


def counts() -> ColumnElement[bool]:
    """Whether a referral counts: sent, and not by mistake."""
    return and_(Referral.submitted_at.is_not(None), Referral.state != states.ENTERED_IN_ERROR)


def one_where(condition: ColumnElement[bool] | InstrumentedAttribute[bool]) -> ColumnElement[int]:
    """1 or 0."""
    return case((condition, 1), else_=0)


def named(table: Table, columns: list[Any]) -> list[Any]:
    """Each by the name it has in the table; the same one can stand in several places."""
    return [found.label(column.name) for found, column in zip(columns, table.columns, strict=True)]
