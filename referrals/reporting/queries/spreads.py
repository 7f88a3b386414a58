"""How days are spread: the middle one, and how many days nine of ten took at most, for whatever they are divided by."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import CTE, Select, union_all

from referrals.foundation.database import db
from referrals.reporting.queries.medians import added_up, middle, reached

# Of a hundred, so many took at most the days that are given as most.
NINE_OF_TEN: Final = 90


@dataclass(frozen=True, slots=True)
class Spread:
    """The days of one kind, of all its parts together (`part` None) or of one."""

    kind: str
    part: str | None
    median: Decimal
    most: int
    number: int


def spreads(days: Sequence[Select[*tuple[Any, ...]]]) -> list[Spread]:
    """One line for each kind and part that there is, and for each kind over all its parts; two queries.

    Each of `days` has the columns kind, part, days and number, as `medians.added_up` wants them.
    """
    return spreads_of(union_all(*days).cte("days"))


def spreads_of(days: CTE) -> list[Spread]:
    """The same of days that stand together already, under the same names."""
    added = added_up(days)
    longest = {
        (row.kind, row.part, row.whole): int(row.days)
        for row in db.session.execute(
            union_all(reached(added, NINE_OF_TEN, by_part=True), reached(added, NINE_OF_TEN, by_part=False))
        )
    }
    found = db.session.execute(union_all(middle(added, by_part=True), middle(added, by_part=False)))
    return [
        Spread(
            kind=row.kind,
            part=None if row.whole else row.part,
            # With an even number the median lies between two of them.
            median=Decimal(int(row.low) + int(row.high)) / 2,
            most=longest[row.kind, row.part, row.whole],
            number=int(row.number),
        )
        for row in found
    ]
