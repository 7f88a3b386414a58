"""How long each stage of a referral took, in days: the middle one, and how long nine of ten took at most."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from referrals.reporting.periods import Period
from referrals.reporting.queries.medians import days_of
from referrals.reporting.queries.spreads import spreads_of
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import measures

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
    return [
        Took(one.kind, one.part, one.median, one.most, one.number)
        for one in spreads_of(days_of(scope, period, *STAGES))
        # Only the whole is divided by category.
        if one.part is None or one.kind == WHOLE
    ]
