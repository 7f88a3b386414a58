"""Clocks: how many working days each step may take, and counting in working days of England and Wales."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, Protocol

from govuk_bank_holidays.bank_holidays import BankHolidays

SEEN: Final = "seen"
DECISION: Final = "decision"
FIRST_ACTION: Final = "first_action"
INFORMATION: Final = "information"
AGENCY_REPLY: Final = "agency_reply"
AGENCY_CHASE: Final = "agency_chase"
CONFIRMATION: Final = "confirmation"
# Since the group last heard anything, until it may ask for news.
ANY_NEWS: Final = "any_news"

# Working days, where the office has set nothing else (DOMAIN section 3).
DEFAULT_DAYS: Final[dict[str, int]] = {
    SEEN: 2,
    DECISION: 5,
    FIRST_ACTION: 5,
    INFORMATION: 10,
    AGENCY_REPLY: 20,
    AGENCY_CHASE: 10,
    CONFIRMATION: 10,
    ANY_NEWS: 10,
}
# For an urgent referral: seen the same day, decided by the next. An office sets them as "urgent_seen" and so on.
URGENT_DAYS: Final[dict[str, int]] = {SEEN: 0, DECISION: 1}
# A decline may be undone, and its words read by the office, for so many calendar days.
DECLINED_WORDS_DAYS: Final = 30
_SATURDAY: Final = 5


class Timed(Protocol):
    """What a referral shows of its clock."""

    @property
    def due_on(self) -> date | None:
        """By when whoever is waited on should act."""

    @property
    def ended_at(self) -> Any:
        """When it ended, or None while it is open."""

    @property
    def submitted_at(self) -> Any:
        """When it was first sent, or None for a draft."""


def days_of(clock: str, office_clocks: Mapping[str, Any], *, urgent: bool = False) -> int:
    """Working days of a clock: what the office has set, or the default. Raises KeyError for an unknown clock."""
    default = DEFAULT_DAYS[clock]
    if urgent and clock in URGENT_DAYS:
        return int(office_clocks.get(f"urgent_{clock}", URGENT_DAYS[clock]))
    return int(office_clocks.get(clock, default))


def add_working_days(day: date, number: int) -> date:
    """The working day that lies `number` working days after `day`, which itself is not counted.

    With 0 it is `day`, or the next working day when `day` is none. `number` is 0 or more; raises ValueError otherwise.
    """
    if number < 0:
        raise ValueError("working days are counted forwards")
    if number == 0:
        return day if is_working_day(day) else _next_working_day(day)
    for _ in range(number):
        day = _next_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and including `end`; negative when `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start)
    weeks, rest = divmod((end - start).days, 7)
    # Five of every seven, and of the days left over those that are no weekend, less the holidays among them.
    tail = [end - timedelta(days=offset) for offset in range(rest)]
    weekdays = weeks * 5 + sum(day.weekday() < _SATURDAY for day in tail)
    holidays = _holidays_in_order()
    return weekdays - (bisect_right(holidays, end) - bisect_right(holidays, start))


def is_working_day(day: date) -> bool:
    """Whether it is neither a weekend nor a bank holiday of England and Wales.

    The bank holidays are those that the package govuk-bank-holidays carries (GOV.UK, bundled to 2028); in later years
    only weekends are known, which makes a date up to eight days a year too early and never too late for the resident.
    """
    return day.weekday() < _SATURDAY and day not in _bank_holidays()


def overdue(referral: Timed, day: date) -> bool:
    """Whether somebody should have acted before `day`; never of a draft, nor of a referral that has ended."""
    return bool(
        referral.submitted_at and referral.ended_at is None and referral.due_on is not None and referral.due_on < day
    )


def days_overdue(referral: Timed, day: date) -> int:
    """Working days since it was due; 0 while it is not overdue, and at least 1 once it is."""
    if referral.due_on is None or not overdue(referral, day):
        return 0
    return max(1, working_days_between(referral.due_on, day))


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@cache
def _holidays_in_order() -> tuple[date, ...]:
    # A queue counts for each of its rows.
    return tuple(sorted(holiday for holiday in _bank_holidays() if holiday.weekday() < _SATURDAY))


@cache
def _bank_holidays() -> frozenset[date]:
    # The bundled copy: the service asks nobody on the network what day it is.
    bundled = BankHolidays(use_cached_holidays=True)
    return frozenset(holiday["date"] for holiday in bundled.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))
