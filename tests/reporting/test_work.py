"""The work in hand: counted again in plain Python over random referrals, and read by their owners alone."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from referrals.foundation.clock import clock_at
from referrals.foundation.errors import NotFound
from referrals.reporting import catalogue
from referrals.reporting.report import Report
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.counting import day
from tests.reporting.reading import CATEGORIES, TODAY, Row, lines, owned
from tests.reporting.reading import report as report_of

TURNS = {
    "office": "The MP’s office",
    "referrer": "The group",
    "resident": "The resident",
    "agency": "A public body",
}
NAMES = {person.id: person.name for person in people.EVERYBODY}


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def scatter(count: int, seed: int) -> list[Row]:
    """Random referrals, written, with whose turn it is, who has them and by when."""
    made, chance = making.scatter(count, seed), random.Random(seed)
    for row in made.referrals:
        row["waiting_on"] = chance.choice(list(TURNS))
        row["waiting_on_since"] = row["created_at"] + timedelta(days=chance.randint(0, 30))
        row["due_on"] = chance.choice((None, TODAY + timedelta(days=chance.randint(-9, 9))))
        row["urgency"] = chance.choice(("urgent", "soon", "routine"))
        row["assignee_id"] = chance.choice((None, people.CASEWORKER.id, people.MANAGER.id))
        row["submitted_by_id"] = people.VOLUNTEER.id
        row["referrer_id"] = chance.choice((None, people.LEAD.id))
    made.write()
    return made.referrals


def counted(rows: list[Row], person: Someone, part: Callable[[Row], str], since: str) -> dict[str, tuple[int, ...]]:
    """Open, urgent, overdue and the longest in days, of each part and of all."""
    found = defaultdict(list)
    for row in owned(rows, person):
        if row["ended_at"] is None:
            found[part(row)].append(row)
            found["All open referrals"].append(row)
    return {
        name: (
            len(mine),
            sum(row["urgency"] == "urgent" for row in mine),
            sum(row["due_on"] is not None and row["due_on"] < TODAY for row in mine),
            max((TODAY - day(row[since])).days for row in mine),
        )
        for name, mine in found.items()
    }


def report(person: Someone) -> Report:
    return report_of("work", person, None)


def holder(row: Row, person: Someone) -> str:
    if person is people.MANAGER:
        return NAMES.get(row["assignee_id"], "Nobody yet")
    return NAMES[row["referrer_id"] or row["submitted_by_id"]]


@pytest.mark.parametrize("person", [people.MANAGER, people.LEAD], ids=lambda person: person.role)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_that_of_the_rows(app: Flask, person: Someone, seed: int) -> None:
    rows, found = scatter(160, seed), report(person)
    assert lines(found, "turns") == counted(rows, person, lambda row: TURNS[row["waiting_on"]], "waiting_on_since")
    assert lines(found, "people") == counted(rows, person, lambda row: holder(row, person), "submitted_at")
    about = counted(rows, person, lambda row: CATEGORIES[row["category"]], "submitted_at")
    assert lines(found, "categories") == {label: values[:3] for label, values in about.items()}
    whole = about["All open referrals"]
    assert found.headline == (f"{whole[0]} referrals are open, and {whole[2]} are overdue.",)


def test_it_is_of_today_whatever_is_asked(app: Flask) -> None:
    asked = catalogue.request("work", None, people.MANAGER.viewer)
    assert [choice.label for choice in asked.choices] == ["23 November 2026"]
    with pytest.raises(NotFound):
        catalogue.request("work", "2026", people.MANAGER.viewer)


def test_without_a_referral_it_is_empty(app: Flask) -> None:
    assert report(people.LEAD).is_empty


def test_a_coordinator_has_no_such_report(app: Flask) -> None:
    with pytest.raises(NotFound):
        report(people.COORDINATOR)
