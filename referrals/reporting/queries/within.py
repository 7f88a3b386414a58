"""Conditions and counts that the queries of reports share."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from referrals.casework.models import Outcome, Referral
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope


def within(moment: InstrumentedAttribute[Any], period: Period) -> ColumnElement[bool]:
    """Whether a stored moment falls into the period; never for an empty one."""
    until = moment < period.ends
    return until if period.begins is None else and_(moment >= period.begins, until)


def count_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a group meet the condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def standing_results(scope: Scope, *columns: Any) -> Select[Any]:
    """The current claim of each referral of the scope that has one: claims that were replaced do not count."""
    return (
        select(*columns)
        .select_from(Referral)
        .join(Outcome, Outcome.referral_id == Referral.id)
        .where(scope.covers(), Outcome.superseded_at.is_(None))
    )
