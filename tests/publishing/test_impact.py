"""The life of an impact report: who may, the second person, and that nothing of an issued one ever changes."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.foundation.clock import clock_at, today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from referrals.notifications.models import Notice
from referrals.publishing import actions, queries, rendering
from referrals.publishing.drafting import draft
from referrals.publishing.models import ImpactFile, ImpactReport, IssuedReportChanged
from referrals.publishing.periods import finished_period
from tests import people
from tests.publishing import reports
from tests.reporting import making


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def events(action: str) -> list[AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


class TestWriting:
    @pytest.mark.parametrize("person", [people.VOLUNTEER, people.CASEWORKER, people.ADMINISTRATOR])
    def test_only_who_answers_for_figures_may_begin(self, app: Flask, person: people.Someone) -> None:
        with pytest.raises(NotAllowed):
            reports.begin(person)

    def test_there_is_one_report_a_period(self, app: Flask) -> None:
        reports.begin()
        with pytest.raises(IllegalMove):
            reports.begin()
        reports.begin(people.MANAGER)

    def test_words_are_sealed(self, app: Flask) -> None:
        report = reports.finish(reports.begin())
        assert b"Neighbours" not in (report.words_sealed or b"")
        assert report.words["learned"].endswith(reports.WORDS)

    def test_a_section_that_there_is_not(self, app: Flask) -> None:
        report = reports.begin()
        with pytest.raises(NotFound), transaction():
            actions.edit_section(report, "nothing", "x", version=None, by=people.LEAD.viewer)

    def test_a_text_too_long(self, app: Flask) -> None:
        report = reports.begin()
        with pytest.raises(Invalid), transaction():
            actions.edit_section(report, "learned", "x" * 4001, version=None, by=people.LEAD.viewer)

    def test_strangers_are_told_that_there_is_none(self, app: Flask) -> None:
        report = reports.begin()
        for person in (people.OTHER_LEAD, people.MANAGER, people.COORDINATOR):
            with pytest.raises(NotFound):
                queries.impact_report(report.id, person.viewer)
            with pytest.raises(NotFound), transaction():
                actions.edit_section(report, "learned", "theirs", version=None, by=person.viewer)

    def test_what_is_recorded_late_changes_no_figure(self, app: Flask) -> None:
        first = reports.begin()
        making.scatter(600, 5).write()
        with transaction():
            actions.discard_report(first, by=people.LEAD.viewer)
        assert reports.begin().figures == first.figures

    def test_nothing_begins_before_its_figures_are_kept(self, app: Flask) -> None:
        with pytest.raises(IllegalMove, match="counted anew"):
            draft(finished_period("2026-q1", today()), people.LEAD.viewer)


class TestApproving:
    def test_a_question_left_stops_it(self, app: Flask) -> None:
        with pytest.raises(IllegalMove, match="What we learned"):
            reports.approve(reports.begin())

    def test_the_only_one_may_and_everybody_is_told(self, app: Flask) -> None:
        report = reports.approve(reports.finish(reports.begin()))
        assert report.approved_alone
        (event,) = events("impact.approved")
        assert event.facts == {"period": "2026-h1", "alone": True}
        sheet = json.dumps(rendering.sheet_of(report), ensure_ascii=False)
        assert "by the person who wrote it. Nobody else" in sheet

    def test_where_there_is_a_second_person_it_takes_one(self, app: Flask) -> None:
        second = reports.promote()
        report = reports.finish(reports.begin())
        with pytest.raises(NotAllowed):
            reports.approve(report)
        reports.approve(report, second)
        assert not report.approved_alone
        assert events("impact.approved")[0].facts == {"period": "2026-h1", "alone": False}
        assert "by a second person" in json.dumps(rendering.sheet_of(report))

    def test_who_mends_a_comma_is_the_writer_then(self, app: Flask) -> None:
        second = reports.promote()
        report = reports.finish(reports.begin())
        with transaction():
            actions.edit_section(report, "learned", "Mended", version=None, by=second.viewer)
        with pytest.raises(NotAllowed):
            reports.approve(report, second)
        reports.approve(report)

    def test_what_was_changed_since_it_was_read_is_not_approved(self, app: Flask) -> None:
        second = reports.promote()
        report = reports.finish(reports.begin())
        seen = report.version
        with transaction():
            actions.edit_section(report, "learned", "Other words", version=None, by=people.LEAD.viewer)
        with pytest.raises(Stale), transaction():
            actions.approve_report(report, version=seen, by=second.viewer)

    def test_an_approved_one_is_not_edited_before_it_is_taken_back(self, app: Flask) -> None:
        report = reports.approve(reports.finish(reports.begin()))
        with pytest.raises(IllegalMove), transaction():
            actions.edit_section(report, "learned", "After", version=None, by=people.LEAD.viewer)
        with transaction():
            actions.reopen_report(report, by=people.LEAD.viewer)
        assert (report.state, report.approved_at, report.approved_by_id) == ("draft", None, None)


class TestTelling:
    def told(self) -> list[object]:
        db.session.rollback()
        kind = "ImpactReportToApprove"
        return list(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))

    def test_the_others_are_told_once_when_the_last_section_is_written(self, app: Flask) -> None:
        second = reports.promote()
        report = reports.begin()
        assert self.told() == []
        reports.finish(report)
        assert self.told() == [second.id]
        with transaction():
            actions.edit_section(report, "learned", "A comma, mended", version=None, by=people.LEAD.viewer)
        assert self.told() == [second.id]

    def test_a_correction_tells_with_its_first_change(self, app: Flask) -> None:
        second = reports.promote()
        report = reports.issue(reports.approve(reports.finish(reports.begin()), second))
        with transaction():
            correction = actions.start_correction(report, "A wrong name.", by=second.viewer)
        assert len(self.told()) == 1
        with transaction():
            actions.edit_section(correction, "learned", "Mended", version=None, by=second.viewer)
        assert self.told() == [second.id, people.LEAD.id]


class TestIssuing:
    def test_only_what_was_approved(self, app: Flask) -> None:
        with pytest.raises(IllegalMove):
            reports.issue(reports.finish(reports.begin()))

    def test_what_was_changed_while_it_was_printed_does_not_go_out(self, app: Flask) -> None:
        report = reports.approve(reports.finish(reports.begin()))
        ready = rendering.edition(report, None)
        for _ in range(2):
            with transaction():
                actions.reopen_report(report, by=people.LEAD.viewer)
            reports.approve(report)
        with pytest.raises(Stale), transaction():
            actions.issue_report(report, ready, by=people.LEAD.viewer)

    def test_everything_is_kept_with_its_digest(self, app: Flask) -> None:
        making.scatter(400, 2).write()
        report = reports.issued()
        (event,) = events("impact.issued")
        files = {file.form: file for file in db.session.scalars(select(ImpactFile))}
        assert set(files) == {"pdf", "docx"}
        for form, file in files.items():
            assert hashlib.sha256(file.content).hexdigest() == file.sha256 == event.facts["sha256"][form]
            assert file.size == len(file.content)
        content = json.dumps(report.content, ensure_ascii=False, sort_keys=True)
        assert hashlib.sha256(content.encode()).hexdigest() == report.content_sha256
        assert event.facts["sha256"]["page"] == report.content_sha256

    def test_it_says_the_same_whatever_happens_after(self, app: Flask) -> None:
        making.scatter(400, 2).write()
        report = reports.issued()
        said = report.content
        files = {file.form: file.content for file in db.session.scalars(select(ImpactFile))}
        making.scatter(400, 3).write()
        db.session.rollback()
        db.session.expire_all()
        again = queries.impact_report(report.id, people.LEAD.viewer)
        assert again.content == said
        assert {file.form: file.content for file in db.session.scalars(select(ImpactFile))} == files

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("figures", {"about": "Somebody else"}),
            ("words", {"learned": "Other words"}),
            ("period", "2025"),
            ("issued_at", None),
            ("content_sha256", "0" * 64),
            ("approved_alone", False),
        ],
    )
    def test_nothing_in_it_can_be_changed(self, app: Flask, name: str, value: Any) -> None:
        report = reports.issued()
        setattr(report, name, value)
        with pytest.raises(IssuedReportChanged):
            db.session.flush()

    def test_no_file_can_be_changed_or_removed_nor_the_report(self, app: Flask) -> None:
        report = reports.issued()
        file = db.session.scalars(select(ImpactFile)).first()
        assert file is not None
        file.sha256 = "0" * 64
        with pytest.raises(IssuedReportChanged):
            db.session.flush()
        for kept in (file, report):
            db.session.rollback()
            db.session.delete(kept)
            with pytest.raises(IssuedReportChanged):
                db.session.flush()

    def test_a_programme_reads_what_its_areas_issued_and_nobody_else_does(self, app: Flask) -> None:
        report = reports.issued()
        assert queries.impact_report(report.id, people.COORDINATOR.viewer) is report
        assert [line.id for line in queries.shelf(people.COORDINATOR.viewer).of_areas] == [report.id]
        for person in (people.OTHER_LEAD, people.MANAGER, people.OTHER_COORDINATOR):
            with pytest.raises(NotFound):
                queries.impact_report(report.id, person.viewer)
        with pytest.raises(NotAllowed), transaction():
            actions.start_correction(report, "Theirs to say", by=people.COORDINATOR.viewer)


class TestCorrecting:
    def begun(self, report: ImpactReport) -> ImpactReport:
        with transaction():
            return actions.start_correction(report, "A number was typed wrongly.", by=people.LEAD.viewer)

    def test_the_corrected_one_takes_its_place_and_says_why(self, app: Flask) -> None:
        first = reports.issued()
        said = first.content
        second = self.begun(first)
        assert second.words == first.words
        assert first.state == "issued"
        with transaction():
            actions.edit_section(second, "learned", "Mended", version=None, by=people.LEAD.viewer)
        reports.issue(reports.approve(second))
        db.session.refresh(first)
        assert (first.state, second.state) == ("superseded", "issued")
        assert first.content == said
        assert queries.replacement_of(first) is second
        corrects = dict(second.content["facts"])["Corrects"] if second.content else ""
        assert corrects == "The report issued on 23 November 2026. A number was typed wrongly."
        (event,) = events("impact.superseded")
        assert event.subject_id == first.id
        assert event.facts["corrected"] == str(second.id)

    def test_it_needs_a_reason_and_there_is_one_at_a_time(self, app: Flask) -> None:
        report = reports.issued()
        with pytest.raises(Invalid), transaction():
            actions.start_correction(report, "  ", by=people.LEAD.viewer)
        self.begun(report)
        with pytest.raises(IllegalMove):
            self.begun(report)

    def test_a_draft_is_thrown_away_not_corrected(self, app: Flask) -> None:
        report = reports.begin()
        with pytest.raises(IllegalMove):
            self.begun(report)
        with transaction():
            actions.discard_report(report, by=people.LEAD.viewer)
        assert db.session.get(ImpactReport, report.id) is None
        reports.begin()
