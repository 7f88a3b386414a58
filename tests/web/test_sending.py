"""Checking the answers and sending: once however often it is pressed, and only with everything that is needed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import func, select, update

from referrals.audit.models import AuditEntry
from referrals.casework.models import Consent, Move, Referral
from referrals.directory.models import Organisation
from referrals.foundation.database import db, transaction
from referrals.notifications.models import OutboxMessage
from tests import people
from tests.markup import faults
from tests.people import LEAD, SECOND_VOLUNTEER, VOLUNTEER
from tests.plugins.visitors import Visitor, forms_of
from tests.web.intake import PAGES, load, path_of, send, start, walk

Visit = Callable[..., Visitor]
GROUND = {"agreed": "none", "ground": "cannot_be_given"}


@pytest.fixture
def volunteer(visit: Visit) -> Visitor:
    load()
    return visit(VOLUNTEER)


def the_referral() -> Referral:
    db.session.expire_all()
    return db.session.scalars(select(Referral)).one()


def sent_moves() -> int:
    return db.session.scalar(select(func.count()).select_from(Move).where(Move.transition == "submit")) or 0


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.at, AuditEntry.number)))


def test_the_check_shows_every_answer_with_a_link_to_change_it(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    page = volunteer.get(f"{draft}/check").text
    assert faults(page) == []
    for words in ("Albert Quillfeather", "W12 7QT", "Nine months without a decision on PIP", "Rang four times"):
        assert words in page
    assert "The office of Rowan Ashdown MP, Hammersmith and Chiswick" in page
    assert "A message may be left. Do not send texts." in page
    assert "Said in person" in page
    for code in PAGES:
        assert code == "needs" or f"{draft}/{code}?change=1" in page


def test_a_changed_answer_leads_back_to_the_check(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    answer = volunteer.send(f"{draft}/hopes?change=1", {"wanted": "Only an apology"})
    assert path_of(answer) == f"{draft}/check"
    assert "Only an apology" in volunteer.get(f"{draft}/check").text


def test_a_change_that_makes_another_answer_needed_leads_there(volunteer: Visitor) -> None:
    draft = walk(volunteer, consent={"covers_health": []})
    answer = volunteer.send(f"{draft}/issue?change=1", {"issue_type": "treatment_delay"})
    assert path_of(answer) == f"{draft}/consent"


def test_sending_gives_a_reference_and_goes_to_the_office(volunteer: Visitor) -> None:
    where = send(volunteer, walk(volunteer))
    referral = the_referral()
    assert where == f"/referrals/{referral.reference}/sent"
    assert (referral.state, referral.office_id) == ("submitted", people.HAMMERSMITH.id)
    assert referral.submitted_by_id == VOLUNTEER.id
    kinds = {consent.kind: consent for consent in db.session.scalars(select(Consent))}
    assert kinds["group_to_office"].to_organisation_id == people.HAMMERSMITH.id
    assert kinds["group_to_office"].covers_health
    assert kinds["office_to_group"].scope == "outcome"
    assert {consent.wording_version for consent in kinds.values()} == {"2026-11"}


def test_the_same_form_sent_ten_times_makes_one_referral(volunteer: Visitor) -> None:
    page = volunteer.get(f"{walk(volunteer)}/check")
    assert len({path_of(volunteer.send(page)) for _ in range(10)}) == 1
    assert sent_moves() == 1
    assert actions().count("referral.submitted") == 1


def test_the_same_form_sent_ten_times_at_once_makes_one_referral(volunteer: Visitor, visit: Visit) -> None:
    draft = walk(volunteer)
    _, held = forms_of(volunteer.get(f"{draft}/check"))[-1]
    browsers = [visit(VOLUNTEER) for _ in range(10)]
    # Each browser has a session of its own; the form, and its key, are the same.
    forms = [{**held, "csrf_token": browser.token()} for browser in browsers]
    with ThreadPoolExecutor(10) as pool:
        places = set(
            pool.map(lambda pair: path_of(pair[0].post(f"{draft}/check", pair[1])), zip(browsers, forms, strict=True))
        )
    assert places == {f"/referrals/{the_referral().reference}/sent"}
    assert sent_moves() == 1


def test_two_tabs_with_forms_of_their_own_make_one_referral(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    one, other = volunteer.get(f"{draft}/check"), volunteer.get(f"{draft}/check")
    assert path_of(volunteer.send(one)) == path_of(volunteer.send(other))
    assert sent_moves() == 1


def test_every_page_of_a_sent_draft_leads_to_its_confirmation(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    story, where = volunteer.get(f"{draft}/story"), send(volunteer, draft)
    for end in ("", "/story", "/check", "/discard"):
        assert path_of(volunteer.get(draft + end)) == where
    assert path_of(volunteer.send(story, {"summary": "Too late"})) == where
    assert the_referral().summary == PAGES["story"]["summary"]


def test_an_unfinished_draft_says_what_is_missing_and_is_not_sent(volunteer: Visitor) -> None:
    draft = start(volunteer)
    volunteer.send(f"{draft}/story", PAGES["story"])
    page = volunteer.get(f"{draft}/check")
    assert "Send referral" not in page.text
    assert f'href="{draft}/hopes?change=1#wanted"' in page.text
    answer = volunteer.send(page)
    assert "<title>Error: Check your answers" in answer.text
    assert faults(answer.text) == []
    assert the_referral().state == "draft"


def test_an_office_that_closed_meanwhile_is_told_before_anything_is_sent(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    with transaction() as session:
        closed = update(Organisation).where(Organisation.id == people.HAMMERSMITH.id)
        session.execute(closed.values(closed_on=date(2026, 1, 1)))
    answer = volunteer.send(f"{draft}/check")
    assert answer.status_code == 422
    assert "This office has closed. Choose another one" in answer.text
    assert f'href="{draft}/office?change=1"' in answer.text
    assert the_referral().state == "draft"


def test_urgent_needs_a_reason_and_a_day_to_be_sent(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    answer = volunteer.send(f"{draft}/urgency?change=1", {"urgency": "urgent"})
    assert answer.status_code == 422
    assert 'href="#urgency_note"' in answer.text
    assert 'href="#urgent_by-day"' in answer.text


def test_reading_the_check_leaves_its_event(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    before = actions().count("referral.draft_read")
    volunteer.get(f"{draft}/check")
    assert actions().count("referral.draft_read") == before + 1


def test_a_ground_waits_for_the_lead_who_is_told_without_a_name(volunteer: Visitor, visit: Visit) -> None:
    draft = walk(volunteer, consent=GROUND | {"covers_health": []})
    page = volunteer.get(f"{draft}/check")
    assert "your area lead has to approve it first" in page.text
    assert "Send referral" not in page.text
    assert "<title>Error" not in volunteer.send(page, {"approve": "yes"}).text
    assert the_referral().state == "draft"
    assert "ConsentApprovalAsked" in list(db.session.scalars(select(OutboxMessage.kind)))

    lead = visit(LEAD)
    assert draft in lead.get("/referrals").text
    assert path_of(lead.send(f"{draft}/check", {"approve": "yes"})) == f"{draft}/check"
    consent = db.session.scalars(select(Consent)).one()
    assert consent.approved_by_id == LEAD.id
    assert send(volunteer, draft) == f"/referrals/{the_referral().reference}/sent"


def test_a_ground_changed_after_approval_has_to_be_approved_again(volunteer: Visitor, visit: Visit) -> None:
    draft = walk(volunteer, consent=GROUND | {"covers_health": []})
    visit(LEAD).send(f"{draft}/check", {"approve": "yes"})
    volunteer.send(f"{draft}/consent?change=1", {"ground": "would_prejudice"})
    assert "Send referral" not in volunteer.get(f"{draft}/check").text


def test_the_lead_does_not_see_what_is_about_the_trusted_body(volunteer: Visitor, visit: Visit) -> None:
    draft = walk(volunteer, background={"trusted_body_conflict": "y"})
    assert visit(LEAD).get(f"{draft}/check").status_code == 404
    assert draft not in visit(LEAD).get("/referrals").text


def test_a_referral_of_the_same_person_has_to_be_looked_at_first(volunteer: Visitor, visit: Visit) -> None:
    send(volunteer, walk(volunteer))
    reference = the_referral().reference
    second = visit(SECOND_VOLUNTEER)
    draft = start(second)
    for code, given in PAGES.items():
        second.send(f"{draft}/{code}", given)
    where = path_of(second.get(draft))
    page = second.get(where).text
    assert where == f"{draft}/duplicates"
    assert reference is not None
    assert reference in page
    assert "by somebody else in our group" in page
    # A colleague's referral is named, but not opened to those who may not see it.
    assert f"/referrals/{reference}" not in page
    assert path_of(second.send(where, {"different": "y"})) == f"{draft}/check"
    assert send(second, draft).startswith("/referrals/R-")


def test_one_that_was_sent_while_the_other_was_written_is_seen_before_sending(volunteer: Visitor) -> None:
    first, second = walk(volunteer), walk(volunteer)
    send(volunteer, first)
    assert path_of(volunteer.send(f"{second}/check")) == f"{second}/duplicates"
