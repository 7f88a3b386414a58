"""Impact reports in the browser: from a chosen period to an issued report, as page, PDF and Word."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db
from referrals.publishing.models import ImpactReport
from tests import markup, people
from tests.plugins.visitors import Visitor
from tests.publishing import reports
from tests.reporting import making

Visit = Callable[..., Visitor]
READERS = (people.LEAD, people.MANAGER, people.COORDINATOR)


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def only_report() -> ImpactReport:
    db.session.rollback()
    return db.session.scalars(select(ImpactReport)).one()


def address(report_id: UUID) -> str:
    return f"/impact/{report_id}"


def errors_on(text: str) -> list[str]:
    (listed,) = markup.read(text).all("ul", class_="govuk-error-summary__list")
    return [markup.text_of(line) for line in listed]


def article(text: str) -> str:
    """The report itself, without the page around it."""
    return text[text.index("<article") : text.index("</article>")]


@pytest.mark.parametrize("person", READERS, ids=lambda person: person.role)
def test_from_a_period_to_an_issued_report(app: Flask, visit: Visit, person: people.Someone) -> None:
    making.scatter(900, 1).write()
    browser = visit(person)
    assert "Start a report" in browser.get("/impact").text
    begun = browser.send("/impact/new", {"period": "2026-h1"})
    assert begun.status_code == 303
    home = begun.location
    page = browser.get(home).text
    assert person.place.name in page
    assert "Before anybody can approve it, write these sections" in page
    assert "Still to write" in page
    for link in [one.get("href") for one in markup.read(page).all("a") if "/sections/" in (one.get("href") or "")]:
        assert browser.send(link, {"text": "Our own words about this."}).location.startswith(home)
    page = browser.get(home).text
    assert "you may approve it yourself" in page
    assert browser.send(f"{home}/approve").location == home
    assert browser.send(f"{home}/issue").location == home
    page = browser.get(home).text
    assert "Kept as issued on 23 November 2026" in page
    assert "Our own words about this." in page
    assert "Edit this text" not in page
    assert len(page.encode()) < 60_000


class TestForms:
    def test_a_period_must_be_chosen_among_those_that_are_over(self, app: Flask, visit: Visit) -> None:
        browser = visit(people.LEAD)
        answer = browser.send("/impact/new", {})
        assert answer.status_code == 422
        assert errors_on(answer.text) == ["Choose a period"]
        assert "<title>Error: " in answer.text
        for code in ("2026-h2", "all", "2031"):
            assert "govuk-error-summary" in browser.send("/impact/new", {"period": code}).text

    def test_a_second_report_over_a_period_is_refused(self, app: Flask, visit: Visit) -> None:
        reports.begin()
        answer = visit(people.LEAD).send("/impact/new", {"period": "2026-h1"})
        assert errors_on(answer.text) == ["There is a report over this period already. Go on with that one."]

    def test_a_text_too_long_is_said_beside_it_and_kept(self, app: Flask, visit: Visit) -> None:
        report = reports.begin()
        text = "kept " * 900
        answer = visit(people.LEAD).send(f"{address(report.id)}/sections/learned", {"text": text})
        assert errors_on(answer.text) == ["The text must be 4,000 characters or fewer"]
        assert text.strip()[:200] in answer.text

    def test_somebody_else_was_first(self, app: Flask, visit: Visit) -> None:
        report = reports.begin()
        browser = visit(people.LEAD)
        page = browser.get(f"{address(report.id)}/sections/learned")
        browser.send(f"{address(report.id)}/sections/learned", {"text": "Theirs"})
        answer = browser.send(page, {"text": "Mine"})
        assert answer.status_code == 409
        assert "Theirs" in answer.text
        assert "Mine" in answer.text
        assert browser.send(answer).status_code == 303
        assert only_report().words["learned"] == "Mine"

    def test_without_a_token_nothing_happens(self, app: Flask, visit: Visit) -> None:
        report = reports.approve(reports.finish(reports.begin()))
        browser = visit(people.LEAD)
        browser.client.post(f"{address(report.id)}/issue", data={"csrf_token": "wrong"})
        assert only_report().state == "approved"

    def test_looking_changes_nothing(self, app: Flask, visit: Visit) -> None:
        report = reports.approve(reports.finish(reports.begin()))
        browser = visit(people.LEAD)
        for step in ("", "/issue", "/reopen"):
            assert browser.get(f"{address(report.id)}{step}").status_code == 200
        assert only_report().state == "approved"

    @pytest.mark.parametrize("step", ["approve", "issue"])
    def test_a_double_click_does_it_once(self, app: Flask, visit: Visit, step: str) -> None:
        report = reports.finish(reports.begin())
        if step == "issue":
            reports.approve(report)
        browser = visit(people.LEAD)
        page = browser.get(f"{address(report.id)}/{step}")
        answers = [browser.send(page), browser.send(page)]
        assert [answer.location for answer in answers] == [address(report.id)] * 2
        action = "impact.approved" if step == "approve" else "impact.issued"
        db.session.rollback()
        assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)).all()) == 1

    def test_the_same_start_sent_twice_begins_one_draft(self, app: Flask, visit: Visit) -> None:
        browser = visit(people.LEAD)
        page = browser.get("/impact/new")
        answers = [browser.send(page, {"period": "2026-h1"}) for _ in range(2)]
        assert answers[0].location == answers[1].location == address(only_report().id)


class TestIssued:
    def test_page_pdf_and_word_are_the_same_for_ever(self, app: Flask, visit: Visit) -> None:
        making.scatter(2600, 2).write()
        report_id = reports.issued().id
        browser = visit(people.LEAD)
        home = address(report_id)
        before = article(browser.get(home).text), *(browser.get(f"{home}/file/{form}").data for form in ("pdf", "docx"))
        making.scatter(700, 3).write()
        after = article(browser.get(home).text), *(browser.get(f"{home}/file/{form}").data for form in ("pdf", "docx"))
        assert before == after

    def test_downloads_are_downloads_and_leave_their_event(self, app: Flask, visit: Visit) -> None:
        home = address(reports.issued().id)
        answer = visit(people.COORDINATOR).get(f"{home}/file/pdf")
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="impact-report-2026-h1.pdf"')
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        db.session.rollback()
        (event,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "impact.taken"))
        assert event.facts == {"period": "2026-h1", "form": "pdf"}
        assert event.actor_id == people.COORDINATOR.id
        assert visit(people.LEAD).get(f"{home}/file/exe").status_code == 404

    def test_a_coordinator_reads_it_and_changes_nothing(self, app: Flask, visit: Visit) -> None:
        home = address(reports.issued().id)
        browser = visit(people.COORDINATOR)
        assert "Wormholt and White City Big Local: January to June 2026" in browser.get("/impact").text
        assert "Correct this report" not in browser.get(home).text
        assert browser.post(f"{home}/correct", {"reason": "Mine"}).status_code == 403

    def test_a_corrected_one_leads_on(self, app: Flask, visit: Visit) -> None:
        home = address(reports.issued().id)
        browser = visit(people.LEAD)
        answer = browser.send(f"{home}/correct", {"reason": ""})
        assert errors_on(answer.text) == ["Say what was wrong"]
        second = browser.send(f"{home}/correct", {"reason": "A year was wrong."}).location
        assert "A corrected report is being written" in browser.get(home).text
        browser.send(f"{second}/approve")
        browser.send(f"{second}/issue")
        assert f'href="{second}">Read the corrected report' in browser.get(home).text
        assert "A year was wrong." in browser.get(second).text


class TestFiles:
    def test_the_pdf_is_tagged_named_and_in_english(self, app: Flask, visit: Visit) -> None:
        making.scatter(2600, 2).write()
        home = address(reports.issued().id)
        content = visit(people.LEAD).get(f"{home}/file/pdf").data
        with pikepdf.open(BytesIO(content)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert pdf.Root.Lang == "en-GB"
            title = "Impact report: Wormholt and White City Big Local, January to June 2026"
            assert pdf.docinfo["/Title"] == title
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            assert pdf.Root.Outlines.Count
            kinds, described = tags_of(pdf)
            with pdf.open_metadata() as about:
                assert about["pdfuaid:part"] == "1"
        assert {"/H1", "/H2", "/Table", "/TH", "/Figure", "/TOC"} <= kinds
        assert len(described) >= 2
        assert all("Housing" in words or "Resolved" in words for words in described)

    def test_word_has_headings_tables_and_described_pictures(self, app: Flask, visit: Visit) -> None:
        making.scatter(2600, 2).write()
        report_id = reports.issued().id
        content = visit(people.LEAD).get(f"{address(report_id)}/file/docx").data
        document = Document(BytesIO(content))
        sheet = only_report().content
        assert sheet is not None
        headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
        assert headings == [part["heading"] for part in sheet["parts"]]
        charts = [block for part in sheet["parts"] for block in part["blocks"] if block["kind"] == "chart"]
        described = [one.get("descr") for one in document.element.iter(qn("wp:docPr"))]
        assert described == [chart["description"] for chart in charts]
        assert described
        words = "\n".join(paragraph.text for paragraph in document.paragraphs)
        for part in sheet["parts"]:
            for block in part["blocks"]:
                if block["kind"] == "text":
                    assert all(text in words for text in block["text"].split("\n\n"))
        cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
        tables = [block for part in sheet["parts"] for block in part["blocks"] if block["kind"] == "table"]
        assert tables
        assert {cell for table in tables for row in table["rows"] for cell in row["cells"]} <= cells
        assert document.core_properties.language == "en-GB"
        assert (document.core_properties.author, document.core_properties.last_modified_by) == ("", "")

    def test_words_of_people_are_text_and_nothing_else(self, app: Flask, visit: Visit) -> None:
        hostile = '#panic("x") $x$ @ref {{ 7*7 }} </w:t> & < > "\n\n\u4e2d\u6587 =cmd'
        report = reports.finish(reports.begin())
        browser = visit(people.LEAD)
        browser.send(f"{address(report.id)}/sections/learned", {"text": hostile})
        browser.send(f"{address(report.id)}/approve")
        browser.send(f"{address(report.id)}/issue")
        page = browser.get(address(report.id)).text
        assert "#panic(&#34;x&#34;) $x$ @ref {{ 7*7 }} &lt;/w:t&gt;" in page
        document = Document(BytesIO(browser.get(f"{address(report.id)}/file/docx").data))
        assert any('#panic("x") $x$ @ref {{ 7*7 }} </w:t> & < > "' in one.text for one in document.paragraphs)
        assert browser.get(f"{address(report.id)}/file/pdf").data.startswith(b"%PDF")


def tags_of(pdf: pikepdf.Pdf) -> tuple[set[str], list[str]]:
    """The kinds of structure in a PDF, and what its figures are described as."""
    kinds: set[str] = set()
    described: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            kinds.add(str(node.S))
            if str(node.S) == "/Figure":
                described.append(str(node.Alt))
            walk(node.get("/K"))

    walk(pdf.Root.StructTreeRoot.K)
    return kinds, [re.sub(r"\s+", " ", words) for words in described]
