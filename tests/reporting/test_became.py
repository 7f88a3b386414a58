"""What became of what came in, and what happened when: counted again in plain Python over random referrals."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from referrals.directory import lists
from referrals.foundation.clock import clock_at
from referrals.reporting.report import Picture
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.counting import day
from tests.reporting.making import Made
from tests.reporting.reading import PERIODS, lines, owned, report, within

Row = dict[str, Any]
ENDS = {
    "declined": "Declined",
    "returned_with_advice": "Sent back with advice",
    "withdrawn": "Withdrawn before a decision",
}
UNDECIDED = ("submitted", "information_requested")


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def stands(row: Row, results: dict[Any, Row]) -> list[str]:
    """The lines in which a referral counts."""
    if not row["accepted_at"] and row["state"] in ENDS:
        return [ENDS[row["state"]]]
    if not row["accepted_at"] and row["state"] in UNDECIDED:
        return ["Not decided yet"]
    if row["state"] in ENDS:
        return ["Taken on", "Taken on: withdrawn or sent back later"]
    result = results.get(row["id"])
    if result and (row["state"] == "closed" or result["standing"] != "disputed"):
        label = lists.label("resolutions", result["resolution"])
        return ["Taken on", f"Taken on: {label[:1].lower()}{label[1:]}"]
    return ["Taken on", "Taken on: no result yet"]


@pytest.mark.parametrize("person", [people.MANAGER, people.LEAD], ids=lambda person: person.role)
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_that_of_the_rows(app: Flask, person: Someone, period: str, seed: int) -> None:
    made: Made = making.scatter(200, seed).write()
    results = {one["referral_id"]: one for one in made.outcomes if one["superseded_at"] is None}
    mine = [row for row in owned(made.referrals, person) if within(row["submitted_at"], period)]
    counted = Counter(line for row in mine for line in stands(row, results))
    shown = {label: values[0] for label, values in lines(report("outcomes", person, period), "became").items()}
    assert shown.pop("Received") == len(mine)
    assert {label: number for label, number in shown.items() if number} == dict(counted)


@pytest.mark.parametrize("period", PERIODS)
def test_months_are_those_of_the_rows(app: Flask, period: str) -> None:
    mine = owned(making.scatter(300, 3).write().referrals, people.MANAGER)
    shown = lines(report("outcomes", people.MANAGER, period), "months")
    closed = [row for row in mine if row["state"] == "closed" and within(row["ended_at"], period)]
    sent = [row for row in mine if within(row["submitted_at"], period)]
    wanted: dict[str, list[int]] = {label: [0, 0] for label in shown}
    for place, rows, name in ((0, sent, "submitted_at"), (1, closed, "ended_at")):
        for row in rows:
            wanted[f"{day(row[name]):%b %Y}"][place] += 1
    assert {label: list(values) for label, values in shown.items()} == wanted
    assert len(shown) == {"all": 23, "2025": 12, "2026-q2": 3}[period]


def test_the_parts_come_to_the_whole(app: Flask) -> None:
    making.scatter(200, 4).write()
    (table,) = [one for one in report("outcomes", people.LEAD).tables if one.key == "became"]
    assert table.picture is Picture.FLOW
    first = {row.label: row.values[0] for row in table.rows if row.part_of is None}
    parts = Counter[str]()
    for row in table.rows:
        if row.part_of:
            parts[row.part_of] += row.values[0] or 0
    assert table.total is not None
    assert sum(first.values()) == table.total.values[0]
    assert parts == {label: first[label] for label in parts}


def test_how_things_stand_today_is_not_for_coordinators(app: Flask) -> None:
    making.scatter(200, 5).write()
    assert {"became", "months"}.isdisjoint(table.key for table in report("outcomes", people.COORDINATOR, None).tables)
