"""The figures of the outcome report, against a count of the same rows in plain Python, on both databases."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from referrals.casework import actions
from referrals.directory import lists
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotAllowed, NotFound
from referrals.reporting import actions as reporting
from referrals.reporting import catalogue
from referrals.reporting.report import Report, Table
from referrals.reporting.reports.outcomes.tables import category_name
from tests import people
from tests.casework import cases
from tests.people import Someone
from tests.reporting import making
from tests.reporting.counting import Recount, Row
from tests.reporting.making import CATEGORIES, Made

PERIODS = {
    "all": (None, date(2026, 11, 23)),
    "2025": (date(2025, 1, 1), date(2025, 12, 31)),
    "2026-q1": (date(2026, 1, 1), date(2026, 3, 31)),
    "2026-q4": (date(2026, 10, 1), date(2026, 12, 31)),
}
NO_ANSWER = ("claimed", "unanswered")


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def report(person: Someone, period: str | None = None) -> Report:
    return catalogue.request("outcomes", period, person.viewer).build()


def read(person: Someone) -> Report:
    """The same as somebody who owns none of it reads it: kept as it was first shown."""
    with transaction():
        asked = reporting.read_report("outcomes", None, by=person.viewer)
    return asked.build()


def table(found: Report, key: str) -> Table:
    return next(table for table in found.tables if table.key == key)


def lines(found: Table) -> dict[str, tuple[Any, ...]]:
    rows = (*found.rows, found.total) if found.total else found.rows
    return {row.label: row.values for row in rows}


def belongs_to(person: Someone) -> Any:
    side = "group_id" if person is people.LEAD else "office_id"

    def mine(row: Row) -> bool:
        return bool(row[side] == person.place.id)

    return mine


def recount(made: Made, person: Someone, period: str) -> Recount:
    return Recount(made, belongs_to(person), *PERIODS[period])


@pytest.fixture
def made(app: Flask) -> Made:
    return making.scatter(900, seed=20261123).write()


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("person", [people.LEAD, people.MANAGER], ids=lambda person: person.role)
class TestFigures:
    def test_referrals_by_category(self, made: Made, person: Someone, period: str) -> None:
        again, shown = recount(made, person, period), lines(table(report(person, period), "referrals"))
        measures = ("received", "accepted", "declined", "returned", "withdrawn", "closed", "left_open")
        for category in CATEGORIES:
            assert shown[category_name(category)] == tuple(again.flow(measure, category) for measure in measures)
        assert shown["All referrals"] == tuple(again.flow(measure) for measure in measures)

    def test_results_by_category(self, made: Made, person: Someone, period: str) -> None:
        again, found = recount(made, person, period), table(report(person, period), "results")
        for item in lists.items("resolutions"):
            values = dict(zip((column.label for column in found.columns), lines(found)[item.label], strict=True))
            assert values["All"] == again.result(item.code)
            for category in CATEGORIES:
                assert values[category_name(category)] == again.result(item.code, category)
        assert lines(found)["All results"][-1] == again.result()

    def test_claimed_confirmed_disputed_and_not_answered(self, made: Made, person: Someone, period: str) -> None:
        again, found = recount(made, person, period), report(person, period)
        shown = lines(table(found, "standing"))
        labels = {item.label: item.code for item in lists.items("resolutions")} | {"All results": None}
        for label, code in labels.items():
            assert shown[label] == (
                again.result(code),
                again.result(code, standing=["confirmed"]),
                again.result(code, standing=["disputed"]),
                again.result(code, standing=NO_ANSWER),
            )
        figures = {figure.label: figure.value for figure in found.figures}
        assert figures["Evidenced"] == again.result(evidenced=[True])

    def test_closed_by_result(self, made: Made, person: Someone, period: str) -> None:
        again, shown = recount(made, person, period), lines(table(report(person, period), "closed"))
        for item in lists.items("resolutions"):
            assert shown[item.label] == (again.closed_as(item.code),)
        assert shown["All closed referrals"] == (again.flow("closed"),)

    def test_outcome_codes(self, made: Made, person: Someone, period: str) -> None:
        again, shown = recount(made, person, period), lines(table(report(person, period), "outcomes"))
        for item in lists.items("outcomes"):
            expected = (
                again.code(item.code),
                again.code(item.code, standing=["confirmed"]),
                again.code(item.code, standing=["disputed"]),
                again.code(item.code, evidenced=[True]),
            )
            assert shown.get(item.label, (0, 0, 0, 0)) == expected

    def test_money_by_kind_and_basis(self, made: Made, person: Someone, period: str) -> None:
        again, shown = recount(made, person, period), table(report(person, period), "money")
        expected = [again.money(kind, basis) for kind in making.KINDS for basis in making.BASES]
        assert [row.values for row in shown.rows] == [values for values in expected if values[3]]
        assert shown.total is None

    def test_days_waiting(self, made: Made, person: Someone, period: str) -> None:
        again, shown = recount(made, person, period), lines(table(report(person, period), "waiting"))
        for category in CATEGORIES:
            assert shown[category_name(category)] == (*again.before(category), *again.after(category))
        assert shown["All categories"] == (*again.before(), *again.after())

    def test_headline(self, made: Made, person: Someone, period: str) -> None:
        again, found = recount(made, person, period), report(person, period)
        good = again.result("resolved_in_full") + again.result("resolved_in_part")
        total = again.result()
        assert found.headline[0].startswith(f"{good} of {total} referral")


@pytest.mark.parametrize("person", [people.LEAD, people.MANAGER, people.COORDINATOR], ids=lambda person: person.role)
def test_the_number_of_queries_is_fixed(app: Flask, person: Someone) -> None:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    def asked() -> int:
        db.session.remove()
        statements.clear()
        report(person)
        return sum(statement.lstrip().startswith(("SELECT", "WITH")) for statement in statements)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        empty = asked()
        making.scatter(400, 6).write()
        full = asked()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    # Two of them ask whether the sums are counted up to now, and one what stands behind sums that can be hidden.
    assert full == empty <= 15


def test_a_coordinator_sees_the_groups_of_the_own_programme(app: Flask) -> None:
    making.scatter(700, 7, groups=(people.WHITE_CITY,)).write()
    assert read(people.COORDINATOR).is_empty is False
    assert read(people.OTHER_COORDINATOR).is_empty is True


@pytest.mark.parametrize(
    "person", [people.VOLUNTEER, people.CASEWORKER, people.ADMINISTRATOR], ids=lambda person: person.role
)
def test_roles_without_reports(app: Flask, person: Someone) -> None:
    with pytest.raises(NotAllowed):
        catalogue.request("outcomes", None, person.viewer)
    with pytest.raises(NotAllowed):
        catalogue.reports_for(person.viewer)


def test_no_such_report(app: Flask) -> None:
    with pytest.raises(NotFound):
        catalogue.request("results", None, people.LEAD.viewer)


@pytest.mark.parametrize("name", list(catalogue.REPORTS))
def test_the_catalogue(name: str) -> None:
    entry = catalogue.REPORTS[name]
    assert entry.name == name
    assert entry.title
    assert entry.summary.endswith(".")


class TestBeside:
    """People shown the way and requests for advice: counted for themselves, and nowhere else."""

    @pytest.fixture
    def counted(self, app: Flask) -> None:
        with transaction():
            for by, category, number in ((people.LEAD, "welfare", 30), (people.LEAD, "housing", 3)):
                actions.count_signpost(category, "council", making.NOW.date(), number, by=by.viewer)
            actions.count_signpost("welfare", "council", making.NOW.date(), 7, by=people.OTHER_LEAD.viewer)
        cases.make_advice(people.LEAD)
        cases.do(cases.make_advice(people.LEAD, category="health"), "answer", people.CASEWORKER)

    def test_a_group_reads_its_own_as_they_are(self, counted: None) -> None:
        found = report(people.LEAD)
        figures = {figure.label: figure.value for figure in found.figures}
        assert (figures["Pointed the right way"], figures["Advice asked for"], figures["Received"]) == (33, 2, 0)
        assert lines(table(found, "signposts"))["All people"] == (33,)
        assert lines(table(found, "signposts"))[category_name("housing")] == (3,)
        assert lines(table(found, "advice"))["All requests"] == (2, 1)
        assert lines(table(found, "advice"))[category_name("health")] == (1, 1)

    def test_an_office_reads_what_it_was_asked_and_counts_no_signposts(self, counted: None) -> None:
        found = report(people.MANAGER)
        assert lines(table(found, "advice"))["All requests"] == (2, 1)
        assert [one.key for one in found.tables if one.key == "signposts"] == []
        assert lines(table(found, "referrals"))["All referrals"] == (0,) * 7

    def test_a_coordinator_sees_no_small_number_of_them(self, counted: None) -> None:
        with clock_at(making.NOW.replace(year=2027, month=1)):
            found = read(people.COORDINATOR)
        shown = lines(table(found, "signposts"))
        assert shown[category_name("housing")] == (None,)
        assert shown["All people"] != (33,)
        assert lines(table(found, "advice"))["All requests"] == (None, None)
