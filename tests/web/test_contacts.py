"""The log of an area through the pages: a contact with two follow-ups, its story, and what others are shown."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from referrals.directory.lists import load_lists
from referrals.engagement.models import Contact, FollowUp
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from tests import people
from tests.engagement.log import make_contact, make_known_person
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = "/your-mp/contacts/new"
FILLED = {"channel": "meeting", "subject": "Lifts in the towers", "types": ["informing", "working_together"]}


def parts(name: str, day: Any) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_meeting_with_two_follow_ups_is_one_page(app: Flask, visit: Visit) -> None:
    with transaction():
        load_lists()
    lead = visit(people.LEAD)
    rows = {"words_1": "Send the plan", "words_2": "Find a date", "owner_2": "office"}
    home = lead.send(NEW, FILLED | rows).location
    page = lead.get(home).text
    for words in ("Lifts in the towers", "Working together", "Send the plan", "Find a date", "Lena Lead"):
        assert words in page
    contact = db.session.scalars(select(Contact)).one()
    assert (contact.happened_on, contact.ours) == (today(), [str(people.LEAD.id)])
    assert str(contact.term_id) == str(people.id_of("term Priya Calder")), "the first by seat, of two"
    theirs, mine = sorted(db.session.scalars(select(FollowUp)), key=lambda row: row.words or "")
    assert (mine.owner_id, mine.due_on) == (people.LEAD.id, today() + timedelta(days=14))
    assert theirs.owner_id is None
    assert "Send the plan" in lead.get("/referrals").text


def test_the_mp_of_the_last_contact_is_chosen_already(app: Flask, visit: Visit) -> None:
    make_contact()
    lead = visit(people.LEAD)
    lead.send(NEW, FILLED)
    assert {one.term_id for one in db.session.scalars(select(Contact))} == {people.id_of("term Rowan Ashdown")}


def test_the_page_of_an_mp_leads_to_a_contact_with_them(app: Flask, visit: Visit) -> None:
    make_contact()
    lead, other = visit(people.LEAD), people.id_of("term Priya Calder")
    lead.send(f"{NEW}?mp={other}", FILLED)
    assert other in {one.term_id for one in db.session.scalars(select(Contact))}
    assert lead.get(f"{NEW}?mp=nonsense").status_code == 200


def test_what_came_of_it_joins_the_story(app: Flask, visit: Visit) -> None:
    first = make_contact(channel="email", subject="A first line")
    volunteer = visit(people.VOLUNTEER)
    page = volunteer.get(f"/your-mp/contacts/{first.id}")
    assert f"{NEW}?came_of={first.id}" in page.text
    home = volunteer.send(f"{NEW}?came_of={first.id}", FILLED).location
    story = volunteer.get(home).text
    assert "A first line" in story
    assert f"Came of: Email, {today().day} " in story
    listed = volunteer.get("/your-mp").text
    assert listed.count("app-document__name") == 1


def test_sent_twice_it_is_there_once(app: Flask, visit: Visit) -> None:
    make_contact()
    lead = visit(people.LEAD)
    page = lead.get(NEW)
    assert len({lead.send(page, FILLED).location for _ in range(2)}) == 1
    assert count(Contact) == 2


def test_what_is_wrong_is_said_and_what_was_typed_stays(app: Flask, visit: Visit) -> None:
    make_contact()
    lead = visit(people.LEAD)
    wrong = {"words_2": "Find a date", **parts("due_2", today() - timedelta(days=2)), "agreed": "That we meet again"}
    answer = lead.send(NEW, wrong)
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    for words in ("Say how you were in touch", "Say what it was for", "must be today or in the future", "meet again"):
        assert words in answer.text
    assert count(Contact) == 1


def test_it_is_corrected_and_a_second_hand_sees_the_first(app: Flask, visit: Visit) -> None:
    made = make_contact()
    path = f"/your-mp/contacts/{made.id}/edit"
    lead, volunteer = visit(people.LEAD), visit(people.VOLUNTEER)
    opened = volunteer.get(path)
    assert lead.send(path, {"subject": "Lifts, and the stairs"}).status_code == 303
    late = volunteer.send(opened, {"subject": "Something else"})
    assert late.status_code == 409
    assert "Something else" in late.text
    assert "Lifts, and the stairs" in lead.get(f"/your-mp/contacts/{made.id}").text


def test_a_follow_up_is_added_changed_and_done(app: Flask, visit: Visit) -> None:
    made = make_contact()
    home, lead = f"/your-mp/contacts/{made.id}", visit(people.LEAD)
    assert lead.send(f"{home}/follow-ups/new", {"words": "Ring the office"}).location == home
    row = db.session.scalars(select(FollowUp)).one()
    assert lead.send(f"/your-mp/follow-ups/{row.id}", {"words": "Write to the office"}).location == home
    assert "Write to the office" in lead.get(home).text
    assert lead.post(f"/your-mp/follow-ups/{row.id}/done").location == home
    page = lead.get(home).text
    assert "Done, " in page
    assert lead.post(f"/your-mp/follow-ups/{row.id}/not-needed").location == home
    assert "This is settled already" in lead.get(home).text
    assert "Write to the office" not in lead.get("/referrals").text


def test_it_is_taken_out_by_its_writer_or_a_lead(app: Flask, visit: Visit) -> None:
    made = make_contact()
    path = f"/your-mp/contacts/{made.id}/remove"
    assert visit(people.SECOND_VOLUNTEER).get(path).status_code == 403
    assert visit(people.LEAD).send(path).location == "/your-mp"
    assert count(Contact) == 0


def test_an_area_without_an_mp_is_told_so(app: Flask, visit: Visit) -> None:
    assert "Your area has no MP at the moment" in visit(people.OTHER_LEAD).get(NEW).text


def test_a_coordinator_reads_what_it_was_about_and_no_more(app: Flask, visit: Visit) -> None:
    secret = {"agreed": "Sentinel piano", "others": "Sentinel ferry", "theirs": "Sentinel choir"}
    made = make_contact(subject="Lifts", contributions=["advocacy"], to_do=("Sentinel lantern",), **secret)
    cora = visit(people.COORDINATOR)
    listed, page = cora.get("/areas").text, cora.get(f"/areas/{people.WHITE_CITY.id}").text
    assert "1 contact (Informing)" in listed
    for words in ("Lifts", "Meeting", "Advocacy", "Rowan Ashdown MP"):
        assert words in page
    assert "Sentinel" not in listed + page
    assert cora.get(f"/your-mp/contacts/{made.id}").status_code == 403
    otto = visit(people.OTHER_COORDINATOR)
    assert otto.get(f"/areas/{people.WHITE_CITY.id}").status_code == 404


def test_who_works_for_the_mp_is_ticked_and_named(app: Flask, visit: Visit) -> None:
    person = make_known_person(name="Hannah Reid", role="caseworker")
    other = make_known_person(people.id_of("term Priya Calder"), name="Sam Okoro")
    make_contact()
    lead = visit(people.LEAD)
    form = lead.get(NEW)
    assert "Hannah Reid, caseworker" in form.text
    home = lead.send(form, FILLED | {"staff": [str(person.id)], "theirs": "An intern"}).location
    page = lead.get(home).text
    assert "Hannah Reid, An intern" in page
    assert f'value="{person.id}" checked' in lead.get(f"{home}/edit").text
    # Somebody of another MP's staff was not there.
    refused = lead.send(NEW, FILLED | {"staff": [str(other.id)]})
    assert refused.status_code == 422
    assert "Choose people who work for this MP" in refused.text
    # A coordinator reads of nobody who was there.
    assert "Hannah Reid" not in visit(people.COORDINATOR).get(f"/areas/{people.WHITE_CITY.id}").text
