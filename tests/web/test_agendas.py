"""The agenda of a meeting through the pages: what is on it follows what whoever reads may read."""

from collections.abc import Callable

from flask import Flask

from referrals.engagement.actions.agendas import MOST
from referrals.engagement.queries import agendas as read
from referrals.engagement.queries.meetings import meeting
from referrals.foundation.database import db
from tests import people
from tests.casework.cases import make_referral
from tests.engagement.log import TERM, make_contact
from tests.engagement.meetings import hold, make_item, make_meeting, make_past_meeting
from tests.plugins.visitors import Visitor
from tests.publishing.briefing import make_brief
from tests.web.test_meetings import HOME, NEW, filled, the_meeting

Visit = Callable[..., Visitor]


def test_it_drafts_itself_when_a_meeting_is_planned(app: Flask, visit: Visit) -> None:
    make_contact(to_do=("Ring the office",))
    referral, ended = make_referral("in_progress"), make_referral("closed")
    make_brief("sent")
    lead = visit(people.LEAD)
    home = lead.send(NEW, filled(term_id=str(TERM))).location
    page = lead.get(home).text
    for words in ("Ring the office", f"{referral.reference}: ", "Brief. ", "With the office for"):
        assert words in page
    assert ended.reference not in page
    agenda = page.split('id="agenda"')[1]
    assert agenda.index("Ring the office") < agenda.index("Brief. ") < agenda.index(referral.reference or "")


def test_it_says_how_many_referrals_there_is_no_room_for(app: Flask, visit: Visit) -> None:
    for _ in range(MOST + 2):
        make_referral("in_progress")
    lead = visit(people.LEAD)
    home = lead.send(NEW, filled(term_id=str(TERM))).location
    page = lead.get(home).text
    assert "2 more open referrals are with the office and not on the agenda: it holds the 10" in page
    assert "not on the agenda" not in visit(people.VOLUNTEER).get(home).text
    first = read.agenda_of(meeting(the_meeting().id, people.LEAD.viewer))[0]
    db.session.rollback()
    assert lead.post(f"{HOME}/agenda/{first.id}/off").status_code == 303
    assert "not on the agenda" not in lead.get(home).text
    assert lead.post(f"{home}/agenda/draft").status_code == 303
    assert "1 more open referral is with the office and not on the agenda" in lead.get(home).text


def test_no_word_of_a_resident_is_on_it(app: Flask, visit: Visit) -> None:
    referral = make_referral("in_progress", summary="A lift that stands still")
    lead = visit(people.LEAD)
    home = lead.send(NEW, filled(term_id=str(TERM))).location
    page = lead.get(home).text
    assert referral.reference in page
    assert "A lift that stands still" not in page


def test_what_a_volunteer_may_not_read_is_counted_and_not_named(app: Flask, visit: Visit) -> None:
    referral = make_referral("in_progress")
    home = visit(people.LEAD).send(NEW, filled(term_id=str(TERM))).location
    assert referral.reference in visit(people.VOLUNTEER).get(home).text
    page = visit(people.SECOND_VOLUNTEER).get(home).text
    assert referral.reference not in page
    assert "1 more thing is on it" in page


def test_it_is_added_to_put_in_order_and_printed(app: Flask, visit: Visit) -> None:
    made = make_meeting()
    lead = visit(people.LEAD)
    home = f"{HOME}/{made.id}"
    assert "Draft the agenda" in lead.get(home).text
    assert lead.send(f"{home}/agenda/new", {"words": ""}).status_code == 422
    for words in ("The lifts", "The arches"):
        assert lead.send(f"{home}/agenda/new", {"words": words}).status_code == 303
    first, second = read.agenda_of(meeting(made.id, people.LEAD.viewer))
    db.session.rollback()
    assert lead.post(f"{HOME}/agenda/{second.id}/up").status_code == 303
    page = lead.get(home).text
    assert page.index("The arches") < page.index("The lifts")
    assert lead.send(f"{HOME}/agenda/{first.id}", {"words": "The lifts, again"}).status_code == 303
    assert "The lifts, again" in lead.get(home).text
    answer = visit(people.VOLUNTEER).get(f"{home}/agenda")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert lead.post(f"{HOME}/agenda/{second.id}/off").status_code == 303
    assert "The arches" not in lead.get(home).text


def test_a_remark_stands_under_what_it_is_about(app: Flask, visit: Visit) -> None:
    make_contact(to_do=("Ring the office",))
    lead = visit(people.LEAD)
    home = lead.send(NEW, filled(term_id=str(TERM))).location
    (item,) = read.agenda_of(meeting(the_meeting().id, people.LEAD.viewer))
    db.session.rollback()
    assert lead.send(f"{HOME}/agenda/{item.id}", {"words": "Whom do we ring?"}).status_code == 303
    assert "Whom do we ring?" in lead.get(home).text
    assert lead.post(f"{HOME}/agenda/{item.id}/off").status_code == 303
    page = lead.get(home).text
    assert "Taken off (1)" in page
    assert lead.post(f"{home}/agenda/draft").status_code == 303
    assert "Taken off (1)" in lead.get(home).text


def test_after_the_meeting_it_is_only_read(app: Flask, visit: Visit) -> None:
    made = make_past_meeting()
    item = make_item(made)
    hold(made)
    lead = visit(people.LEAD)
    page = lead.get(f"{HOME}/{made.id}").text
    assert "The lifts" in page
    assert "Take off" not in page
    answer = lead.post(f"{HOME}/agenda/{item.id}/off", follow_redirects=True)
    assert "its agenda stays as it is" in answer.text
