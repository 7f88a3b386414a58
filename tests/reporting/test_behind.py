"""The referrals behind a number: as many as the number says, for its owners, and hidden from who may not see them."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import update

from referrals.casework.models import Referral
from referrals.directory import lists
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotAllowed, NotFound
from referrals.reporting import behind as module
from referrals.reporting import catalogue
from referrals.reporting.behind import behind
from referrals.reporting.cells import Cell, cell_of
from referrals.reporting.report import Unit
from referrals.reporting.summaries.measures import KEPT_OF, LISTED_OF, RECEIVED
from referrals.web.presenting.behind_words import words_of
from tests import people
from tests.people import Someone
from tests.reporting import making, test_agencies, test_answers, test_consents, test_decisions, test_waiting


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


@pytest.mark.parametrize("person", [people.LEAD, people.MANAGER], ids=lambda person: person.role)
@pytest.mark.parametrize("period", ["all", "2026-q1"])
@pytest.mark.parametrize("name", ["outcomes", "stages", "money"])
def test_there_are_as_many_as_the_number_says(name: str, person: Someone, period: str) -> None:
    making.scatter(300, 11).write()
    assert look_behind(name, period, person) > (40 if name == "outcomes" else 3)


@pytest.mark.parametrize("person", [people.LEAD, people.MANAGER], ids=lambda person: person.role)
@pytest.mark.parametrize(
    ("name", "scatter", "least"),
    [
        (
            "residents_view",
            lambda: test_answers.write(made := making.scatter(200, 1), test_answers.answered(made, 2)),
            20,
        ),
        ("consents", lambda: test_consents.scatter(200, 1), 30),
        ("decisions", lambda: test_decisions.scatter(200, 1), 60),
        ("waiting", lambda: test_waiting.scatter(120, 1), 12),
        ("workload", lambda: making.scatter(200, 1).write(), 20),
    ],
)
def test_whatever_is_counted_there_is_a_list_of_it(
    name: str, scatter: Callable[[], object], least: int, person: Someone
) -> None:
    with transaction():
        # Enquiries are to bodies, which are a list.
        lists.load_lists()
    scatter()
    is_present = catalogue.REPORTS[name].is_present
    assert look_behind(name, None if is_present else "all", person) > least


def test_an_office_finds_the_referrals_of_each_body() -> None:
    with transaction():
        lists.load_lists()
    test_agencies.scatter(160, 5)
    for period in ("all", "2026-q2"):
        assert look_behind("agencies", period, people.MANAGER) > 12


def test_an_office_finds_the_referrals_of_each_group() -> None:
    making.scatter(200, 15).write()
    assert look_behind("areas", "all", people.MANAGER) == 9


def answered_by_residents(count: int) -> None:
    """Random referrals with what their residents said of them."""
    made = making.scatter(count, 1)
    test_answers.write(made, test_answers.answered(made, 2))


def look_behind(name: str, period: str | None, person: Someone) -> int:
    """Look behind every number of a report, and give how many there are.

    Where referrals can be counted more than once, there are no more of them than the number says.
    """
    asked = catalogue.request(name, period, person.viewer)
    looked_at = 0
    for table in asked.build().tables:
        for row in (*table.rows, *([table.total] if table.total else ())):
            for column, value, cell in zip(table.columns, row.values, row.cells, strict=False):
                if cell is not None and value is not None:
                    listed = behind(asked, cell, person.viewer).all
                    where = (table.key, row.label, cell)
                    assert listed == value or column.unit is not Unit.REFERRALS, where
                    assert (0 if name == "consents" else min(value, 1)) <= listed <= value, where
                    assert cell_of(cell.text()) == cell
                    assert words_of(cell)
                    looked_at += 1
    return looked_at


@pytest.mark.parametrize("person", [people.LEAD, people.MANAGER], ids=lambda person: person.role)
@pytest.mark.parametrize("period", ["all", "2026-q1"])
@pytest.mark.parametrize("name", ["outcomes", "stages", "money", "decisions", "residents_view"])
def test_of_many_the_same_are_found_without_a_search(
    name: str, period: str, person: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "residents_view":
        answered_by_residents(200)
    else:
        making.scatter(200, 11).write()
    asked = catalogue.request(name, period, person.viewer)
    cells = [cell for table in asked.build().tables for row in table.rows for cell in row.cells if cell is not None]
    counted = {cell: behind(asked, cell, person.viewer) for cell in cells}
    monkeypatch.setattr(module, "FEW", 0)
    for cell, before in counted.items():
        found = behind(asked, cell, person.viewer)
        assert [line.id for line in found.rows] == [line.id for line in before.rows], cell
        assert found.all == (None if before.all else 0)
    assert any(before.all for before in counted.values())


def test_what_may_not_be_seen_is_counted_and_not_listed() -> None:
    made = making.scatter(120, 12).write()
    mine = [row["id"] for row in made.referrals if row["group_id"] == people.WHITE_CITY.id and row["submitted_at"]]
    with db.engine.begin() as connection:
        conflict = update(Referral).where(Referral.id.in_(mine[:5]))
        connection.execute(conflict.values(trusted_body_conflict=True, created_by_id=people.OTHER_LEAD.id))
    asked = catalogue.request("outcomes", "all", people.LEAD.viewer)
    found = behind(asked, Cell(RECEIVED), people.LEAD.viewer)
    void = sum(row["state"] == "entered_in_error" for row in made.referrals if row["id"] in mine[:5])
    assert found.hidden == 5 - void
    assert found.all is not None
    listed = {line.id for line in found.rows}
    assert not listed & set(mine[:5])
    assert len(listed) == min(50, found.all - found.hidden)


def test_pages_follow_each_other() -> None:
    making.scatter(300, 13, groups=(people.WHITE_CITY,)).write()
    asked = catalogue.request("outcomes", "all", people.LEAD.viewer)
    seen: list[object] = []
    after = None
    while True:
        found = behind(asked, Cell(RECEIVED), people.LEAD.viewer, after)
        seen += [line.id for line in found.rows]
        after = found.next_cursor
        if after is None:
            break
    assert len(seen) == len(set(seen)) == found.all


def test_never_for_a_coordinator() -> None:
    making.scatter(60, 14).write()
    asked = catalogue.request("outcomes", None, people.COORDINATOR.viewer)
    with pytest.raises(NotFound):
        behind(asked, Cell(RECEIVED), people.COORDINATOR.viewer)
    with pytest.raises(NotAllowed):
        catalogue.request("outcomes", None, people.VOLUNTEER.viewer)


@pytest.mark.parametrize(
    "given", ["", "gibberish", "received.x", "*.*.*.*.*.*", "......", "ended.*.*.*.*.2026-13", "whole.*.*.*.*.*.x~9"]
)
def test_a_number_that_there_is_not_has_nothing_behind_it(given: str) -> None:
    with pytest.raises(NotFound):
        words_of(cell_of(given))


def test_no_measure_has_two_meanings() -> None:
    names = [name for made in (KEPT_OF, LISTED_OF) for makes in made.values() for name in makes]
    assert len(names) == len(set(names))
