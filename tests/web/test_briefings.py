"""Quarterly briefings through the pages: drafted, gone through, approved by a second lead, and mailed with a PDF."""

import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.engagement.models import Contact
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.notifications.models import Notice, OutboxMessage
from referrals.publishing.models import Briefing
from referrals.stories import actions as stories
from tests import markup, people
from tests.engagement.log import OTHER_TERM, TERM, make_contact
from tests.notifications.mail_server import Conversation, mail_server
from tests.notifications.test_transports import by_smtp, deliver, usual
from tests.plugins.visitors import Visitor
from tests.publishing import quarterly, reports
from tests.publishing.quarterly import EMAIL, advance, make_briefing, note_office, the_briefing
from tests.reporting import making
from tests.stories.studies import act, make_study, slug_of

__all__ = ["usual"]
Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def address(briefing_id: UUID, page: str = "") -> str:
    return f"/briefings/{briefing_id}{page and '/'}{page}"


def recorded() -> list[str]:
    db.session.rollback()
    found = select(AuditEntry.action).where(AuditEntry.action.like("briefing.%")).order_by(AuditEntry.number)
    return list(db.session.scalars(found))


def pdf_text(content: bytes) -> str:
    """Everything the PDF says about itself; its pages are looked at elsewhere."""
    with pikepdf.open(BytesIO(content)) as file:
        assert len(file.pages) <= 2
        assert "/StructTreeRoot" in file.Root
        return str(file.docinfo.get("/Title", "")) + str(file.open_metadata())


def errors_on(text: str) -> list[str]:
    (listed,) = markup.read(text).all("ul", class_="govuk-error-summary__list")
    return [markup.text_of(line) for line in listed]


def fields(**more: Any) -> dict[str, Any]:
    return {"opening": "Thank you for coming.", "what_1": "Come to the library", **more}


class TestFromDraftToSent:
    def test_it_is_drafted_written_approved_by_a_second_lead_and_sent(self, visit: Visit) -> None:
        second, lead = reports.promote(), visit(people.LEAD)
        note_office()
        assert "Draft one for Rowan Ashdown MP, July to September 2026" in lead.get("/briefings").text
        home = lead.post(f"/briefings/new/{TERM}").location
        assert "Go through the draft" in lead.get(home).text
        assert lead.send(f"{home}/edit", fields()).location == home
        assert "Ask for approval" in lead.get(home).text
        assert lead.get(f"{home}/send").status_code == 409
        assert lead.send(home).location == home
        other = visit(second)
        assert "Thank you for coming." in other.get(f"{home}/approve").text
        assert other.send(f"{home}/approve", {"looked": "yes"}).location == home
        page = lead.get(f"{home}/send")
        assert EMAIL in page.text
        assert people.LEAD.email in page.text
        assert lead.send(f"{home}/send", {"addresses": EMAIL}).location == home
        assert f"Sent to {EMAIL}" in lead.get(home).text
        assert recorded() == [
            "briefing.drafted",
            "briefing.edited",
            "briefing.approval_asked",
            "briefing.approved",
            "briefing.sent",
        ]

    def test_it_goes_out_as_mail_with_its_pdf(self, visit: Visit) -> None:
        note_office()
        make_briefing("sent")
        heard = Conversation()
        with transaction() as session:
            for row in session.scalars(select(OutboxMessage).where(OutboxMessage.kind != "BriefingPaper")):
                session.delete(row)
        with mail_server(heard) as port:
            by_smtp(port)
            deliver()
        (mail,) = heard.mails
        assert heard.recipients == [EMAIL]
        assert mail["Reply-To"] == people.LEAD.email
        assert "Wormholt and White City" in mail["Subject"]
        (file,) = mail.iter_attachments()
        assert file.get_filename() == "briefing-2026-q3.pdf"
        assert "Quarterly briefing" in pdf_text(file.get_content())

    def test_sending_is_an_entry_in_the_log(self, visit: Visit) -> None:
        note_office()
        briefing_id = make_briefing("sent")
        db.session.rollback()
        contact = db.session.scalars(select(Contact)).one()
        assert (contact.types, contact.channel, contact.subject) == (
            ["informing"],
            "email",
            "Quarterly briefing, July to September 2026",
        )
        assert the_briefing(briefing_id).contact_id == contact.id
        lead = visit(people.LEAD)
        assert f'href="/briefings/{briefing_id}"' in lead.get(f"/your-mp/contacts/{contact.id}").text
        lead.send(f"/your-mp/contacts/{contact.id}/remove")
        assert the_briefing(briefing_id).contact_id is None
        assert lead.get(address(briefing_id)).status_code == 200

    def test_the_office_finds_it_and_nobody_else_does(self, visit: Visit) -> None:
        note_office()
        briefing_id = make_briefing("approved")
        office = visit(people.CASEWORKER)
        assert office.get(address(briefing_id)).status_code == 404
        assert "No briefing has come in yet" in office.get("/briefings").text
        advance(briefing_id, "sent")
        assert "July to September 2026" in office.get("/briefings").text
        page = office.get(address(briefing_id)).text
        assert "Our own words about opening." in page
        assert "Who did what" not in page
        assert EMAIL not in page
        assert office.get(address(briefing_id, "file")).status_code == 200
        told = set(db.session.scalars(select(Notice.person_id).where(Notice.kind == "BriefingSent")))
        assert people.CASEWORKER.id in told
        for stranger in (people.OTHER_CASEWORKER, people.COORDINATOR, people.OTHER_LEAD):
            assert visit(stranger).get(address(briefing_id)).status_code == 404
        assert visit(people.VOLUNTEER).get(address(briefing_id)).status_code == 200


class TestWhatItSays:
    def test_nothing_of_where_the_two_stand(self, visit: Visit) -> None:
        note_office()
        make_contact(subject="Unfriendly canary", agreed="We found them distant, says the canary.")
        found = the_briefing(make_briefing("sent"))
        said = json.dumps(found.content).lower()
        assert "canary" not in said
        assert not re.search(r"stance|supportive|neutral|negative|stage", said)

    def test_no_number_under_the_threshold_and_none_that_is_not_rounded(self) -> None:
        making.scatter(900, 1).write()
        figures = the_briefing(make_briefing()).figures
        counts = [one["value"] for one in figures["numbers"] if "day" not in one["value"]]
        assert counts
        for value in counts:
            number = int(value.replace(",", "").split()[0])
            assert number >= figures["threshold"]
            assert number % 5 == 0

    def test_what_was_written_stands_beside_what_was_drafted_unless_that_is_left_out(self, visit: Visit) -> None:
        briefing_id, lead = make_briefing("written"), visit(people.LEAD)
        first = the_briefing(briefing_id).figures["drafted"]["results"]
        page = lead.get(address(briefing_id)).text
        assert markup.text_of(markup.read(f"<p>{first}</p>").all("p")[0])[:40] in page
        assert "Our own words about results." in page
        lead.send(address(briefing_id, "edit"), fields(results="Only ours.", left_out="results"))
        page = lead.get(address(briefing_id)).text
        assert first[:40] not in page
        assert "Only ours." in page

    def test_what_was_asked_last_time_comes_again_with_what_became_of_it(self, visit: Visit) -> None:
        note_office()
        with clock_at(making.NOW.replace(month=8)):
            make_briefing("sent")
        briefing_id, lead = make_briefing(), visit(people.LEAD)
        assert "Visit us" in lead.get(address(briefing_id, "edit")).text
        assert "Still open." in lead.get(address(briefing_id)).text
        lead.send(address(briefing_id, "edit"), fields(became_1="The minister came in October."))
        page = lead.get(address(briefing_id)).text
        assert "The minister came in October." in page
        assert "Still open." not in page


class TestStories:
    def test_one_that_is_taken_back_goes_out_no_more(self, visit: Visit) -> None:
        note_office()
        study = make_study("published")
        with clock_at(making.NOW.replace(month=12)):
            briefing_id = make_briefing("sent", slugs=[slug_of(study)])
            lead, title = visit(people.LEAD), "Nine months for one decision"
            assert title in lead.get(address(briefing_id)).text
            whole = len(lead.get(address(briefing_id, "file")).data)
            kept = json.dumps(the_briefing(briefing_id).content)
            assert title not in kept
            act(study, stories.withdraw_case_study, "agreement_withdrawn", "By phone", by=people.VOLUNTEER.viewer)
            page = lead.get(address(briefing_id)).text
            assert title not in page
            assert len(lead.get(address(briefing_id, "file")).data) < whole
            assert "A case study stood here when this went out." in page
            assert json.dumps(the_briefing(briefing_id).content) == kept

    def test_only_those_of_the_area_can_be_chosen_and_two_at_most(self, visit: Visit) -> None:
        briefing_id, lead = make_briefing(), visit(people.LEAD)
        answer = lead.send(address(briefing_id, "edit"), fields(slugs="benefits-of-others"))
        assert answer.status_code == 422


class TestRules:
    def test_who_wrote_it_last_cannot_approve_it_while_there_is_another(self, visit: Visit) -> None:
        second = reports.promote()
        briefing_id = make_briefing("written")
        lead = visit(people.LEAD)
        answer = lead.send(address(briefing_id, "approve"), {"looked": "yes"})
        assert "Somebody else must approve" in answer.text
        assert visit(second).send(address(briefing_id, "approve"), {"looked": "yes"}).status_code == 303

    def test_a_single_lead_may_and_the_briefing_says_so(self, visit: Visit) -> None:
        briefing_id, lead = make_briefing("written"), visit(people.LEAD)
        assert "nobody else in your area can approve it" in lead.get(address(briefing_id, "approve")).text
        lead.send(address(briefing_id, "approve"), {"looked": "yes"})
        assert "by its writer, alone" in lead.get(address(briefing_id)).text

    def test_nobody_approves_what_nobody_has_gone_through(self, visit: Visit) -> None:
        briefing_id, lead = make_briefing(), visit(people.LEAD)
        assert "Go through the draft first" in lead.send(address(briefing_id, "approve"), {"looked": "yes"}).text

    def test_what_is_changed_has_to_be_approved_again(self, visit: Visit) -> None:
        note_office()
        briefing_id, lead = make_briefing("approved"), visit(people.LEAD)
        lead.send(address(briefing_id, "edit"), fields())
        assert the_briefing(briefing_id).state == "draft"
        assert lead.get(address(briefing_id, "send")).status_code == 409

    def test_it_is_sent_only_where_somebody_is_known_and_chosen(self, visit: Visit) -> None:
        briefing_id, lead = make_briefing("approved"), visit(people.LEAD)
        assert "Add an address" in lead.get(address(briefing_id, "send")).text
        note_office()
        assert errors_on(lead.send(address(briefing_id, "send"), {"addresses": ""}).text) == ["Choose who gets it"]
        assert lead.send(address(briefing_id, "send"), {"addresses": "anybody@else.example"}).status_code == 422
        assert the_briefing(briefing_id).sent_at is None

    def test_a_form_sent_twice_sends_once(self, visit: Visit) -> None:
        note_office()
        briefing_id, lead = make_briefing("approved"), visit(people.LEAD)
        page = lead.get(address(briefing_id, "send"))
        assert len({lead.send(page, {"addresses": EMAIL}).status_code for _ in range(2)}) == 1
        db.session.rollback()
        papers = select(OutboxMessage).where(OutboxMessage.kind == "BriefingPaper")
        assert len(list(db.session.scalars(papers))) == 1
        assert len(list(db.session.scalars(select(Contact)))) == 1

    def test_what_was_sent_stays(self, visit: Visit) -> None:
        note_office()
        briefing_id, lead = make_briefing("sent"), visit(people.LEAD)
        for page in ("edit", "approve", "send", "discard"):
            assert lead.get(address(briefing_id, page)).status_code == 404
        with pytest.raises(RuntimeError, match="stays as it is"), transaction() as session:
            session.get_one(Briefing, briefing_id).left_out = ["themes"]

    def test_only_one_a_quarter_for_each_mp(self, visit: Visit) -> None:
        make_briefing()
        lead = visit(people.LEAD)
        page = lead.get("/briefings").text
        assert f"/briefings/new/{TERM}" not in page
        assert f"/briefings/new/{OTHER_TERM}" in page
        lead.post(f"/briefings/new/{TERM}")
        db.session.rollback()
        assert len(list(db.session.scalars(select(Briefing)))) == 1

    def test_too_much_is_refused_beside_its_field_and_kept(self, visit: Visit) -> None:
        briefing_id, lead = make_briefing(), visit(people.LEAD)
        answer = lead.send(address(briefing_id, "edit"), fields(opening="x" * 701, whom_2="the council"))
        assert answer.status_code == 422
        assert len(errors_on(answer.text)) == 1
        assert "x" * 701 in answer.text

    def test_two_who_write_at_once_both_see_it(self, visit: Visit) -> None:
        briefing_id, lead = make_briefing(), visit(people.LEAD)
        page = lead.get(address(briefing_id, "edit"))
        advance(briefing_id, "written")
        answer = lead.send(page, fields(opening="Mine."))
        assert answer.status_code == 409
        assert "Mine." in answer.text
        assert the_briefing(briefing_id).words["opening"] == quarterly.WORDS["opening"]
