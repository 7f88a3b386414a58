"""How long stages take: counted again in plain Python over random referrals, and read by their owners alone."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median
from typing import Any

import pytest
from flask import Flask

from referrals.foundation.clock import clock_at
from referrals.foundation.errors import NotFound
from referrals.reporting import catalogue
from referrals.reporting.report import Report, Table
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.counting import day

Row = dict[str, Any]
STAGES = {
    "Until the office has opened it": ("submitted_at", "seen_at"),
    "Until the office has taken it on": ("submitted_at", "accepted_at"),
    "From taken on to work begun": ("accepted_at", "started_at"),
    "From work begun to a result": ("started_at", "outcome_at"),
    "From the result to the end": ("outcome_at", "ended_at"),
    "From sent to the end": ("submitted_at", "ended_at"),
}
PERIODS = {"2026-q2": (date(2026, 4, 1), date(2026, 6, 30)), "2025": (date(2025, 1, 1), date(2025, 12, 31))}


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def scatter(count: int, seed: int) -> list[Row]:
    """Random referrals, written, whose stages follow each other, or lie before where they began anew."""
    made, chance = making.scatter(count, seed), random.Random(seed)
    for row in made.referrals:
        moment = row["submitted_at"]
        for name in ("seen_at", "started_at", "outcome_at"):
            missing = moment is None or chance.random() < 0.3
            row[name] = None if missing else _later(chance, row["submitted_at"])
    made.write()
    return made.referrals


def _later(chance: random.Random, moment: datetime) -> datetime:
    return min(moment + timedelta(days=chance.randint(0, 60), minutes=chance.randint(0, 600)), making.NOW)


def counted(rows: list[Row], person: Someone, first: date | None, last: date, stage: str, category: Any = ...) -> Any:
    """The median, the ninetieth of a hundred, and the number of referrals; None where there are none."""
    begun, ended = STAGES[stage]
    owner = "office_id" if person is people.MANAGER else "group_id"
    mine = [row for row in rows if row[owner] == person.place.id and row["submitted_at"]]
    mine = [
        row for row in mine if row["state"] != "entered_in_error" and (category is ... or row["category"] == category)
    ]
    days = sorted(
        (day(row[ended]) - day(row[begun])).days
        for row in mine
        if row[begun] and row[ended] and row[begun] <= row[ended] and (first or date.min) <= day(row[ended]) <= last
    )
    return (median(days), days[ceil(len(days) * 0.9) - 1], len(days)) if days else None


def report(person: Someone, period: str = "all") -> Report:
    return catalogue.request("stages", period, person.viewer).build()


def table(found: Report, key: str) -> Table:
    return next(one for one in found.tables if one.key == key)


@pytest.mark.parametrize("person", [people.MANAGER, people.LEAD], ids=lambda person: person.role)
@pytest.mark.parametrize("period", ["all", *PERIODS])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_that_of_the_rows(app: Flask, person: Someone, period: str, seed: int) -> None:
    rows = scatter(150, seed)
    first, last = PERIODS.get(period, (None, making.NOW.date()))
    found = report(person, period)
    again = {stage: counted(rows, person, first, last, stage) for stage in STAGES}
    assert {row.label: row.values for row in table(found, "stages").rows} == {
        stage: numbers for stage, numbers in again.items() if numbers
    }
    by_category = table(found, "categories")
    assert by_category.total is not None
    assert by_category.total.values == again["From sent to the end"]
    shown = {row.label: row.values for row in by_category.rows}
    wanted = {
        category: counted(rows, person, first, last, "From sent to the end", category)
        for category in (*making.CATEGORIES, None)
    }
    assert sorted(shown.values()) == sorted(numbers for numbers in wanted.values() if numbers)
    assert set(shown) <= {"Housing", "Health and care", "Benefits and money", "Something else", "No category"}


def test_the_answer_is_a_sentence(app: Flask) -> None:
    rows = scatter(150, 3)
    middle, most, number = counted(rows, people.MANAGER, None, making.NOW.date(), "From sent to the end")
    first, second = report(people.MANAGER).headline
    assert f"the {number} referrals" in first
    assert f"within {middle:g} days" in first
    assert second == f"Nine of ten were over within {most} days."


def test_without_a_referral_it_is_empty(app: Flask) -> None:
    assert report(people.LEAD).is_empty


def test_a_coordinator_has_no_such_report(app: Flask) -> None:
    with pytest.raises(NotFound):
        report(people.COORDINATOR)


@pytest.mark.parametrize("person", [people.MANAGER, people.LEAD], ids=lambda person: person.role)
@pytest.mark.parametrize("period", ["all", *PERIODS])
def test_the_bands_hold_every_referral_that_ended(app: Flask, person: Someone, period: str) -> None:
    rows = scatter(150, 4)
    first, last = PERIODS.get(period, (None, making.NOW.date()))
    owner = "office_id" if person is people.MANAGER else "group_id"
    days = [
        (day(row["ended_at"]) - day(row["submitted_at"])).days
        for row in rows
        if row[owner] == person.place.id and row["submitted_at"] and row["state"] != "entered_in_error"
        if row["ended_at"] and (first or date.min) <= day(row["ended_at"]) <= last
    ]
    found = table(report(person, period), "spread")
    assert found.total is not None
    assert found.total.values == (len(days),)
    bands = [(0, 7), (8, 14), (15, 28), (29, 56), (57, 84), (85, 182), (183, 10_000)]
    assert [row.values[0] for row in found.rows] == [sum(low <= one <= high for one in days) for low, high in bands]
    middle, most, _ = counted(rows, person, first, last, "From sent to the end")
    for mark, number in zip(found.marks, (middle, most), strict=True):
        assert sum(number > high for _, high in bands) <= mark.at + 1 <= sum(number >= low for low, _ in bands) + 1
