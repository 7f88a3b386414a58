"""Periods: which there are to choose from, and that their edges are midnights in London."""

import itertools
from datetime import UTC, date, datetime

import pytest

from referrals.foundation.errors import NotFound
from referrals.reporting import periods

NOVEMBER = date(2026, 11, 23)


def test_edges_are_midnights_in_london() -> None:
    summer = periods.quarter(date(2026, 5, 17))
    assert (summer.code, summer.label) == ("2026-q2", "April to June 2026")
    assert (summer.first, summer.last) == (date(2026, 4, 1), date(2026, 6, 30))
    assert summer.begins == datetime(2026, 3, 31, 23, tzinfo=UTC)
    assert summer.ends == datetime(2026, 6, 30, 23, tzinfo=UTC)
    winter = periods.quarter(date(2026, 12, 31))
    assert winter.begins == datetime(2026, 9, 30, 23, tzinfo=UTC)
    assert winter.ends == datetime(2027, 1, 1, tzinfo=UTC)
    assert periods.year(date(2026, 2, 28)).ends == datetime(2027, 1, 1, tzinfo=UTC)


def test_quarters_follow_each_other_without_gap() -> None:
    found = periods.fixed_choices(NOVEMBER)[: periods.MOST_QUARTERS]
    assert found[-1].code == "2023-q4"
    for later, earlier in itertools.pairwise(found):
        assert earlier.ends == later.begins


def test_open_choices_reach_from_the_first_referral_to_now() -> None:
    codes = [period.code for period in periods.open_choices(date(2025, 8, 2), NOVEMBER)]
    assert codes == ["all", "2026", "2025", "2026-q4", "2026-q3", "2026-q2", "2026-q1", "2025-q4", "2025-q3"]
    assert [period.code for period in periods.open_choices(None, NOVEMBER)] == ["all", "2026", "2026-q4"]


@pytest.mark.parametrize("today", [date(2026, 10, 1), NOVEMBER, date(2026, 12, 31)])
def test_fixed_choices_are_over_and_the_same_all_quarter_long(today: date) -> None:
    found = periods.fixed_choices(today)
    assert found == periods.fixed_choices(NOVEMBER)
    assert found[0].label == "July to September 2026"
    assert [period.code for period in found[periods.MOST_QUARTERS :]] == ["2025", "2024"]
    assert all(period.last <= date(2026, 9, 30) for period in found)
    assert "2026" not in [period.code for period in found]


def test_a_choice_by_code() -> None:
    choices = periods.open_choices(date(2026, 1, 5), NOVEMBER)
    assert periods.chosen(None, choices).code == "all"
    assert periods.chosen("2026-q2", choices).label == "April to June 2026"
    for code in ("", "2026-q5", "2025-q4", "ALL", "2026-Q2", "\x00"):
        with pytest.raises(NotFound):
            periods.chosen(code, choices)


def test_a_year_is_its_quarters_and_a_quarter_its_months() -> None:
    year = periods.year(NOVEMBER)
    quarters = periods.quarters_of(year)
    assert [one.code for one in quarters] == ["2026-q1", "2026-q2", "2026-q3", "2026-q4"]
    assert (quarters[0].begins, quarters[-1].ends) == (year.begins, year.ends)
    months = periods.months_of(quarters[3])
    assert [one.code for one in months] == ["2026-10", "2026-11", "2026-12"]
    assert (months[0].begins, months[-1].ends) == (quarters[3].begins, quarters[3].ends)
    for later, earlier in itertools.pairwise(periods.finished_months(NOVEMBER, 12)):
        assert earlier.ends == later.begins
    for other in (*periods.open_choices(NOVEMBER, NOVEMBER)[:1], months[0]):
        assert periods.quarters_of(other) == periods.months_of(other) == []


def test_finished_months_are_over() -> None:
    for today in (date(2026, 11, 1), NOVEMBER, date(2026, 11, 30)):
        assert [one.code for one in periods.finished_months(today, 12)][::11] == ["2026-10", "2025-11"]
    assert periods.finished_months(date(2026, 3, 31), 1)[0].label == "February 2026"


@pytest.mark.parametrize(("day", "codes"), [(date(2026, 6, 30), "12"), (date(2026, 7, 1), "34")])
def test_half_a_year_is_two_quarters(day: date, codes: str) -> None:
    half = periods.half_year(day)
    first, second = periods.quarters_of(half)
    assert (first.first, second.last) == (half.first, half.last)
    assert [first.code, second.code] == [f"2026-q{code}" for code in codes]
