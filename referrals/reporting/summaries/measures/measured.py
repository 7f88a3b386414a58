"""What a measure is: over the columns of a table of counted rows, what counts, on which day, and by what divided."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, literal

# The columns of one of the tables, or of rows chosen from it.
Columns = Any

NOTHING: Final = literal("")
_ZERO: Final = literal(0)


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure over the columns of its table. What it is not divided by is "" or 0."""

    day: ColumnElement[int]
    where: ColumnElement[bool]
    category: ColumnElement[str] = NOTHING
    code: ColumnElement[str] = NOTHING
    # What the group says to a result, the basis of money, what came of an enquiry, or how it was decided.
    aspect: ColumnElement[str] = NOTHING
    evidenced: ColumnElement[int] = _ZERO
    days: ColumnElement[int] = _ZERO
    pence: ColumnElement[int] = _ZERO


Make = Callable[[Columns], Measured]
