"""How long each stage of a referral took, in days: the middle one, and how long nine of ten took at most."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from referrals.casework.models import Referral
from referrals.foundation.database import db
from referrals.reporting.days import london_day_number
from referrals.reporting.periods import Period
from referrals.reporting.queries.medians import added_up, middle, reached
from referrals.reporting.queries.within import within
from referrals.reporting.scope import Scope

# Of a hundred referrals, so many took at most the days that are given as most.
MOST: Final = 90
# Each stage by the moments at which it began and ended.
STAGES: Final[dict[str, tuple[InstrumentedAttribute[Any], InstrumentedAttribute[Any]]]] = {
    "seen": (Referral.submitted_at, Referral.seen_at),
    "accepted": (Referral.submitted_at, Referral.accepted_at),
    "started": (Referral.accepted_at, Referral.started_at),
    "result": (Referral.started_at, Referral.outcome_at),
    "answered": (Referral.outcome_at, Referral.ended_at),
    "whole": (Referral.submitted_at, Referral.ended_at),
}
WHOLE: Final = "whole"


@dataclass(frozen=True, slots=True)
class Took:
    """What one stage took, of all referrals or, with a category, of those in it ("" for those in none)."""

    stage: str
    category: str | None
    median: Decimal
    most: int
    referrals: int


def stages(scope: Scope, period: Period) -> list[Took]:
    """One line for each stage that ended in the period, and for each category of it; two queries."""
    added = added_up(union_all(*(_days(scope, period, stage) for stage in STAGES)).cte("days"))
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
    ]


def _days(scope: Scope, period: Period, stage: str) -> Select[str, str, int, int]:
    begun, ended = STAGES[stage]
    days: ColumnElement[int] = (london_day_number(ended) - london_day_number(begun)).label("days")
    category: ColumnElement[str] = func.coalesce(Referral.category, "").label("part")
    return (
        select(literal(stage).label("kind"), category, days, func.count().label("number"))
        # What begins again, in another office or once more, has no stage before it that ended.
        .where(scope.covers(), within(ended, period), begun <= ended)
        .group_by(Referral.category, days)
    )
