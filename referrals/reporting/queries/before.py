"""How long residents had waited before they were referred: the spread of days, and how many in each band."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Select, func, literal, select

from referrals.casework.models import Referral
from referrals.foundation.database import db
from referrals.reporting.days import day_number, london_day_number
from referrals.reporting.periods import Period
from referrals.reporting.queries.ages import band_of
from referrals.reporting.queries.spreads import Spread, spreads
from referrals.reporting.queries.waits import BEFORE
from referrals.reporting.queries.within import within
from referrals.reporting.scope import Scope

# Bands of days: one, three, six and nine months, a year, two years, each up to and including its number.
WAITED: Final = (30, 91, 182, 273, 365, 730)


def waited_before(scope: Scope, period: Period) -> list[Spread]:
    """Days from when the resident began to wait to when the referral was sent, by category; two queries."""
    each = _each(scope, period).subquery().c
    number = func.count().label("number")
    kind = literal(BEFORE).label("kind")
    return spreads([select(kind, each.part, each.days, number).group_by(each.part, each.days)])


def waited_in_bands(scope: Scope, period: Period) -> Mapping[int, int]:
    """Referrals sent in the period by the band of WAITED into which that wait falls; one query."""
    each = _each(scope, period).subquery().c
    banded = select(band_of(each.days, WAITED).label("band")).subquery().c
    query = select(banded.band, func.count()).group_by(banded.band)
    return {int(row[0]): int(row[1]) for row in db.session.execute(query)}


def _each(scope: Scope, period: Period) -> Select[*tuple[Any, ...]]:
    days = london_day_number(Referral.submitted_at) - day_number(Referral.waiting_since)
    category = func.coalesce(Referral.category, "").label("part")
    return select(category, days.label("days")).where(
        scope.covers(), within(Referral.submitted_at, period), Referral.waiting_since.is_not(None)
    )
