"""How long people waited: the median of days before a referral was sent, and of days from then to its result."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all

from referrals.casework.models import Outcome, Referral
from referrals.foundation.database import db
from referrals.reporting.days import day_number, london_day_number
from referrals.reporting.periods import Period
from referrals.reporting.queries.medians import added_up, middle
from referrals.reporting.queries.within import standing_results, within
from referrals.reporting.scope import Scope

BEFORE: Final = "before"
AFTER: Final = "after"


@dataclass(frozen=True, slots=True)
class Wait:
    """The median wait in days, and how many referrals it is taken from. `category` is None for all of them."""

    kind: str
    category: str | None
    median: Decimal
    referrals: int


def waits(scope: Scope, period: Period) -> list[Wait]:
    """One line for each kind of wait that is known, for all referrals and for each category; one query."""
    days = union_all(_before(scope, period), _after(scope, period)).cte("days")
    added = added_up(days)
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


def _category() -> ColumnElement[str]:
    return func.coalesce(Referral.category, "").label("part")


def _before(scope: Scope, period: Period) -> Select[str, str, int, int]:
    """Referrals sent in the period, by days from when the resident began to wait to when it was sent."""
    days = (london_day_number(Referral.submitted_at) - day_number(Referral.waiting_since)).label("days")
    return (
        select(literal(BEFORE).label("kind"), _category(), days, func.count().label("number"))
        .where(scope.covers(), within(Referral.submitted_at, period), Referral.waiting_since.is_not(None))
        .group_by(Referral.category, days)
    )


def _after(scope: Scope, period: Period) -> Select[Any]:
    """Results recorded in the period, by days from when the referral was sent to when the result was recorded."""
    days = (london_day_number(Outcome.recorded_at) - london_day_number(Referral.submitted_at)).label("days")
    return (
        standing_results(scope, literal(AFTER).label("kind"), _category(), days, func.count().label("number"))
        .where(within(Outcome.recorded_at, period))
        .group_by(Referral.category, days)
    )
