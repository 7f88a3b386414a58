"""Clocks: working days of England and Wales, over weekends, bank holidays, month ends and years."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.casework import clocks
from referrals.casework.clocks import add_working_days, is_working_day, working_days_between

DAYS = st.dates(min_value=date(2019, 1, 1), max_value=date(2028, 12, 31))
NUMBERS = st.integers(min_value=1, max_value=300)


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),  # Monday
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # from a Saturday
        (date(2026, 11, 28), 0, date(2026, 11, 30)),  # the same day, when that is none
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Christmas, a weekend, and Boxing Day's substitute
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday and Easter Monday
        (date(2026, 1, 30), 1, date(2026, 2, 2)),  # the end of a month
        (date(2024, 2, 28), 2, date(2024, 3, 1)),  # a leap day
        (date(2026, 11, 23), 20, date(2026, 12, 21)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the funeral of the Queen, once only
    ],
)
def test_days_are_counted_by_the_calendar(day: date, number: int, expected: date) -> None:
    assert add_working_days(day, number) == expected


def test_holidays_are_those_of_england_and_wales() -> None:
    assert is_working_day(date(2026, 11, 30))  # Saint Andrew's day, in Scotland only
    assert not is_working_day(date(2026, 12, 28))  # in place of Boxing Day, a Saturday


@given(DAYS, NUMBERS)
def test_it_ends_on_a_working_day_that_many_after(day: date, number: int) -> None:
    end = add_working_days(day, number)
    assert is_working_day(end)
    assert working_days_between(day, end) == number
    # Counted slowly, day by day, it is the same.
    assert sum(is_working_day(day + timedelta(days=ahead)) for ahead in range(1, (end - day).days + 1)) == number


@given(DAYS, NUMBERS)
def test_one_more_day_is_never_earlier(day: date, number: int) -> None:
    assert add_working_days(day, number) < add_working_days(day, number + 1)
    assert add_working_days(day, number) <= add_working_days(day + timedelta(days=1), number)


@given(DAYS, NUMBERS, NUMBERS)
def test_counting_can_be_interrupted(day: date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(day, first), second) == add_working_days(day, first + second)


@given(DAYS, DAYS)
def test_backwards_is_the_same_with_a_minus(one: date, other: date) -> None:
    assert working_days_between(one, other) == -working_days_between(other, one)


def test_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 1, 1), -1)


def test_the_office_sets_its_own_clocks() -> None:
    assert clocks.days_of("decision", {}) == 5
    assert clocks.days_of("decision", {"decision": 3}) == 3
    assert clocks.days_of("decision", {"decision": 3}, urgent=True) == 1
    assert clocks.days_of("decision", {"urgent_decision": 2}, urgent=True) == 2
    assert clocks.days_of("information", {}, urgent=True) == 10
    with pytest.raises(KeyError):
        clocks.days_of("patience", {})


@dataclass
class Shown:
    """What a referral shows of its clock."""

    due_on: date | None
    submitted_at: datetime | None = datetime(2026, 11, 2, tzinfo=UTC)
    ended_at: datetime | None = None


def test_overdue_is_computed_from_the_day() -> None:
    friday = date(2026, 11, 27)
    assert not clocks.overdue(Shown(friday), friday)
    assert clocks.overdue(Shown(friday), friday + timedelta(days=1))
    assert clocks.days_overdue(Shown(friday), friday) == 0
    assert clocks.days_overdue(Shown(friday), friday + timedelta(days=1)) == 1  # a Saturday is late already
    assert clocks.days_overdue(Shown(friday), date(2026, 12, 2)) == 3
    assert not clocks.overdue(Shown(None), friday)
    assert not clocks.overdue(Shown(friday, submitted_at=None), date(2027, 1, 1))
    assert not clocks.overdue(Shown(friday, ended_at=datetime(2026, 11, 3, tzinfo=UTC)), date(2027, 1, 1))
