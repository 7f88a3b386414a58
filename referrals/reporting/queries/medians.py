"""Medians out of the database: days in groups, added up, and the group or groups in the middle.

The days are grouped by the database, and the middle is found by adding the groups up (window functions, which both
databases have), so no row is ever loaded.
"""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, func, literal, select

from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import sums_of


def days_of(scope: Scope, period: Period, *measures: str, part: ColumnElement[str] | None = None) -> CTE:
    """The days of these measures with how many there are of each, by a part (without one: by category)."""
    by: ColumnElement[str] = ReportSum.category.expression if part is None else part
    return (
        select(
            ReportSum.measure.label("kind"),
            by.label("part"),
            ReportSum.days.label("days"),
            func.sum(ReportSum.number).label("number"),
        )
        .where(sums_of(scope, period, *measures))
        .group_by(ReportSum.measure, by, ReportSum.days)
        .cte("days")
    )


def added_up(days: CTE) -> CTE:
    """Each group with how many wait up to as long, and how many there are; within its part and over all.

    `days` has the columns kind, part, days and number.
    """
    each = (days.c.kind, days.c.part)
    count = days.c.number

    def total(*partition: ColumnElement[Any], up_to: ColumnElement[Any] | None = None) -> ColumnElement[int]:
        return func.sum(count).over(partition_by=partition, order_by=up_to)

    return select(
        days.c.kind,
        days.c.part,
        days.c.days,
        total(*each, up_to=days.c.days).label("up_to_in_part"),
        (total(*each, up_to=days.c.days) - count).label("before_in_part"),
        total(*each).label("all_in_part"),
        total(days.c.kind, up_to=days.c.days).label("up_to"),
        (total(days.c.kind, up_to=days.c.days) - total(days.c.kind, days.c.days)).label("before"),
        total(days.c.kind).label("all"),
    ).cte("added_up")


def middle(added: CTE, *, by_part: bool) -> Select[Any]:
    """The groups that hold the one or two in the middle: half or more wait up to as long, half or less wait shorter.

    Columns: kind, part, whole (1 for all parts together), low, high and number.
    """
    column = added.c
    up_to, before, everything = (
        (column.up_to_in_part, column.before_in_part, column.all_in_part)
        if by_part
        else (column.up_to, column.before, column["all"])
    )
    return (
        _each(added, by_part=by_part)
        .add_columns(
            func.min(column.days).label("low"),
            func.max(column.days).label("high"),
            func.max(everything).label("number"),
        )
        .where(2 * up_to >= everything, 2 * before <= everything)
    )


def reached(added: CTE, percent: int, *, by_part: bool) -> Select[Any]:
    """The first group up to which at least so many of a hundred wait (the nearest-rank percentile).

    Columns: kind, part, whole (1 for all parts together) and days.
    """
    column = added.c
    up_to, everything = (column.up_to_in_part, column.all_in_part) if by_part else (column.up_to, column["all"])
    return (
        _each(added, by_part=by_part)
        .add_columns(func.min(column.days).label("days"))
        .where(100 * up_to >= percent * everything)
    )


def _each(added: CTE, *, by_part: bool) -> Select[Any]:
    """One line for each kind and part, or for each kind with all its parts together."""
    column = added.c
    part = column.part if by_part else literal("")
    query = select(column.kind, part.label("part"), literal(0 if by_part else 1).label("whole"))
    return query.group_by(*((column.kind, column.part) if by_part else (column.kind,)))
