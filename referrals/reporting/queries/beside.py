"""What groups do besides referring residents: people they showed the way, and questions they asked for themselves."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from referrals.accounts.roles import Side
from referrals.casework.models import Signpost
from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.measures import ADVICE_ANSWERED, ADVICE_ASKED
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import number_of, sums_of


@dataclass(frozen=True, slots=True)
class Asked:
    """Requests for advice of one category: sent in the period, and answered in it."""

    category: str
    asked: int
    answered: int


def shown_the_way(scope: Scope, period: Period) -> dict[str, int] | None:
    """How many people were shown the way, by category; None for an office, whose people do not count any. One query."""
    if scope.side is Side.OFFICE:
        return None
    query = (
        select(Signpost.category, func.sum(Signpost.number).label("people"))
        .where(scope.covers_group(Signpost.group_id), *_on_days(period))
        .group_by(Signpost.category)
    )
    return {row.category: int(row.people) for row in db.session.execute(query)}


def _on_days(period: Period) -> list[ColumnElement[bool]]:
    found: list[Any] = [Signpost.day <= period.last]
    return found if period.first is None else [Signpost.day >= period.first, *found]


def asked_for_advice(scope: Scope, period: Period) -> list[Asked]:
    """One line a category that has any; one query."""
    query = (
        select(
            ReportSum.category,
            number_of(ADVICE_ASKED).label("asked"),
            number_of(ADVICE_ANSWERED).label("answered"),
        )
        .where(sums_of(scope, period, ADVICE_ASKED, ADVICE_ANSWERED))
        .group_by(ReportSum.category)
    )
    return [Asked(row.category, int(row.asked), int(row.answered)) for row in db.session.execute(query)]
