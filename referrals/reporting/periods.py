"""The periods a report can be about, by a code safe in an address: "2026-q1", "2026", "all". Days are London days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from referrals.foundation.clock import LONDON
from referrals.foundation.errors import NotFound

ALL: Final = "all"
PRESENT: Final = "today"
# How far back the choices go: three years of quarters, five years.
MOST_QUARTERS: Final = 12
MOST_YEARS: Final = 5

_QUARTER_NAMES: Final = ("January to March", "April to June", "July to September", "October to December")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole London days from `first` (None: from the beginning) to `last`, both included."""

    code: str
    label: str
    first: date | None
    last: date

    @property
    def begins(self) -> datetime | None:
        """The moment it begins, in UTC; None when it has no beginning."""
        return _midnight(self.first) if self.first else None

    @property
    def ends(self) -> datetime:
        """The moment it is over, in UTC: what happens then is no longer part of it."""
        return _midnight(self.last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def quarter(day: date) -> Period:
    """The quarter of the calendar year in which a day falls."""
    return _quarter(day.year, (day.month - 1) // 3)


def _quarter(year: int, index: int) -> Period:
    first = date(year, 3 * index + 1, 1)
    after = date(year + 1, 1, 1) if index == 3 else date(year, 3 * index + 4, 1)
    return Period(f"{year}-q{index + 1}", f"{_QUARTER_NAMES[index]} {year}", first, after - timedelta(days=1))


def year(day: date) -> Period:
    """The calendar year in which a day falls."""
    return Period(str(day.year), f"The year {day.year}", date(day.year, 1, 1), date(day.year, 12, 31))


def half_year(day: date) -> Period:
    """The half of the calendar year in which a day falls."""
    if day.month <= 6:
        return Period(f"{day.year}-h1", f"January to June {day.year}", date(day.year, 1, 1), date(day.year, 6, 30))
    return Period(f"{day.year}-h2", f"July to December {day.year}", date(day.year, 7, 1), date(day.year, 12, 31))


def present_choices(today: date) -> list[Period]:
    """The one choice where a report is of this moment."""
    return [Period(PRESENT, f"{today.day} {today:%B %Y}", None, today)]


def open_choices(first: date | None, today: date) -> list[Period]:
    """What somebody may choose over their own referrals, the widest first; `first` is the day of the oldest."""
    begin = min(first or today, today)
    years = [year(date(number, 1, 1)) for number in range(today.year, begin.year - 1, -1)]
    return [Period(ALL, "All time", None, today), *years[:MOST_YEARS], *_quarters(begin, today)]


def fixed_choices(today: date) -> list[Period]:
    """What a coordinator may choose: whole quarters that are over, the newest first, then whole years of them.

    Periods that nobody can move by a day, so that no two of them differ by what happened on one day; and the same ones
    whatever there is to count, so that the list itself tells nothing. There is no "all time": it would grow by what
    nobody may know, while a year is added up from what was shown of its quarters.
    """
    quarters = _quarters(date.min, _day_before(quarter(today)))
    codes = {one.code for one in quarters}
    numbers = sorted({one.last.year for one in quarters}, reverse=True)
    years = [year(date(number, 1, 1)) for number in numbers]
    return [*quarters, *(one for one in years if codes.issuperset(part.code for part in quarters_of(one)))]


def quarters_of(period: Period) -> list[Period]:
    """The four quarters of a whole year, the two of half a year; no other period has any."""
    if period == year(period.last):
        return [_quarter(period.last.year, index) for index in range(4)]
    if period == half_year(period.last):
        return [_quarter(period.last.year, index) for index in ((0, 1) if period.last.month == 6 else (2, 3))]
    return []


def quarters_until(day: date, number: int) -> list[Period]:
    """The quarter of a day and those before it, so many in all, the newest first."""
    return _quarters(date.min, day)[:number]


def month(day: date) -> Period:
    """The month of the calendar in which a day falls."""
    first = day.replace(day=1)
    return Period(
        f"{day:%Y-%m}", f"{day:%B %Y}", first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    )


def months_of(period: Period) -> list[Period]:
    """The three months of a quarter; no other period has any."""
    if period != quarter(period.last):
        return []
    return [month(date(period.last.year, period.last.month - back, 1)) for back in (2, 1, 0)]


def finished_months(today: date, number: int) -> list[Period]:
    """The last so many months that are over, the newest first."""
    found: list[Period] = []
    current = month(today)
    for _ in range(number):
        current = month(_day_before(current))
        found.append(current)
    return found


def _day_before(period: Period) -> date:
    assert period.first is not None
    return period.first - timedelta(days=1)


def _quarters(begin: date, until: date) -> list[Period]:
    found: list[Period] = []
    current = quarter(until)
    while current.last >= begin and len(found) < MOST_QUARTERS:
        found.append(current)
        assert current.first is not None
        current = quarter(current.first - timedelta(days=1))
    return found


def chosen(code: str | None, choices: list[Period]) -> Period:
    """The period of that code among the choices, or the first of them without a code. Raises NotFound."""
    if code is None:
        return choices[0]
    for period in choices:
        if period.code == code:
            return period
    raise NotFound
