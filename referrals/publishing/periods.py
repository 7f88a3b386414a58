"""The periods that something can be published about: quarters, half-years and years that are over."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from referrals.foundation.errors import NotFound
from referrals.reporting.periods import Period, half_year, quarter, year

# How far back the choices go.
MOST_QUARTERS: Final = 8
MOST_HALF_YEARS: Final = 4
MOST_YEARS: Final = 3


def finished(today: date) -> dict[str, list[Period]]:
    """The periods that are over, the newest first, by what they are called."""
    return {
        "Half-years": _before(half_year, today, MOST_HALF_YEARS),
        "Quarters": _before(quarter, today, MOST_QUARTERS),
        "Years": _before(year, today, MOST_YEARS),
    }


def finished_period(code: str, today: date) -> Period:
    """The period of a code among those that are over. Raises NotFound."""
    for periods in finished(today).values():
        for period in periods:
            if period.code == code:
                return period
    raise NotFound


def period_of(code: str) -> Period:
    """The period of a code that was once chosen, however long ago."""
    number, _, part = code.partition("-")
    first = date(int(number), 1, 1)
    if not part:
        return year(first)
    if part.startswith("h"):
        return half_year(date(first.year, 1 if part == "h1" else 7, 1))
    return quarter(date(first.year, 3 * int(part[1:]) - 2, 1))


def _before(kind: Callable[[date], Period], today: date, most: int) -> list[Period]:
    found: list[Period] = []
    first = kind(today).first
    while len(found) < most:
        assert first is not None
        found.append(kind(first - timedelta(days=1)))
        first = found[-1].first
    return found
