"""Meetings through the pages: planned on one form, invited to by a file, and logged on a phone with two actions."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar, Event
from sqlalchemy import func, select

from referrals.directory.lists import load_lists
from referrals.engagement import queries
from referrals.engagement.models import Contact, FollowUp, Meeting
from referrals.foundation.clock import LONDON, clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.web.forms.times import time_in
from tests import people
from tests.engagement.log import make_contact, make_detail, make_known_person
from tests.engagement.meetings import hold, make_meeting, make_past_meeting
from tests.engagement.registers import make_award, make_publicity, make_round
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
HOME = "/your-mp/meetings"
NEW = f"{HOME}/new"


def on(day: date, name: str = "on") -> dict[str, str]:
    """A day as its three boxes send it."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def filled(**changes: Any) -> dict[str, Any]:
    usual = {"kind": "meeting", "subject": "Our quarter", "at": "2.30pm", "place": "The hall", "rhythm": "quarterly"}
    return usual | on(today() + timedelta(days=30)) | changes


def the_meeting() -> Meeting:
    db.session.rollback()
    return db.session.scalars(select(Meeting)).one()


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def invitation_to(visitor: Visitor, made: Meeting) -> tuple[Calendar, Event]:
    answer = visitor.get(f"{HOME}/{made.id}/invitation.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="invitation.ics"')
    found = Calendar.from_ical(answer.data)
    (event,) = found.walk("VEVENT")
    return found, event


class TestPlanning:
    def test_nothing_yet_says_what_will_be_here(self, app: Flask, visit: Visit) -> None:
        assert "Plan a meeting" in visit(people.LEAD).get(HOME).text
        page = visit(people.VOLUNTEER).get(HOME).text
        assert "No meeting is planned" in page
        assert "Plan a meeting" not in page

    def test_it_is_planned_in_the_time_of_london(self, app: Flask, visit: Visit) -> None:
        with transaction():
            load_lists()
        lead = visit(people.LEAD)
        home = lead.send(NEW, filled()).location
        page = lead.get(home).text
        for words in ("Our quarter", "2:30pm to 3:30pm", "The hall", people.LEAD.name, "Every quarter"):
            assert words in page
        assert the_meeting().starts_at.astimezone(LONDON).time() == time(14, 30)
        assert "Our quarter" in lead.get("/your-mp").text
        assert "Our quarter" in lead.get(HOME).text

    def test_faults_stand_beside_their_fields_and_nothing_is_lost(self, app: Flask, visit: Visit) -> None:
        wrong = filled(at="half two", place="", kind="") | {"on-day": ""}
        answer = visit(people.LEAD).send(NEW, wrong)
        assert answer.status_code == 422
        for words in (
            "Write the time like 2pm or 14:30",
            "Say what you are planning",
            "must include a day",
            "half two",
        ):
            assert words in answer.text
        again = visit(people.LEAD).send(NEW, filled(place=""))
        assert "Say where it is" in again.text
        assert count(Meeting) == 0

    def test_sent_twice_it_is_planned_once(self, app: Flask, visit: Visit) -> None:
        with transaction():
            load_lists()
        lead = visit(people.LEAD)
        page = lead.get(NEW)
        first = lead.send(page, filled())
        assert lead.send(page, filled()).location == first.location
        assert count(Meeting) == 1

    def test_the_next_is_planned_from_the_one_before(self, app: Flask, visit: Visit) -> None:
        made = make_past_meeting(place="Room 4")
        lead = visit(people.LEAD)
        assert "Plan the next" not in lead.get(f"{HOME}/{made.id}").text.split("Plan the next already")[0]
        hold(made)
        page = lead.get(f"{HOME}/{made.id}").text
        assert "Plan the next:" in page
        home = lead.send(f"{NEW}?after={made.id}", {"place": "Room 5"}).location
        page = lead.get(home).text
        for words in ("Our quarter", "Room 5", "The one before"):
            assert words in page
        before = lead.get(f"{HOME}/{made.id}").text
        assert "The next:" in before
        assert "Plan the next" not in before

    def test_a_second_hand_sees_that_it_was_changed(self, app: Flask, visit: Visit) -> None:
        made = make_meeting()
        lead = visit(people.LEAD)
        path = f"{HOME}/{made.id}/edit"
        opened = lead.get(path)
        assert lead.send(path, {"place": "Room 1"}).status_code == 303
        late = lead.send(opened, {"place": "Room 2"})
        assert late.status_code == 409
        assert "Room 2" in late.text


class TestInvitation:
    def test_it_says_when_and_where_and_nothing_of_the_group(self, app: Flask, visit: Visit) -> None:
        hannah = make_known_person()
        make_detail(hannah, "email", "hannah@office.example")
        made = make_meeting(
            known=[hannah.id], subject="Mrs Okafor’s flat", guests="The council", link="https://meet.example/1"
        )
        found, event = invitation_to(visit(people.VOLUNTEER), made)
        assert str(found["method"]) == "REQUEST"
        assert str(event["uid"]).startswith(str(made.id))
        assert event["dtstart"].dt == made.starts_at
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=1)
        assert str(event["location"]) == "The community hall"
        assert str(event["attendee"]) == "mailto:hannah@office.example"
        assert str(event["organizer"]) == f"mailto:{people.LEAD.email}"
        text = found.to_ical().decode()
        for words in ("Okafor", "council", people.VOLUNTEER.email, people.VOLUNTEER.name, "Hannah"):
            assert words not in text

    def test_a_change_takes_its_place_and_a_cancellation_takes_it_out(self, app: Flask, visit: Visit) -> None:
        made = make_meeting()
        lead = visit(people.LEAD)
        found, first = invitation_to(lead, made)
        assert (str(found["method"]), int(first["sequence"])) == ("PUBLISH", 0)
        assert lead.send(f"{HOME}/{made.id}/edit", {"at": "4pm"}).status_code == 303
        _, second = invitation_to(lead, made)
        assert (second["uid"], int(second["sequence"])) == (first["uid"], 1)
        assert lead.send(f"{HOME}/{made.id}/cancel").status_code == 303
        found, last = invitation_to(lead, made)
        assert (str(found["method"]), str(last["status"]), int(last["sequence"])) == ("CANCEL", "CANCELLED", 2)
        assert last["uid"] == first["uid"]
        assert "Download the cancellation" in lead.get(f"{HOME}/{made.id}").text

    def test_who_is_taken_off_gets_a_cancellation_of_their_own(self, app: Flask, visit: Visit) -> None:
        hannah, omar = make_known_person(), make_known_person(name="Omar")
        make_detail(hannah, "email", "hannah@office.example")
        make_detail(omar, "email", "omar@office.example")
        made = make_meeting(known=[hannah.id, omar.id])
        lead, home = visit(people.LEAD), f"{HOME}/{made.id}"
        file = f"{home}/cancellation/{hannah.id}.ics"
        assert "No longer invited" not in lead.get(home).text
        assert lead.get(file).status_code == 404
        assert lead.send(f"{home}/edit", {"known": [str(omar.id)]}).status_code == 303
        page = lead.get(home).text
        assert "No longer invited" in page
        assert f'href="{file}"' in page
        _, request = invitation_to(lead, made)
        assert str(request["attendee"]) == "mailto:omar@office.example"
        found = Calendar.from_ical(lead.get(file).data)
        (event,) = found.walk("VEVENT")
        assert (str(found["method"]), str(event["status"])) == ("CANCEL", "CONFIRMED")
        assert str(event["attendee"]) == "mailto:hannah@office.example"
        assert (event["uid"], event["sequence"]) == (request["uid"], request["sequence"])
        assert lead.get(f"{home}/cancellation/{omar.id}.ics").status_code == 404
        assert visit(people.OTHER_LEAD).get(file).status_code == 404
        assert lead.send(f"{home}/cancel").status_code == 303
        assert lead.get(file).status_code == 404

    def test_the_calendar_of_who_goes_has_its_hour_and_no_word_more(self, app: Flask, visit: Visit) -> None:
        made = make_meeting(subject="Secret", ours=[people.LEAD.id])
        make_meeting(kind="walkabout", ours=[people.VOLUNTEER.id])
        volunteer = visit(people.VOLUNTEER)
        answer = volunteer.post("/account/calendar", {"covers": "mine"})
        path = answer.text.split("http://localhost")[1].split("<")[0].strip()
        content = app.test_client().get(path).data
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        assert str(event["summary"]) == "Walkabout with your MP"
        for word in (b"Secret", b"hall", str(made.id).encode()):
            assert word not in content


class TestLogging:
    def test_what_came_of_it_with_two_actions_takes_one_page(self, app: Flask, visit: Visit) -> None:
        hannah, elected = make_known_person(), make_known_person(None, name="Cllr Amir Shah")
        made = make_past_meeting(
            known=[hannah.id, elected.id], guests="The railway\nThe police", kind="event", expected=50
        )
        lead = visit(people.LEAD)
        home = f"{HOME}/{made.id}"
        assert "Log what came of it" in lead.get(home).text
        assert "What came of it?" in lead.get(HOME).text
        told = {
            "agreed": "They mend the railings.",
            "types": ["working_together"],
            "attended": [str(hannah.id), "guest-0"],
            "came": "60",
            "words_1": "Send the photographs",
            "words_2": "Say when the railings are mended",
            "owner_2": "office",
        }
        assert lead.send(f"{home}/log", told).location == home
        page = lead.get(home).text
        assert "60 came, 50 expected" in page
        assert "In the log" in page
        contact = db.session.scalars(select(Contact)).one()
        assert (contact.channel, contact.staff, contact.others) == ("event", [str(hannah.id)], "The railway")
        assert "Hannah Reid" in page.split("What came of it")[1]
        assert contact.member_there
        assert set(contact.ours) == {str(people.LEAD.id), str(people.VOLUNTEER.id)}
        assert count(FollowUp) == 2
        assert "Send the photographs" in lead.get("/your-mp").text

    def test_before_its_day_there_is_nothing_to_log(self, app: Flask, visit: Visit) -> None:
        made = make_meeting()
        lead = visit(people.LEAD)
        assert "Log what came of it" not in lead.get(f"{HOME}/{made.id}").text
        assert lead.get(f"{HOME}/{made.id}/log").status_code == 303
        with clock_at(now() + timedelta(days=29)):
            assert count(Contact) == 0

    def test_a_refused_action_keeps_what_was_typed(self, app: Flask, visit: Visit) -> None:
        made = make_past_meeting()
        told = {"agreed": "A long talk", "words_1": "Ring", "types": ["informing"]} | on(date(2020, 1, 1), "due_1")
        answer = visit(people.LEAD).send(f"{HOME}/{made.id}/log", told)
        assert answer.status_code == 422
        assert "A long talk" in answer.text
        assert count(Contact) == 0

    def test_a_contact_can_lead_to_a_meeting(self, app: Flask, visit: Visit) -> None:
        contact = make_contact()
        lead = visit(people.LEAD)
        assert "Plan a meeting that comes of it" in lead.get(f"/your-mp/contacts/{contact.id}").text
        assert lead.send(f"{NEW}?came_of={contact.id}", filled()).status_code == 303
        assert the_meeting().came_of_id == contact.id
        assert queries.contact(contact.id, people.LEAD.viewer)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2pm", time(14)),
        ("2.30 pm", time(14, 30)),
        ("12am", time(0)),
        ("12 p.m.", time(12)),
        ("14:05", time(14, 5)),
        ("1405", time(14, 5)),
        ("midday", time(12)),
        ("2", None),
        ("25:00", None),
        ("13pm", None),
        ("soon", None),
    ],
)
def test_times_are_read_as_people_write_them(written: str, expected: time | None) -> None:
    assert time_in(written) == expected


def test_coordinators_read_the_kind_and_the_day_and_no_other_word(app: Flask, visit: Visit) -> None:
    made = make_meeting(kind="walkabout", subject="Secret subject", place="Secret place")
    page = visit(people.COORDINATOR).get(f"/areas/{made.organisation_id}").text
    assert "Meetings ahead" in page
    assert "Walkabout" in page
    assert "Secret" not in page


def test_grants_handed_over_and_publicity_stand_with_their_event(app: Flask, visit: Visit) -> None:
    yesterday = today() - timedelta(days=1)
    make_award(make_round(), presented_on=yesterday, awarded_on=yesterday)
    made = make_past_meeting(kind="event")
    contact = hold(made, agreed="Everybody clapped")
    make_publicity(contact_id=contact.id, title="A kitchen for everybody")
    page = visit(people.VOLUNTEER).get(f"{HOME}/{made.id}").text
    for words in ("Everybody clapped", "1 small grant", "£187 in all", "A kitchen for everybody", "Add publicity"):
        assert words in page
