"""How long each stage of a referral took, in days: the middle one, and how long nine of ten took at most."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import union_all

from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.queries.medians import added_up, days_of, middle, reached
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import measures

# Of a hundred referrals, so many took at most the days that are given as most.
MOST: Final = 90
# In the order in which a referral comes to them.
STAGES: Final = (
    *(measures.SEEN, measures.TAKEN_ON, measures.STARTED, measures.HAS_RESULT),
    *(measures.ANSWERED_RESULT, measures.WHOLE),
)
WHOLE: Final = measures.WHOLE


@dataclass(frozen=True, slots=True)
class Took:
    """What one stage took, of all referrals or, with a category, of those in it ("" for those in none)."""

    stage: str
    category: str | None
    median: Decimal
    most: int
    referrals: int


def stages(scope: Scope, period: Period) -> list[Took]:
    """One line for each stage that ended in the period, and for each category of the whole; two queries."""
    added = added_up(days_of(scope, period, *STAGES))
    longest = {
        (row.kind, row.part, row.whole): int(row.days)
        for row in db.session.execute(
            union_all(reached(added, MOST, by_part=True), reached(added, MOST, by_part=False))
        )
    }
    found = db.session.execute(union_all(middle(added, by_part=True), middle(added, by_part=False)))
    return [
        Took(
            stage=row.kind,
            category=None if row.whole else row.part,
            # With an even number of referrals the median lies between two of them.
            median=Decimal(int(row.low) + int(row.high)) / 2,
            most=longest[row.kind, row.part, row.whole],
            referrals=int(row.number),
        )
        for row in found
        # Only the whole is divided by category.
        if row.whole or row.kind == WHOLE
    ]
