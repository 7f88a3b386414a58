"""Briefs for an MP through the pages: drafted, written, approved by a second person, sent, and answered."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.accounts.models import Membership
from referrals.accounts.roles import Role
from referrals.audit.actions import record
from referrals.audit.models import AuditEntry
from referrals.casework.models import OutcomeCode, Referral
from referrals.directory import lists
from referrals.directory.actions import Known, add_skill
from referrals.directory.models import Member
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.notifications.models import Notice, OutboxMessage
from referrals.publishing.models import PARTS, Brief, BriefAnswer
from tests import people
from tests.casework.cases import make_referral
from tests.plugins.visitors import Visitor
from tests.publishing.briefing import ISSUE, advance, answer, body_id, make_brief, make_pattern, the_brief

Visit = Callable[..., Visitor]
BENEFIT = "disability_benefit"
FILLED = {"happening": "Damp comes back every winter.", "asks": ["visit", "write_to_minister"], "asking": "Please."}


def address(office: people.Place = people.HAMMERSMITH) -> str:
    return f"/briefs/new?issue={ISSUE}&body={body_id()}&office={office.id}"


def briefs() -> list[Brief]:
    db.session.rollback()
    return list(db.session.scalars(select(Brief).order_by(Brief.drafted_at)))


def actions_recorded() -> list[str]:
    db.session.rollback()
    query = select(AuditEntry.action).where(AuditEntry.action.like("brief.%"))
    return list(db.session.scalars(query.order_by(AuditEntry.at, AuditEntry.number)))


def let_there_be_two_leads() -> None:
    with transaction() as session:
        membership = session.get(Membership, people.SECOND_VOLUNTEER.membership_id)
        assert membership is not None
        membership.role = Role.LEAD.value
        record("person.role_changed", by=people.ADMINISTRATOR.viewer, subject=("person", people.SECOND_VOLUNTEER.id))


class TestDrafting:
    def test_from_a_pattern_to_a_first_text(self, app: Flask, visit: Visit) -> None:
        make_pattern(6)
        lead = visit(people.LEAD)
        page = lead.get("/briefs")
        assert "Damp and mould: A housing association" in page.text
        assert "Five or more residents" in page.text
        home = lead.send(address()).location
        shown = lead.get(home).text
        assert "five or more residents of Wormholt and White City Big Local" in shown
        assert "6 residents" not in shown
        assert "Half of these residents had waited 3 months or longer" in shown
        assert actions_recorded() == ["brief.drafted"]

    def test_four_people_are_no_pattern_however_often_they_come(self, app: Flask, visit: Visit) -> None:
        make_pattern(9, one_person=6)
        lead = visit(people.LEAD)
        assert "Nothing has come often enough" in lead.get("/briefs").text
        assert lead.get(address()).status_code == 404
        assert lead.post(address()).status_code == 404
        assert briefs() == []

    def test_five_in_two_offices_are_no_pattern_for_either(self, app: Flask, visit: Visit) -> None:
        make_pattern(4)
        make_pattern(4, office=people.EALING, one_person=0)
        assert "Nothing has come often enough" in visit(people.LEAD).get("/briefs").text

    def test_a_form_sent_twice_drafts_one(self, app: Flask, visit: Visit) -> None:
        make_pattern(5)
        lead = visit(people.LEAD)
        page = lead.get(address())
        assert len({lead.send(page).location for _ in range(2)}) == 1
        assert len(briefs()) == 1

    def test_no_second_one_beside_a_draft_or_over_the_same_days(self, app: Flask, visit: Visit) -> None:
        make_pattern(5)
        lead = visit(people.LEAD)
        lead.send(address())
        assert "There is a draft about this already" in lead.send(address()).text
        advance(briefs()[0].id, "sent", people.LEAD)
        assert "A brief about this was sent" in lead.send(address()).text
        # What would be refused is not offered as a link either.
        index = lead.get("/briefs").text
        assert "A brief about this was sent" in index
        assert "/briefs/new?" not in index
        with clock.clock_at(clock.now() + timedelta(days=91)):
            make_pattern(5, one_person=0)
            assert visit(people.LEAD).send(address()).status_code == 303
        assert len(briefs()) == 2

    @pytest.mark.parametrize("person", [people.VOLUNTEER, people.CASEWORKER])
    def test_who_does_not_write_is_not_offered_any(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        make_pattern(6)
        assert "Worth a brief" not in visit(person).get("/briefs").text
        assert visit(person).get(address()).status_code == 403


class TestWriting:
    def test_words_and_asks_are_kept_sealed(self, app: Flask, visit: Visit) -> None:
        brief_id, lead = make_brief(), visit(people.LEAD)
        assert lead.send(f"/briefs/{brief_id}/edit", FILLED).location == f"/briefs/{brief_id}"
        found = the_brief(brief_id)
        assert found.words["happening"] == FILLED["happening"]
        assert found.asks == ["write_to_minister", "visit"]
        assert b"Damp comes" not in (found.words_sealed or b"")
        assert "Damp comes back every winter." in lead.get(f"/briefs/{brief_id}").text

    def test_what_is_too_long_for_one_page_is_refused(self, app: Flask, visit: Visit) -> None:
        brief_id, lead = make_brief(), visit(people.LEAD)
        page = lead.send(f"/briefs/{brief_id}/edit", {**FILLED, "costs": "word " * 200, "asks": []})
        assert page.status_code == 422
        assert "<title>Error: " in page.text
        assert "Choose what you ask of the MP" in page.text
        assert "word word" in page.text
        assert the_brief(brief_id).asks == []

    def test_somebody_else_was_first(self, app: Flask, visit: Visit) -> None:
        brief_id, lead = make_brief(), visit(people.LEAD)
        page = lead.get(f"/briefs/{brief_id}/edit")
        lead.send(f"/briefs/{brief_id}/edit", {**FILLED, "happening": "Theirs."})
        refused = lead.send(page, {**FILLED, "happening": "Mine."})
        assert refused.status_code == 409
        assert "Theirs." in refused.text
        assert "Mine." in refused.text
        assert lead.send(refused).status_code == 303
        assert the_brief(brief_id).words["happening"] == "Mine."

    def test_changing_takes_the_approval_back(self, app: Flask, visit: Visit) -> None:
        brief_id, lead = make_brief("approved"), visit(people.LEAD)
        lead.send(f"/briefs/{brief_id}/edit", FILLED)
        assert the_brief(brief_id).approved_at is None
        lead.post(f"/briefs/{brief_id}/send")
        assert the_brief(brief_id).sent_at is None

    def test_thrown_away(self, app: Flask, visit: Visit) -> None:
        brief_id = make_brief("written")
        assert visit(people.LEAD).send(f"/briefs/{brief_id}/discard").location == "/briefs"
        assert briefs() == []
        assert actions_recorded()[-1] == "brief.discarded"


class TestApproving:
    def test_a_second_person_approves_where_there_is_one(self, app: Flask, visit: Visit) -> None:
        let_there_be_two_leads()
        brief_id = make_brief("written")
        lead, other = visit(people.LEAD), visit(people.SECOND_VOLUNTEER)
        page = lead.get(f"/briefs/{brief_id}")
        assert "Ask for approval" in page.text
        refused = lead.send(f"/briefs/{brief_id}/approve", {"looked": "y"})
        assert "Somebody else must approve what you have written." in refused.text
        assert the_brief(brief_id).approved_at is None
        lead.post(f"/briefs/{brief_id}/ask")
        told = db.session.scalars(select(Notice.person_id).where(Notice.kind == "BriefApprovalAsked")).all()
        assert told == [people.SECOND_VOLUNTEER.id]
        assert "Tick the box" in other.send(f"/briefs/{brief_id}/approve").text
        assert other.send(f"/briefs/{brief_id}/approve", {"looked": "y"}).status_code == 303
        found = the_brief(brief_id)
        assert (found.approved_by_id, found.approved_alone) == (people.SECOND_VOLUNTEER.id, False)

    def test_alone_it_says_that_nobody_else_looked(self, app: Flask, visit: Visit) -> None:
        brief_id, lead = make_brief("written"), visit(people.LEAD)
        assert "nobody else in your organisation can approve it" in lead.get(f"/briefs/{brief_id}/approve").text
        lead.send(f"/briefs/{brief_id}/approve", {"looked": "y"})
        assert the_brief(brief_id).approved_alone
        assert "with nobody else here" in lead.get(f"/briefs/{brief_id}").text
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "brief.approved")).one()
        assert entry.facts["alone"] is True

    def test_other_words_than_were_read_are_not_approved(self, app: Flask, visit: Visit) -> None:
        let_there_be_two_leads()
        brief_id = make_brief("written")
        other = visit(people.SECOND_VOLUNTEER)
        page = other.get(f"/briefs/{brief_id}/approve")
        visit(people.LEAD).send(f"/briefs/{brief_id}/edit", FILLED)
        refused = other.send(page, {"looked": "y"})
        assert refused.status_code == 409
        assert the_brief(brief_id).approved_at is None


class TestSending:
    def test_the_office_is_told_and_reads_it(self, app: Flask, visit: Visit) -> None:
        brief_id, worker = make_brief("approved"), visit(people.CASEWORKER)
        assert worker.get(f"/briefs/{brief_id}").status_code == 404
        assert "Nobody has sent your office a brief yet." in worker.get("/briefs").text
        lead = visit(people.LEAD)
        page = lead.get(f"/briefs/{brief_id}")
        assert {lead.send(page).location for _ in range(2)} == {f"/briefs/{brief_id}"}
        assert actions_recorded().count("brief.sent") == 1
        mails = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "BriefSent")).all()
        assert {mail.to_address for mail in mails} == {
            p.email for p in (people.CASEWORKER, people.SECOND_CASEWORKER, people.MANAGER)
        }
        assert "From Wormholt and White City Big Local" in worker.get("/briefs").text
        assert "Damp comes back." in worker.get(f"/briefs/{brief_id}").text
        assert "Who did what" not in worker.get(f"/briefs/{brief_id}").text

    def test_after_that_it_stays(self, app: Flask, visit: Visit) -> None:
        brief_id, lead = make_brief("sent"), visit(people.LEAD)
        before = the_brief(brief_id).words
        for page in ("edit", "approve", "discard"):
            assert lead.get(f"/briefs/{brief_id}/{page}").status_code == 404
            assert lead.post(f"/briefs/{brief_id}/{page}", FILLED).status_code == 404
        lead.post(f"/briefs/{brief_id}/send")
        assert actions_recorded().count("brief.sent") == 1
        assert the_brief(brief_id).words == before
        assert visit(people.MANAGER).post(f"/briefs/{brief_id}/edit", FILLED).status_code == 403

    def test_one_page_as_pdf_however_much_is_written(self, app: Flask, visit: Visit) -> None:
        brief_id, lead = make_brief(), visit(people.LEAD)
        much = {part: ("Wide words " * 50)[:450].strip() for part in PARTS}
        asks = [
            "raise_with_body",
            "write_to_minister",
            "parliamentary_question",
            "call_meeting",
            "visit",
            "local_campaign",
        ]
        assert lead.send(f"/briefs/{brief_id}/edit", {**much, "asks": asks}).status_code == 303
        answered = lead.get(f"/briefs/{brief_id}/file")
        assert answered.headers["Content-Type"] == "application/pdf"
        assert pages_of(answered.data) == 1
        assert actions_recorded()[-1] == "brief.taken"

    def test_the_meeting_for_a_calendar_names_nothing(self, app: Flask, visit: Visit) -> None:
        brief_id = make_brief("sent")
        text = visit(people.CASEWORKER).get(f"/briefs/{brief_id}/meeting.ics").text
        day = clock.today() + timedelta(days=9)
        assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in text
        assert "amp" not in text
        assert "White City" not in text


class TestAnswering:
    def test_what_the_mp_did_comes_back(self, app: Flask, visit: Visit) -> None:
        brief_id, worker, lead = make_brief("sent"), visit(people.CASEWORKER), visit(people.LEAD)
        day = clock.today()
        filled = {
            "kind": "question_asked",
            "happened_on-day": str(day.day),
            "happened_on-month": str(day.month),
            "happened_on-year": str(day.year),
            "link": "https://hansard.example/1",
            "words": "To the Secretary of State.",
        }
        page = worker.get(f"/briefs/{brief_id}/answer")
        assert {worker.send(page, filled).location for _ in range(2)} == {f"/briefs/{brief_id}"}
        shown = lead.get(f"/briefs/{brief_id}").text
        assert "Asked a parliamentary question" in shown
        assert "To the Secretary of State." in shown
        assert 'href="https://hansard.example/1"' in shown
        assert "Acted on" in lead.get("/briefs").text
        assert db.session.scalar(select(func.count()).select_from(BriefAnswer)) == 1
        assert db.session.scalars(select(Notice.person_id).where(Notice.kind == "BriefAnswered")).all() == [
            people.LEAD.id
        ]
        stored = db.session.scalars(select(BriefAnswer)).one()
        assert b"Secretary" not in (stored.words_sealed or b"")

    def test_nothing_yet_is_an_answer_and_no_act(self, app: Flask, visit: Visit) -> None:
        brief_id = make_brief("sent")
        answer(brief_id, "nothing_yet")
        page = visit(people.LEAD).get("/briefs").text
        assert "Nothing yet" in page
        assert "Acted on</strong>" not in page
        answer(brief_id, "visited")
        assert "Acted on</strong>" in visit(people.LEAD).get("/briefs").text

    def test_what_cannot_be(self, app: Flask, visit: Visit) -> None:
        brief_id, worker = make_brief("sent"), visit(people.CASEWORKER)
        page = worker.send(f"/briefs/{brief_id}/answer", {"link": "javascript:alert(1)", "kind": "gibberish"})
        assert page.status_code == 422
        later = {"kind": "visited", "link": "javascript:alert(1)", "happened_on-day": "1", "happened_on-month": "1"}
        page = worker.send(f"/briefs/{brief_id}/answer", {**later, "happened_on-year": "2020"})
        assert "Enter a day between the day the brief was sent and today" in page.text
        assert "Enter a web address" in page.text
        assert db.session.scalar(select(func.count()).select_from(BriefAnswer)) == 0


class TestResultsBehind:
    def test_it_is_added_to_results_the_group_has_not_answered(self, app: Flask, visit: Visit) -> None:
        claimed, confirmed = a_result("outcome_recorded"), a_result("closed")
        (elsewhere,) = make_pattern(1, group=people.THURCROFT, issue_type=BENEFIT)
        under_way = a_result("in_progress")
        brief_id, worker = make_brief("sent", issue_type=BENEFIT), visit(people.CASEWORKER)
        page = worker.get(f"/briefs/{brief_id}/results")
        for shown in (claimed, confirmed, under_way):
            assert shown.reference in page.text
        # Sent by a group that the brief is not from.
        assert reference_of(elsewhere) not in page.text
        assert page.text.count('name="referrals"') == 1
        before = events_of(claimed)
        answers = [worker.send(page, {"referrals": str(claimed.id)}).location for _ in range(2)]
        assert set(answers) == {f"/briefs/{brief_id}"}
        assert codes_of(claimed)[-1] == "wider_issue_raised_by_mp"
        assert events_of(claimed) == [*before, "outcome.code_added"]
        assert "wider_issue_raised_by_mp" not in codes_of(confirmed)
        assert "already says that the MP raised the wider issue" in worker.get(f"/briefs/{brief_id}/results").text

    def test_what_the_group_has_answered_meanwhile_is_not_changed(self, app: Flask, visit: Visit) -> None:
        claimed = a_result("outcome_recorded")
        brief_id, worker = make_brief("sent", issue_type=BENEFIT), visit(people.CASEWORKER)
        page = worker.get(f"/briefs/{brief_id}/results")
        visit(people.VOLUNTEER).send(f"/referrals/{claimed.reference}/confirm-outcome", {"agreed": "yes"})
        refused = worker.send(page, {"referrals": str(claimed.id)})
        assert refused.status_code == 422
        assert "wider_issue_raised_by_mp" not in codes_of(claimed)

    def test_the_group_does_not_answer_what_it_has_not_read(self, app: Flask, visit: Visit) -> None:
        claimed = a_result("outcome_recorded")
        brief_id, volunteer = make_brief("sent", issue_type=BENEFIT), visit(people.VOLUNTEER)
        page = volunteer.get(f"/referrals/{claimed.reference}/confirm-outcome")
        visit(people.CASEWORKER).send(f"/briefs/{brief_id}/results", {"referrals": str(claimed.id)})
        assert volunteer.send(page, {"agreed": "yes"}).status_code == 409

    @pytest.mark.parametrize("state", ["in_progress", "closed"])
    def test_no_other_is_taken_whatever_is_sent(self, app: Flask, visit: Visit, state: str) -> None:
        other = a_result(state)
        brief_id, worker = make_brief("sent", issue_type=BENEFIT), visit(people.CASEWORKER)
        assert worker.post(f"/briefs/{brief_id}/results", {"referrals": str(other.id)}).status_code == 422
        assert worker.post(f"/briefs/{brief_id}/results", {"referrals": "gibberish"}).status_code == 422
        assert "wider_issue_raised_by_mp" not in codes_of(other)


def test_the_report_says_how_many_were_sent_and_acted_on(app: Flask, visit: Visit) -> None:
    lead = visit(people.LEAD)
    make_pattern(5)
    assert "No brief sent so far" in lead.get("/reports/patterns").text
    first = make_brief("sent")
    make_brief("sent")
    make_brief("written")
    answer(first)
    assert "2 briefs sent so far; the MP has acted on 1 of them" in lead.get("/reports/patterns").text
    assert "No brief sent so far" in visit(people.MANAGER).get("/reports/patterns").text
    assert "sent so far" not in lead.get("/reports/outcomes").text


def test_an_mp_is_named_with_what_fits(app: Flask, visit: Visit) -> None:
    with transaction() as session:
        member = session.get(Member, people.id_of("Rowan Ashdown"))
        assert member is not None
        for skill, role in (("housing", "Surveyor"), ("education", "Teacher")):
            known = Known(skill=skill, role=role, source="https://members.example/1", checked_on=clock.today())
            add_skill(member, known, by=people.ADMINISTRATOR.viewer)
    make_pattern(5)
    lead = visit(people.LEAD)
    page = lead.get(lead.send(address()).location).text
    assert "Why Rowan Ashdown MP may be able to help" in page
    assert "Surveyor" in page
    assert "https://members.example/1, checked on" in page
    assert "Teacher" not in page


def reference_of(referral_id: UUID) -> str:
    found = db.session.scalar(select(Referral.reference).where(Referral.id == referral_id))
    assert found
    return found


def a_result(state: str) -> Referral:
    with transaction():
        lists.load_lists()
    return make_referral(state, issue_type=BENEFIT, agency_id=body_id())


def codes_of(referral: Referral) -> list[str]:
    db.session.rollback()
    query = select(OutcomeCode.code).where(OutcomeCode.referral_id == referral.id).order_by(OutcomeCode.position)
    return list(db.session.scalars(query))


def events_of(referral: Referral) -> list[str]:
    db.session.rollback()
    query = select(AuditEntry.action).where(AuditEntry.subject_id == referral.id, AuditEntry.action != "referral.read")
    return list(db.session.scalars(query.order_by(AuditEntry.at, AuditEntry.number)))


def pages_of(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type/Page/") or pdf.count(b"/Type /Page ")
