"""What was shown of a period that is over stays as it was first shown."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from referrals.casework.models import Referral
from referrals.cli.jobs import JOBS
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.reporting import actions, catalogue, packing, publications
from referrals.reporting.disclosure import Given
from referrals.reporting.models import Publication
from referrals.reporting.report import Report
from referrals.reporting.scope import Scope, scope_of
from tests import people
from tests.people import Someone
from tests.reporting import making

COORDINATOR = people.COORDINATOR
COUNTS = ("standing", "results", "referrals", "closed", "outcomes", "advice")


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


@pytest.fixture
def made(app: Flask) -> making.Made:
    return making.scatter(3000, 5, groups=(people.WHITE_CITY,)).write()


def read(period: str | None = None, name: str = "outcomes", person: Someone = COORDINATOR) -> Report:
    with transaction():
        asked = actions.read_report(name, period, by=person.viewer)
    return asked.build()


def kept() -> list[tuple[str, str, str]]:
    db.session.rollback()
    found = db.session.scalars(select(Publication).order_by(Publication.period, Publication.profile))
    return [(each.profile, each.report, each.period) for each in found]


def change_the_past() -> None:
    """Many referrals that were closed since then turn out to have been sent by mistake."""
    db.session.rollback()
    table = Referral.__table__
    since = making.datetime(2025, 7, 2, tzinfo=making.UTC)
    with db.engine.begin() as connection:
        connection.execute(
            table.update()  # type: ignore[attr-defined]
            .where(table.c.state == "closed", table.c.ended_at > since, table.c.category == "welfare")
            .values(state="entered_in_error")
        )
    making.count_from_nothing()


def test_late_changes_show_in_no_second_reading(made: making.Made) -> None:
    first = read("2026-q3")
    owners = read("2026-q3", person=people.LEAD)
    change_the_past()
    with clock_at(making.NOW.replace(month=12)):
        assert read("2026-q3") == first
    assert first.counted_on == making.NOW.date()
    # Those whose referrals they are read them as they are now.
    assert read("2026-q3", person=people.LEAD).figures != owners.figures


def test_a_quarter_is_kept_with_its_months_and_nothing_else(made: making.Made) -> None:
    read("2026-q3")
    months = [("public", "figures", f"2026-0{number}") for number in (7, 8, 9)]
    quarter = sorted(("programme", name, "2026-q3") for name in catalogue.OF_PROGRAMMES)
    assert sorted(kept()) == sorted([*months, *quarter])
    read("2026-q3", person=people.LEAD)
    assert sorted(kept()) == sorted([*months, *quarter])


@pytest.mark.parametrize("name", sorted(catalogue.OF_PROGRAMMES))
def test_it_does_not_matter_which_report_is_asked_for_first(made: making.Made, name: str) -> None:
    read("2026-q3", name)
    first = {one: read("2026-q3", one) for one in catalogue.OF_PROGRAMMES}
    with transaction():
        db.session.execute(delete(Publication))
    read("2026-q3")
    assert {one: read("2026-q3", one) for one in catalogue.OF_PROGRAMMES} == first


def test_what_was_shown_of_a_quarter_before_stays(made: making.Made) -> None:
    """A quarter of which one report was kept already, when there were no others."""
    first = read("2026-q3")
    with transaction():
        others = ~Publication.report.in_(("outcomes", "figures"))
        db.session.execute(delete(Publication).where(others))
    change_the_past()
    quarter = [read("2026-q3", name) for name in catalogue.OF_PROGRAMMES]
    assert first in quarter
    received = {one.name: figure.value for one in quarter for figure in one.figures if figure.label == "Received"}
    assert received["decisions"] == received["outcomes"] == received["areas"] is not None


def test_a_year_is_what_was_shown_of_its_quarters(made: making.Made) -> None:
    quarters = [read(f"2025-q{number}") for number in (1, 2, 3, 4)]
    change_the_past()
    year = read("2025")
    assert "added up from what was shown of its quarters" in year.warning
    shown = 0
    for table in year.tables:
        if table.key not in COUNTS:
            continue
        parts = [next(one for one in quarter.tables if one.key == table.key) for quarter in quarters]
        lines = [{row.label: row.values for row in (*one.rows, *filter(None, [one.total]))} for one in parts]
        for row in (*table.rows, *filter(None, [table.total])):
            for place, value in enumerate(row.values):
                each = [line.get(row.label, (None,) * 9)[place] for line in lines]
                assert value == (None if None in each else sum(each))
                shown += value is not None
    assert shown > 20
    waiting = next(table for table in year.tables if table.key == "waiting")
    assert {row.values[0] for row in waiting.rows} == {None}


def test_two_who_ask_first_at_once_read_the_same(made: making.Made) -> None:
    asked = catalogue.request("outcomes", "2026-q3", COORDINATOR.viewer)
    with transaction():
        publications.publish_report("outcomes", catalogue.OF_PROGRAMMES, asked.scope, asked.period)
    before = asked.build()
    change_the_past()
    with transaction():
        # The second had looked before the first was done.
        numbers = {"report": packing.pack(asked.entry.build(asked.scope, asked.period)), "counts": [], "pounds": []}
        assert publications._keep("outcomes", asked.scope, asked.period, numbers) is False  # noqa: SLF001
    assert asked.build() == before
    assert db.session.scalar(select(func.count()).where(Publication.report == "outcomes")) == 1


def test_programmes_are_kept_apart(made: making.Made) -> None:
    assert not read("2026-q3").is_empty
    assert read("2026-q3", person=people.OTHER_COORDINATOR).is_empty


def test_the_worker_keeps_what_is_over_once(made: making.Made) -> None:
    (job,) = [job for job in JOBS if job.name == "keep figures of finished months"]
    with transaction():
        assert job.run() > 0
    there = kept()
    assert ("programme", "agencies", "2026-q3") in there
    assert ("public", "figures", "2025-11") in there
    assert ("public", "figures", "2026-10") in there
    assert not [period for _, _, period in there if period in ("2026-11", "2026-q4", "2026", "2026-q2")]
    with transaction():
        assert job.run() == 0
    with clock_at(making.NOW.replace(month=12, day=1)), transaction():
        # November, of each programme.
        assert job.run() == 2


def scopes() -> Iterator[tuple[Someone, Scope]]:
    for person in (people.LEAD, people.MANAGER, COORDINATOR):
        yield person, scope_of(person.viewer)


def test_every_report_comes_out_as_it_was_packed(made: making.Made) -> None:
    packed = 0
    for person, _ in scopes():
        for entry in catalogue.reports_for(person.viewer):
            report = catalogue.request(entry.name, None, person.viewer).build()
            assert packing.report_of(packing.pack(report)) == report
            packed += 1
    assert packed >= 5
    given = Given({("a", "b"): 5, ("c",): None}, {("d",): Decimal(1200), ("e",): None})
    assert packing.given_of(packing.pack_given(given)) == given
