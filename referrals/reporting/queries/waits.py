"""How long people waited: the median of days before a referral was sent, and of days from then to its result."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import union_all

from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.queries.medians import added_up, days_of, middle
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.measures import RESULT_DAYS, WAITED

BEFORE: Final = WAITED
AFTER: Final = RESULT_DAYS


@dataclass(frozen=True, slots=True)
class Wait:
    """The median wait in days, and how many referrals it is taken from. `category` is None for all of them."""

    kind: str
    category: str | None
    median: Decimal
    referrals: int


def waits(scope: Scope, period: Period) -> list[Wait]:
    """One line for each kind of wait that is known, for all referrals and for each category; one query."""
    added = added_up(days_of(scope, period, BEFORE, AFTER))
    query = union_all(middle(added, by_part=True), middle(added, by_part=False))
    return [
        Wait(
            kind=row.kind,
            category=None if row.whole else row.part,
            # With an even number of referrals the median lies between two of them.
            median=Decimal(int(row.low) + int(row.high)) / 2,
            referrals=int(row.number),
        )
        for row in db.session.execute(query)
    ]
