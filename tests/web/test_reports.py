"""The report pages: who reads them, what they show, and the download."""

import csv
import io
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db
from referrals.reporting.formats import FORMATS
from tests import markup, people
from tests.casework import cases
from tests.people import Someone
from tests.plugins.visitors import Visitor
from tests.reporting import making

READERS = (people.LEAD, people.MANAGER, people.COORDINATOR)
OTHERS = (people.VOLUNTEER, people.CASEWORKER, people.ADMINISTRATOR)

Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def events(action: str) -> list[AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


@pytest.mark.parametrize("person", READERS, ids=lambda person: person.role)
def test_a_reader_of_reports_sees_answer_chart_table_and_definitions(app: Flask, visit: Visit, person: Someone) -> None:
    # A coordinator begins with the last quarter, which needs enough in it.
    making.scatter(3000 if person is people.COORDINATOR else 600, 1).write()
    browser = visit(person)
    index = browser.get("/reports")
    assert index.status_code == 200
    assert "/reports/outcomes" in index.get_data(as_text=True)

    page = browser.get("/reports/outcomes")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert person.place.name in text
    assert ("About " if person is people.COORDINATOR else "resolved in full or in part") in text
    assert '<svg class="app-chart__picture" role="img"' in text
    assert "How we count" in text
    assert len(text.encode()) < 60_000
    (event,) = events("report.read")
    assert event.actor_id == person.id
    period = "2026-q3" if person is people.COORDINATOR else "all"
    assert event.facts == {"report": "outcomes", "period": period}


@pytest.mark.parametrize("person", OTHERS, ids=lambda person: person.role)
@pytest.mark.parametrize("path", ["/reports", "/reports/outcomes", "/reports/outcomes/download"])
def test_other_roles_read_no_reports(app: Flask, visit: Visit, person: Someone, path: str) -> None:
    assert visit(person).get(path).status_code == 403
    assert events("report.read") == events("report.exported") == []


def test_strangers_are_asked_to_sign_in(app: Flask, visit: Visit) -> None:
    answer = visit().get("/reports/outcomes")
    assert answer.status_code == 303
    assert "/sign-in" in answer.location


@pytest.mark.parametrize("person", READERS, ids=lambda person: person.role)
@pytest.mark.parametrize(
    "path",
    [
        "/reports/nothing",
        "/reports/outcomes?period=2019-q1",
        "/reports/outcomes?period=2031",
        "/reports/outcomes?period=2026-q5",
        "/reports/outcomes?period=%00",
        "/reports/outcomes?period=all'--",
        "/reports/outcomes?period=",
        "/reports/outcomes/download?period=yesterday",
    ],
)
def test_reports_and_periods_that_there_are_not(app: Flask, visit: Visit, person: Someone, path: str) -> None:
    assert visit(person).get(path).status_code == 404
    assert events("report.read") == events("report.exported") == []


def test_nobody_can_name_a_scope(app: Flask, visit: Visit) -> None:
    making.scatter(300, 2).write()
    own = main_of(visit(people.LEAD).get("/reports/outcomes").get_data(as_text=True))
    asked = visit(people.LEAD).get(
        f"/reports/outcomes?group={people.THURCROFT.id}&organisation_id={people.THURCROFT.id}&scope=all"
    )
    assert main_of(asked.get_data(as_text=True)) == own


def test_a_coordinator_chooses_among_quarters_that_are_over(app: Flask, visit: Visit) -> None:
    making.scatter(300, 3).write()
    coordinator = visit(people.COORDINATOR)
    text = coordinator.get("/reports/outcomes").get_data(as_text=True)
    assert "All time" not in text
    assert "The year 2025" in text
    assert 'value="2026-q3"' in text
    assert 'value="2026-q4"' not in text
    assert 'value="2026"' not in text
    for code in ("2026-q4", "2026"):
        assert coordinator.get(f"/reports/outcomes?period={code}").status_code == 404
        assert visit(people.LEAD).get(f"/reports/outcomes?period={code}").status_code == 200


def test_the_download_holds_the_numbers_of_the_page(app: Flask, visit: Visit) -> None:
    making.scatter(600, 4).write()
    answer = visit(people.MANAGER).get("/reports/outcomes/download?period=2026-q2")
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    assert 'attachment; filename="outcomes-2026-q2.csv"' in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {line["From"] for line in lines} == {"2026-04-01"}
    assert {line["To"] for line in lines} == {"2026-06-30"}
    (received,) = [line for line in lines if line["Line"] == "All referrals" and line["Measure"] == "Received"]
    assert received["Precision"] == "exact"
    page = visit(people.MANAGER).get("/reports/outcomes?period=2026-q2").get_data(as_text=True)
    assert f"<dt>Received</dt><dd>{received['Value']}</dd>" in page
    (event,) = events("report.exported")
    assert event.facts == {"report": "outcomes", "period": "2026-q2", "format": "csv"}


def test_what_is_of_today_has_no_period_to_choose(app: Flask, visit: Visit) -> None:
    making.scatter(60, 4).write()
    for person in (people.LEAD, people.MANAGER):
        assert 'name="period"' not in visit(person).get("/reports/work").text
        assert 'name="period"' in visit(person).get("/reports/stages").text


@pytest.mark.parametrize("code", FORMATS)
def test_each_kind_of_file_is_offered(app: Flask, visit: Visit, code: str) -> None:
    making.scatter(60, 4).write()
    manager = visit(people.MANAGER)
    page = manager.get("/reports/outcomes?period=2026-q2")
    (link,) = [one for one in markup.read(page.text).all("a") if f"format={code}" in one.get("href", "")]
    answer = manager.get(link.get("href"))
    assert (answer.status_code, answer.content_type) == (200, FORMATS[code].content_type)
    assert f'attachment; filename="outcomes-2026-q2.{code}"' in answer.headers["Content-Disposition"]


def test_other_kinds_of_file_there_are_not(app: Flask, visit: Visit) -> None:
    assert visit(people.MANAGER).get("/reports/outcomes/download?format=exe").status_code == 404


def test_an_empty_report_helps(app: Flask, visit: Visit) -> None:
    for person in (people.LEAD, people.MANAGER):
        assert "Nothing to count here" in visit(person).get("/reports/outcomes").get_data(as_text=True)
    assert "Too few to show" in visit(people.COORDINATOR).get("/reports/outcomes").get_data(as_text=True)


def test_a_coordinator_cannot_tell_few_from_none(app: Flask, visit: Visit) -> None:
    none = main_of(visit(people.COORDINATOR).get("/reports/outcomes").get_data(as_text=True))
    making.scatter(4, 5, groups=(people.WHITE_CITY,)).write()
    few = main_of(visit(people.COORDINATOR).get("/reports/outcomes").get_data(as_text=True))
    assert few == none


def test_a_number_leads_to_the_referrals_behind_it(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("in_progress")
    browser = visit(people.MANAGER)
    address = "/reports/outcomes/behind?cell=received.welfare"
    text = browser.get("/reports/outcomes").get_data(as_text=True)
    assert f'href="{address}"' in text
    page = main_of(browser.get(address).get_data(as_text=True))
    assert "Received: Benefits and money" in page
    assert "1 referral behind this number." in page
    assert f'href="/referrals/{referral.reference}"' in page
    assert "Nine months without a payment" in page
    assert events("referral.read") == []
    assert "Nothing to list here" in browser.get("/reports/outcomes/behind?cell=accepted.housing").text


@pytest.mark.parametrize("cell", ["", "gibberish", "received.*.1", "result.*.gibberish", "ended.*.x", "asked.*.*.x"])
def test_nothing_is_behind_a_number_that_there_is_not(app: Flask, visit: Visit, cell: str) -> None:
    assert visit(people.MANAGER).get(f"/reports/outcomes/behind?cell={cell}").status_code == 404


def test_a_coordinator_finds_nothing_behind_a_number(app: Flask, visit: Visit) -> None:
    making.scatter(60, 2).write()
    browser = visit(people.COORDINATOR)
    assert "/behind?" not in browser.get("/reports/outcomes").text
    assert browser.get("/reports/outcomes/behind?cell=received").status_code in (403, 404)
