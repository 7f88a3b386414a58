"""What comes again and again: counted again in plain Python over random referrals, and read by their owners alone."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation.clock import clock_at
from referrals.foundation.database import transaction
from referrals.foundation.errors import NotFound
from referrals.reporting import catalogue
from referrals.reporting.report import Report
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.counting import day

Row = dict[str, Any]
TODAY = making.NOW.date()
ISSUES = ("damp_and_mould", "repairs", "universal_credit")
BODIES = ("dwp", "housing_association", None)


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        with transaction():
            lists.load_lists()
        yield


def scatter(count: int, seed: int) -> list[Row]:
    """Random referrals of the last year, written, each with an issue and perhaps a body."""
    made, chance = making.scatter(count, seed), random.Random(seed)
    ids = {body.code: body.id for body in directory.agencies()}
    for row in made.referrals:
        row["issue_type"] = chance.choice(ISSUES)
        row["body"] = chance.choice(BODIES)
        if row["submitted_at"]:
            # Around the first minutes of days in winter and in summer, where London and UTC differ.
            row["submitted_at"] = making.NOW - timedelta(days=chance.randint(0, 260), minutes=chance.randint(0, 1500))
            row["ended_at"] = row["ended_at"] and making.NOW
    bodies = [row.pop("body") for row in made.referrals]
    for row, body in zip(made.referrals, bodies, strict=True):
        row["agency_id"] = ids[body] if body else None
    made.write()
    return [{**row, "body": body} for row, body in zip(made.referrals, bodies, strict=True)]


def counted(rows: list[Row], person: Someone) -> dict[str, tuple[int, int, int]]:
    """Lately, of those still open, and in the ninety days before; by issue and body, where it came twice."""
    owner = "office_id" if person is people.MANAGER else "group_id"
    mine = [row for row in rows if row[owner] == person.place.id and row["submitted_at"]]
    mine = [row for row in mine if row["state"] != "entered_in_error"]
    found = {}
    for issue in ISSUES:
        for body in BODIES:
            same = [row for row in mine if (row["issue_type"], row["body"]) == (issue, body)]
            ages = [((TODAY - day(row["submitted_at"])).days, row["ended_at"] is None) for row in same]
            lately = [is_open for age, is_open in ages if age < 90]
            name = lists.label("agencies", body) if body else "no body named"
            if len(lately) > 1:
                before = sum(90 <= age < 180 for age, _ in ages)
                found[f"{lists.label('issue_types', issue)}: {name}"] = (len(lately), sum(lately), before)
    return found


def report(person: Someone) -> Report:
    return catalogue.request("patterns", None, person.viewer).build()


@pytest.mark.parametrize("person", [people.MANAGER, people.LEAD], ids=lambda person: person.role)
@pytest.mark.parametrize(("number", "seed"), [(200, 1), (60, 2), (12, 3)])
def test_every_number_is_that_of_the_rows(app: Flask, person: Someone, number: int, seed: int) -> None:
    again = counted(scatter(number, seed), person)
    found = report(person)
    (table,) = found.tables
    assert {row.label: row.values for row in table.rows} == again
    assert [row.values[0] for row in table.rows] == sorted((one[0] for one in again.values()), reverse=True)
    many = sum(one[0] >= 5 for one in again.values())
    assert (f"{many} of them came 5 times or more: worth taking up as one." in found.headline) is bool(many)


def test_nothing_came_twice(app: Flask) -> None:
    making.Made([{**making.scatter(1, 8).referrals[0], "issue_type": "repairs", "submitted_at": making.NOW}]).write()
    for person in (people.MANAGER, people.LEAD, people.OTHER_MANAGER):
        found = report(person)
        assert found.is_empty or found.headline == ("Nothing came more than once in the last 90 days.",)


def test_a_coordinator_has_no_such_report(app: Flask) -> None:
    with pytest.raises(NotFound):
        report(people.COORDINATOR)
