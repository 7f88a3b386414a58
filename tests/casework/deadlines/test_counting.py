"""Counting: what must be true of every period, over ten years of days, month ends, leap years and holidays."""

from calendar import isleap, monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.casework import deadlines
from referrals.casework.clocks import is_working_day, working_days_between
from referrals.casework.deadlines import Counting, Rule, Stop, counted, counting

LONDON = ZoneInfo("Europe/London")
FIRST, LAST = date(2019, 1, 1), date(2028, 12, 31)
DAYS = st.dates(min_value=FIRST, max_value=LAST)
MOMENTS = st.datetimes(datetime.combine(FIRST, time()), datetime.combine(LAST, time()), timezones=st.just(UTC))
NUMBERS = st.integers(min_value=1, max_value=120)
MONTHS = st.integers(min_value=1, max_value=25)
RULES = st.sampled_from(deadlines.rules())
ALL_DAYS = [FIRST + timedelta(days=ahead) for ahead in range((LAST - FIRST).days + 1)]


def slowly(day: date, number: int, *, with_the_day: bool) -> date:
    """The last of so many days, counted on the fingers."""
    counted_days = 0
    here = day if with_the_day else day + timedelta(days=1)
    while True:
        counted_days += 1
        if counted_days == number:
            return here
        here += timedelta(days=1)


@given(DAYS, NUMBERS)
def test_days_are_as_many_as_on_the_fingers(day: date, number: int) -> None:
    assert counting.begins_with(day, number) == slowly(day, number, with_the_day=True)
    assert counting.excludes(day, number) == slowly(day, number, with_the_day=False)
    assert counting.excludes(day, number) - counting.begins_with(day, number) == timedelta(days=1)


def test_a_month_ends_on_the_same_number_or_the_last_day_on_every_day_of_ten_years() -> None:
    for day in ALL_DAYS:
        end = counting.corresponding_date(day, 1)
        year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
        assert (end.year, end.month) == (year, month)
        assert end.day == day.day or (end.day < day.day and end.day == monthrange(year, month)[1])


@given(DAYS, MONTHS)
def test_months_stay_in_order(day: date, months: int) -> None:
    end = counting.corresponding_date(day, months)
    assert end <= counting.corresponding_date(day + timedelta(days=1), months)
    assert end < counting.corresponding_date(day, months + 1)
    assert 28 * months <= (end - day).days <= 31 * months


@pytest.mark.parametrize("year", range(2019, 2029))
def test_the_end_of_january_comes_to_the_end_of_february(year: int) -> None:
    ends = {counting.corresponding_date(date(year, 1, day), 1) for day in (29, 30, 31)}
    assert ends == ({date(year, 2, 29)} if isleap(year) else {date(year, 2, 28)})
    # Twelve months after a leap day there is none.
    if isleap(year):
        assert counting.corresponding_date(date(year, 2, 29), 12) == date(year + 1, 2, 28)


def test_working_days_are_as_many_as_on_the_fingers_on_every_day_of_ten_years() -> None:
    for day in ALL_DAYS[::3]:
        end = counting.working_days_after(day, 10)
        assert is_working_day(end)
        assert sum(is_working_day(day + timedelta(days=ahead)) for ahead in range(1, (end - day).days + 1)) == 10


@given(DAYS)
def test_the_next_working_day_is_the_day_itself_or_the_first_after(day: date) -> None:
    end = counting.next_working_day(day)
    assert is_working_day(end)
    assert end == day if is_working_day(day) else working_days_between(day, end) == 1
    assert (end - day).days <= 4


@given(MOMENTS, NUMBERS)
def test_hours_are_hours_whatever_the_clocks_do(moment: datetime, hours: int) -> None:
    end = counting.clock_hours(moment.astimezone(LONDON), hours)
    assert end.timestamp() - moment.timestamp() == hours * 3600


@pytest.mark.parametrize(
    ("known", "end"),
    [
        # The clocks go back on 25 October 2026, and forward on 29 March 2026: 24 hours are not the same time of day.
        (datetime(2026, 10, 24, 18, 0, tzinfo=LONDON), datetime(2026, 10, 25, 17, 0, tzinfo=LONDON)),
        (datetime(2026, 3, 28, 18, 0, tzinfo=LONDON), datetime(2026, 3, 29, 19, 0, tzinfo=LONDON)),
        (datetime(2026, 12, 24, 18, 0, tzinfo=LONDON), datetime(2026, 12, 25, 18, 0, tzinfo=LONDON)),
    ],
)
def test_a_change_of_the_clocks_is_counted(known: datetime, end: datetime) -> None:
    assert counting.clock_hours(known, 24) == end.astimezone(UTC)


STOPS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair))), max_size=5)


@given(DAYS, STOPS)
def test_stopped_days_count_once_and_only_push_on(day: date, spans: list[tuple[int, int]]) -> None:
    stops = [Stop(day + timedelta(days=begin), day + timedelta(days=end)) for begin, end in spans]
    slow = {begin for start, end in spans for begin in range(start, end)}
    assert counting.days_stopped(stops) == len(slow)
    rule = deadlines.rule("data_request_answer")
    plain, pushed = counted(rule, day).day, counted(rule, day, stops=stops).day
    assert plain is not None
    assert pushed is not None
    assert pushed >= plain
    assert is_working_day(pushed)


@given(DAYS)
def test_while_the_clock_stands_there_is_no_last_day(day: date) -> None:
    rule = deadlines.rule("data_request_answer")
    asked = day + timedelta(days=3)
    found = counted(rule, day, stops=[Stop(day, day), Stop(asked)])
    assert (found.day, found.stopped_since) == (None, asked)


@given(RULES, DAYS, st.integers(0, 400))
def test_a_later_start_never_ends_earlier(rule: Rule, day: date, later: int) -> None:
    first, second = counted(rule, day).day, counted(rule, day + timedelta(days=later)).day
    assert (first is None) == (rule.counting is Counting.BY_HAND) == (second is None)
    if first is not None and second is not None:
        assert first <= second
        assert first >= day


@given(RULES, DAYS)
def test_only_what_says_so_moves_off_a_weekend(rule: Rule, day: date) -> None:
    end = counted(rule, day).day
    if rule.next_working_day or rule.counting is Counting.WORKING:
        assert end is not None
        assert is_working_day(end)
    elif rule.counting is Counting.EXCLUDES:
        assert end == day + timedelta(days=rule.period * (7 if rule.unit == "weeks" else 1))
    elif rule.counting is Counting.BEGINS_WITH:
        assert end == day + timedelta(days=rule.period - 1)


@given(MOMENTS, st.sampled_from(["awaab_emergency", "crisis_payment", "data_breach_report"]))
def test_without_a_time_hours_end_no_later(moment: datetime, code: str) -> None:
    rule, day = deadlines.rule(code), moment.astimezone(LONDON).date()
    exact, careful = counted(rule, day, moment), counted(rule, day)
    assert exact.moment is not None
    assert careful.moment is not None
    assert careful.moment <= exact.moment
    assert exact.day == exact.moment.astimezone(LONDON).date()
