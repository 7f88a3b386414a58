"""The middle of a spread of days, and what nine of ten took at most, as a profile shows them."""

from decimal import Decimal

from referrals.reporting.disclosure import Profile
from referrals.reporting.queries import Spread
from referrals.reporting.report import Value

NINE_OF_TEN = 90


def shown_days(one: Spread | None, number: int | None, profile: Profile) -> tuple[Value, Value]:
    """Both, where enough are behind them; `number` is the count beside them as it is shown (None: hidden).

    Of those counted, the days can be known of fewer; then these are what is behind.
    """
    if one is None:
        return None, None
    if profile.is_exact:
        return one.median, one.most
    behind = None if number is None else min(number, one.number)
    return profile.median(one.median, behind), profile.median(Decimal(one.most), behind, NINE_OF_TEN)
