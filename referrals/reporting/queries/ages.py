"""How long what is open has been so: open referrals by bands of age."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import ColumnElement, case, func, literal, select

from referrals.casework.models import Referral
from referrals.foundation.clock import LONDON, today
from referrals.foundation.database import db
from referrals.reporting.scope import Scope

# Bands of days, each up to and including its number; what is beyond the last has a band of its own.
WEEK, FORTNIGHT, MONTH, QUARTER, HALF_YEAR, YEAR = 7, 14, 30, 90, 180, 365
AGES: Final = (WEEK, FORTNIGHT, MONTH, QUARTER, HALF_YEAR, YEAR)


def band_of(days: ColumnElement[int], bands: tuple[int, ...]) -> ColumnElement[int]:
    """The number of the band into which days fall: 0 for the first, and one more than the last beyond it."""
    return case(*((days <= most, literal(place)) for place, most in enumerate(bands)), else_=literal(len(bands)))


def open_by_age(scope: Scope) -> Mapping[int, int]:
    """Open referrals by the band of AGES of the days since they were sent; one query."""
    # Told apart by moments, as they are stored: to work out the London day of each would take longer than to find it.
    begins = [Referral.submitted_at >= _midnight(today() - timedelta(days=days)) for days in AGES]
    band = case(*((since, literal(place)) for place, since in enumerate(begins)), else_=literal(len(AGES)))
    each = select(band.label("band")).where(scope.covers(), Referral.ended_at.is_(None)).subquery()
    query = select(each.c.band, func.count()).group_by(each.c.band)
    return {int(row[0]): int(row[1]) for row in db.session.execute(query)}


def _midnight(day: date) -> datetime:
    """The moment at which a London day begins, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
