"""Reading sums: the rows of an owner for some measures, of the months of a period or of all months up to its end."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func

from referrals.reporting.days import month_of
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.models import ReportSum


def sums_of(scope: Scope, period: Period, *measures: str) -> ColumnElement[bool]:
    """The condition on sums: the scope's, of these measures, in the months of the period."""
    return and_(sums_until(scope, period, *measures), in_months(period))


def sums_until(scope: Scope, period: Period, *measures: str) -> ColumnElement[bool]:
    """The same for all months up to the end of the period."""
    return and_(sums_ever(scope, *measures), ReportSum.month <= month_of(period.last))


def sums_ever(scope: Scope, *measures: str) -> ColumnElement[bool]:
    """The same for all months that there are."""
    return and_(
        ReportSum.owner_id == scope.organisation_id,
        ReportSum.measure.in_(measures),
        # What was counted once and is no more leaves a 0.
        ReportSum.number != 0,
    )


def in_months(period: Period) -> ColumnElement[bool]:
    """Whether a sum is of a month of the period, where it is of none after it. Periods are whole months."""
    return ReportSum.month >= (0 if period.first is None else month_of(period.first))


def number_where(*conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    """How many things the sums that meet the conditions count."""
    return func.coalesce(func.sum(case((and_(*conditions), ReportSum.number), else_=0)), 0)


def number_of(measure: str, *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    """The same for the sums of one measure."""
    return number_where(ReportSum.measure == measure, *conditions)


def pence_of(measure: str) -> ColumnElement[Any]:
    """What the sums of one measure come to, in pence."""
    return func.coalesce(func.sum(case((ReportSum.measure == measure, ReportSum.pence), else_=0)), 0)
