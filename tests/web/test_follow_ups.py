"""What is to be done after a contact, where forms refuse it."""

from collections.abc import Callable

from flask import Flask

from tests import people
from tests.engagement.log import first_to_do, make_contact
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def test_what_is_wrong_is_said_beside_the_field(app: Flask, visit: Visit) -> None:
    made = make_contact()
    past = {"words": "", "due-day": "1", "due-month": "1", "due-year": "2020"}
    answer = visit(people.LEAD).send(f"/your-mp/contacts/{made.id}/follow-ups/new", past)
    assert answer.status_code == 422
    assert "Enter what is to be done" in answer.text
    assert "must be today or in the future" in answer.text


def test_a_second_hand_sees_that_it_was_changed(app: Flask, visit: Visit) -> None:
    row = first_to_do(make_contact(to_do=("Ring",)))
    path = f"/your-mp/follow-ups/{row.id}"
    lead, volunteer = visit(people.LEAD), visit(people.VOLUNTEER)
    opened = volunteer.get(path)
    assert lead.send(path, {"words": "Write"}).status_code == 303
    late = volunteer.send(opened, {"words": "Call"})
    assert late.status_code == 409
    assert "Call" in late.text
