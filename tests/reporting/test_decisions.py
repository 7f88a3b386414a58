"""Referrals and decisions: counted again in plain Python over random referrals, and read by their owners alone."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from referrals.directory import lists
from referrals.foundation.clock import clock_at
from referrals.reporting.report import Report
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.counting import day
from tests.reporting.reading import CATEGORIES, PERIODS, Row, lines, owned, spread, within
from tests.reporting.reading import report as report_of

REASONS = {
    "declined": "decline_reasons",
    "returned_with_advice": "return_reasons",
    "withdrawn": "withdrawal_reasons",
}
ORDER = ("Taken on", "Declined", "Sent back with advice", "Withdrawn before a decision", "Not decided yet")


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def scatter(count: int, seed: int) -> list[Row]:
    """Random referrals, written, some of them ended for a reason, and some without ever being taken on."""
    made, chance = making.scatter(count, seed), random.Random(seed)
    for row in made.referrals:
        row["started_at"] = row["end_reason"] = None
        if row["submitted_at"] and chance.random() < 0.4:
            row["state"] = chance.choice((*REASONS, "information_requested", "in_progress"))
            row["accepted_at"] = None
            row["ended_at"] = row["submitted_at"] + timedelta(days=chance.randint(0, 30), minutes=70)
            if row["state"] not in REASONS:
                row["ended_at"] = None
            if chance.random() < 0.1:
                row["started_at"] = row["submitted_at"]
        if row["state"] in REASONS:
            codes = [item.code for item in lists.items(REASONS[row["state"]])]
            row["end_reason"] = chance.choice([*codes, None])
    made.write()
    return made.referrals


def mine(rows: list[Row], person: Someone, period: str) -> list[Row]:
    return [row for row in owned(rows, person) if within(row["submitted_at"], period)]


def decision(row: Row) -> str:
    if row["accepted_at"] or row["started_at"]:
        return "Taken on"
    return {
        "declined": "Declined",
        "returned_with_advice": "Sent back with advice",
        "withdrawn": "Withdrawn before a decision",
        "submitted": "Not decided yet",
        "information_requested": "Not decided yet",
    }.get(row["state"], "Taken on")


def took(rows: list[Row]) -> list[int]:
    """The days to each decision."""
    found = []
    for row in rows:
        if row["accepted_at"]:
            found.append((day(row["accepted_at"]) - day(row["submitted_at"])).days)
        elif decision(row) in ("Declined", "Sent back with advice"):
            found.append((day(row["ended_at"]) - day(row["submitted_at"])).days)
    return found


def middle(rows: list[Row]) -> tuple[Any, Any]:
    return spread(took(rows))[:2]


def received(rows: list[Row]) -> tuple[int, ...]:
    number = Counter(decision(row) for row in rows)
    return len(rows), *(number[name] for name in ORDER)


def report(person: Someone, period: str = "all") -> Report:
    return report_of("decisions", person, period)


@pytest.mark.parametrize("person", [people.MANAGER, people.LEAD], ids=lambda person: person.role)
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_that_of_the_rows(app: Flask, person: Someone, period: str, seed: int) -> None:
    rows = mine(scatter(260, seed), person, period)
    found = report(person, period)

    shown = lines(found, "decisions")
    for name in ORDER:
        those = [row for row in rows if decision(row) == name]
        days = middle([row for row in those if name != "Withdrawn before a decision"])
        assert shown[name][0] == len(those)
        assert abs(shown[name][1] - 100 * len(those) / len(rows)) <= 0.5
        assert shown[name][2:] == days
    assert shown["All received"] == (len(rows), 100, *middle(rows))

    by_category = lines(found, "categories")
    wanted = {label: [row for row in rows if row["category"] == code] for code, label in CATEGORIES.items()}
    assert by_category == {
        **{label: (*received(those), middle(those)[0]) for label, those in wanted.items() if those},
        "All categories": (*received(rows), middle(rows)[0]),
    }

    by_month = lines(found, "months")
    months = {f"{day(row['submitted_at']):%b %Y}" for row in rows}
    assert months <= set(by_month)
    for month, values in by_month.items():
        assert values == received([row for row in rows if f"{day(row['submitted_at']):%b %Y}" == month])

    for state, list_code in REASONS.items():
        those = [row for row in rows if row["state"] == state and decision(row) != "Taken on"]
        reasons = Counter(
            lists.label(list_code, row["end_reason"]) if row["end_reason"] else "No reason given" for row in those
        )
        shown_reasons = lines(found, state)
        assert shown_reasons.pop("All reasons", (0,)) == (len(those),)
        assert shown_reasons == {label: (number,) for label, number in reasons.items()}


def test_the_months_stand_in_their_order(app: Flask) -> None:
    scatter(260, 3)
    (table,) = [one for one in report(people.MANAGER, "2025").tables if one.key == "months"]
    assert [row.label for row in table.rows] == [f"{date(2025, month, 1):%b %Y}" for month in range(1, 13)]


def test_the_answer_is_a_sentence(app: Flask) -> None:
    rows = mine(scatter(260, 4), people.MANAGER, "all")
    number = Counter(decision(row) for row in rows)
    first, second, third = report(people.MANAGER).headline
    assert first == f"{number['Taken on']} of {len(rows)} referrals received were taken on."
    assert second == (
        f"{number['Declined']} were declined, {number['Sent back with advice']} were sent back with advice, "
        f"{number['Withdrawn before a decision']} were withdrawn before a decision and {number['Not decided yet']} "
        "are not decided yet."
    )
    assert third == f"Half of the decisions came within {middle(rows)[0]:g} days."


def test_without_a_referral_it_is_empty(app: Flask) -> None:
    assert report(people.LEAD).is_empty
