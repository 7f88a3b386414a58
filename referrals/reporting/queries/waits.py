"""How long people waited: the median of days before a referral was sent, and of days from then to its result.

The days are grouped by the database, and the middle is found by adding the groups up (window functions, which both
databases have), so no referral is ever loaded.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Select, func, literal, select, union_all

from referrals.casework.models import Outcome, Referral
from referrals.foundation.database import db
from referrals.reporting.days import day_number, london_day_number
from referrals.reporting.periods import Period
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
    added = _added_up(days)
    query = union_all(_middle(added, by_category=True), _middle(added, by_category=False))
    return [
        Wait(
            kind=row.kind,
            category=None if row.whole else row.category,
            # With an even number of referrals the median lies between two of them.
            median=Decimal(int(row.low) + int(row.high)) / 2,
            referrals=int(row.referrals),
        )
        for row in db.session.execute(query)
    ]


def _category() -> ColumnElement[str]:
    return func.coalesce(Referral.category, "").label("category")


def _before(scope: Scope, period: Period) -> Select[str, str, int, int]:
    """Referrals sent in the period, by days from when the resident began to wait to when it was sent."""
    days = (london_day_number(Referral.submitted_at) - day_number(Referral.waiting_since)).label("days")
    return (
        select(literal(BEFORE).label("kind"), _category(), days, func.count().label("referrals"))
        .where(scope.covers(), within(Referral.submitted_at, period), Referral.waiting_since.is_not(None))
        .group_by(Referral.category, days)
    )


def _after(scope: Scope, period: Period) -> Select[Any]:
    """Results recorded in the period, by days from when the referral was sent to when the result was recorded."""
    days = (london_day_number(Outcome.recorded_at) - london_day_number(Referral.submitted_at)).label("days")
    return (
        standing_results(scope, literal(AFTER).label("kind"), _category(), days, func.count().label("referrals"))
        .where(within(Outcome.recorded_at, period))
        .group_by(Referral.category, days)
    )


def _added_up(days: CTE) -> CTE:
    """Each group with how many wait up to as long, and how many there are; within its category and over all."""
    each = (days.c.kind, days.c.category)
    count = days.c.referrals

    def total(*partition: ColumnElement[Any], up_to: ColumnElement[Any] | None = None) -> ColumnElement[int]:
        return func.sum(count).over(partition_by=partition, order_by=up_to)

    return select(
        days.c.kind,
        days.c.category,
        days.c.days,
        total(*each, up_to=days.c.days).label("up_to_in_category"),
        (total(*each, up_to=days.c.days) - count).label("before_in_category"),
        total(*each).label("all_in_category"),
        total(days.c.kind, up_to=days.c.days).label("up_to"),
        (total(days.c.kind, up_to=days.c.days) - total(days.c.kind, days.c.days)).label("before"),
        total(days.c.kind).label("all"),
    ).cte("added_up")


def _middle(added: CTE, *, by_category: bool) -> Select[Any]:
    """The groups that hold the one or two in the middle: half or more wait up to as long, half or less wait shorter."""
    column = added.c
    up_to, before, everything = (
        (column.up_to_in_category, column.before_in_category, column.all_in_category)
        if by_category
        else (column.up_to, column.before, column["all"])
    )
    category = column.category if by_category else literal("")
    return (
        select(
            column.kind,
            category.label("category"),
            literal(0 if by_category else 1).label("whole"),
            func.min(column.days).label("low"),
            func.max(column.days).label("high"),
            func.max(everything).label("referrals"),
        )
        .where(2 * up_to >= everything, 2 * before <= everything)
        .group_by(*((column.kind, column.category) if by_category else (column.kind,)))
    )
