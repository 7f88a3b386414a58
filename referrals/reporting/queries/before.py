"""How long residents had waited before they were referred: the spread of days, and how many in each band."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import func, select

from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.queries.ages import band_of
from referrals.reporting.queries.medians import days_of
from referrals.reporting.queries.spreads import Spread, spreads_of
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import measures
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import sums_of

# Bands of days: one, three, six and nine months, a year, two years, each up to and including its number.
WAITED: Final = (30, 91, 182, 273, 365, 730)


def waited_before(scope: Scope, period: Period) -> list[Spread]:
    """Days from when the resident began to wait to when the referral was sent, by category; two queries."""
    return spreads_of(days_of(scope, period, measures.WAITED))


def waited_in_bands(scope: Scope, period: Period) -> Mapping[int, int]:
    """Referrals sent in the period by the band of WAITED into which that wait falls; one query."""
    band = band_of(ReportSum.days.expression, WAITED).label("band")
    each = select(band, ReportSum.number).where(sums_of(scope, period, measures.WAITED)).subquery().c
    query = select(each.band, func.sum(each.number)).group_by(each.band)
    return {int(row[0]): int(row[1]) for row in db.session.execute(query)}
