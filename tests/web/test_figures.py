"""The figures that anybody may read: which programmes have some, what they say, and that they stay."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.accounts.viewer import SERVICE
from referrals.casework.models import Referral
from referrals.directory import actions as directory
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.reporting import actions, figures
from referrals.reporting.models import Publication
from referrals.reporting.report import Column, Row, Table
from tests import people
from tests.plugins.visitors import Visitor
from tests.reporting import making

Visit = Callable[..., Visitor]
PAGE = "/figures/big-local"


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def add_groups(number: int) -> None:
    with transaction():
        for place in range(number):
            directory.add_group(name=f"Another place {place}", programme_id=people.BIG_LOCAL.id, by=SERVICE)


@pytest.fixture
def enough(app: Flask) -> making.Made:
    add_groups(figures.FEWEST_GROUPS - 1)
    return making.scatter(3000, 21, groups=(people.WHITE_CITY,)).write()


def test_anybody_reads_answer_tables_and_definitions(enough: making.Made, visit: Visit) -> None:
    stranger = visit()
    assert PAGE in stranger.get("/figures").text
    assert 'href="/figures"' in stranger.get("/").text
    page = stranger.get(PAGE)
    assert page.status_code == 200
    assert "In October 2026, about " in page.text
    assert "In the 12 months to October 2026, about " in page.text
    assert "resolved in full or in part" in page.text
    assert "November 2026 is added on 1 December 2026" in page.text
    assert page.text.count("<figure") == 2
    assert "Numbers are rounded to the nearest 5" in page.text
    assert "How we count" in page.text
    for month in ("Nov 2025", "Oct 2026"):
        assert month in page.text
    for month in ("Oct 2025", "Nov 2026"):
        assert month not in page.text
    assert len(page.data) < 60_000
    assert page.headers["Cache-Control"] == "no-store"


def test_numbers_are_those_of_the_rows_and_small_ones_are_hidden(enough: making.Made, visit: Visit) -> None:
    found = json.loads(visit().get(f"{PAGE}/download?format=json").data)
    months, _ = found["tables"]
    rows = [row for row in enough.referrals if row["submitted_at"] and row["state"] != "entered_in_error"]
    resolved = {
        row["referral_id"]
        for row in enough.outcomes
        if row["superseded_at"] is None and row["resolution"] in ("resolved_in_full", "resolved_in_part")
    }
    wanted = figures.periods.finished_months(making.NOW.date(), 12)[::-1]
    hidden = 0
    for line, month in zip(months["lines"], wanted, strict=True):
        closed = [row for row in rows if row["state"] == "closed" and month.begins <= row["ended_at"] < month.ends]
        true = (
            sum(month.begins <= row["submitted_at"] < month.ends for row in rows),
            len(closed),
            sum(row["id"] in resolved for row in closed),
        )
        for shown, value in zip(line["values"], true, strict=False):
            hidden += shown is None
            assert shown is None or (shown % 5 == 0 and abs(shown - value) <= 2 and value >= 10)
        if line["values"][3] is not None:
            assert line["values"][3] == round(100 * line["values"][2] / line["values"][1])
    assert hidden < 12


def test_months_that_are_shown_are_added_up(enough: making.Made, visit: Visit) -> None:
    lines = json.loads(visit().get(f"{PAGE}/download?format=json").data)["tables"][0]["lines"]
    came, went = (sum(line["values"][place] or 0 for line in lines) for place in (0, 1))
    assert (
        f"about {came:,} referrals were sent to MPs’ offices and about {went:,} were finished" in visit().get(PAGE).text
    )


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_they_can_be_taken_away(enough: making.Made, visit: Visit, kind: str) -> None:
    answer = visit().get(f"{PAGE}/download?format={kind}")
    assert answer.status_code == 200
    assert f'filename="figures-2025-11-to-2026-10.{kind}"' in answer.headers["Content-Disposition"]
    assert visit().get(f"{PAGE}/download?format=exe").status_code == 404


def test_a_month_stays_as_it_was_first_shown(enough: making.Made, visit: Visit) -> None:
    before = visit().get(f"{PAGE}/download").data
    assert db.session.scalar(select(func.count()).select_from(Publication)) == figures.MONTHS
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(Referral.__table__.update().values(state="entered_in_error"))  # type: ignore[attr-defined]
    making.count_from_nothing()
    assert visit().get(f"{PAGE}/download").data == before
    with clock_at(making.NOW.replace(month=12)):
        after = visit().get(PAGE).text
        assert "Nov 2026" in after
        assert "In October 2026, about " in after


def test_a_table_without_one_number_is_a_sentence() -> None:
    columns = (Column("Closed"),)
    table = Table("t", "Closed", "Month", columns, (Row("May", (None,)), Row("June", (None,))))
    assert table.says_nothing
    assert not replace(table, rows=(*table.rows, Row("July", (10,)))).says_nothing
    assert not replace(table, total=Row("All", (10,))).says_nothing
    assert not replace(table, rows=()).says_nothing


def test_a_programme_of_few_places_has_none(app: Flask, visit: Visit) -> None:
    add_groups(figures.FEWEST_GROUPS - 2)
    assert "No figures yet" in visit().get("/figures").text
    for address in (PAGE, f"{PAGE}/download", "/figures/nothing", "/figures/white-city"):
        assert visit().get(address).status_code == 404
    with transaction():
        directory.add_group(name="The fifth place", programme_id=people.BIG_LOCAL.id, by=SERVICE)
    page = visit().get(PAGE)
    assert page.status_code == 200
    assert "Too few to show" in page.text


def test_reading_what_is_kept_writes_nothing(enough: making.Made, visit: Visit) -> None:
    with transaction():
        actions.publish_figures("big-local")
    kept = db.session.scalar(select(func.count()).select_from(Publication))
    visit().get(PAGE)
    assert db.session.scalar(select(func.count()).select_from(Publication)) == kept == figures.MONTHS
