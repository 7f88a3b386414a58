"""The months of a period in their order, each with the code that queries group by and the words that tables show."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from referrals.reporting.periods import Period

# Of a longer time only the last months are shown one by one: two years of them.
MOST: Final = 24
MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the calendar; `code` is like "2026-03"."""

    code: str
    label: str


def month_of(day: date) -> Month:
    """The month a day falls into."""
    return Month(f"{day:%Y-%m}", f"{day:%b %Y}")


def months_of(period: Period, first: date | None, today: date, most: int = MOST) -> list[Month]:
    """The months of a period up to today, the oldest first, and no more than the last so many.

    `first` is the day of the oldest thing to count, where the period has no beginning; nothing has no months.
    """
    begin = period.first or first
    found: list[Month] = []
    if begin is None:
        return found
    last = min(period.last, today)
    year, month = last.year, last.month
    while len(found) < most and (year, month) >= (begin.year, begin.month):
        found.append(month_of(date(year, month, 1)))
        year, month = (year, month - 1) if month > 1 else (year - 1, MONTHS_A_YEAR)
    return found[::-1]
