"""What comes again and again: referrals about the same issue and the same body, lately and in the days before."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from referrals.casework.models import Referral
from referrals.foundation.clock import LONDON, today
from referrals.foundation.database import db
from referrals.reporting.queries.within import count_where
from referrals.reporting.scope import Scope

DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Pattern:
    """One issue type with one body (None: none was named): how often in the last 90 days, and in the 90 before them."""

    issue_type: str
    agency_id: UUID | None
    lately: int
    # Of those, how many are still open.
    open: int
    before: int


def patterns(scope: Scope) -> list[Pattern]:
    """One line for each issue and body of which something was sent in the last 90 days; one query."""
    begins, before = _days_ago(DAYS - 1), _days_ago(2 * DAYS - 1)
    lately = Referral.submitted_at >= begins
    number = count_where(lately)
    query = (
        select(
            Referral.issue_type,
            Referral.agency_id,
            number.label("lately"),
            count_where(lately & Referral.ended_at.is_(None)).label("open"),
            count_where(Referral.submitted_at < begins).label("before"),
        )
        .where(scope.covers(), Referral.submitted_at >= before, Referral.issue_type.is_not(None))
        .group_by(Referral.issue_type, Referral.agency_id)
        .having(number > 0)
    )
    return [
        Pattern(row.issue_type, row.agency_id, int(row.lately), int(row.open), int(row.before))
        for row in db.session.execute(query)
    ]


def _days_ago(days: int) -> datetime:
    """The moment at which the London day so many days ago began, in UTC."""
    return datetime.combine(today() - timedelta(days=days), time(), LONDON).astimezone(UTC)
