"""What groups do besides referring residents: people they showed the way, and questions they asked for themselves."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from referrals.accounts.roles import Side
from referrals.casework.models import Referral, Signpost
from referrals.casework.policy import ANSWERED
from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.queries.within import count_where, within
from referrals.reporting.scope import Scope


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
    answered = (Referral.end_reason == ANSWERED) & within(Referral.ended_at, period)
    query = (
        select(
            Referral.category,
            count_where(within(Referral.submitted_at, period)).label("asked"),
            count_where(answered).label("answered"),
        )
        .where(scope.covers_advice(), Referral.submitted_at < period.ends)
        .group_by(Referral.category)
    )
    return [Asked(row.category or "", int(row.asked), int(row.answered)) for row in db.session.execute(query)]
