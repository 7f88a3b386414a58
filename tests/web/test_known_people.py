"""People around an MP, and other elected people, as an area knows them, with how they were reached over time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from referrals.directory.lists import load_lists
from referrals.engagement import actions, queries
from referrals.engagement.models import ContactDetail
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import Invalid
from tests import people
from tests.engagement.log import TERM, make_detail, make_known_person
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def parts(name: str, day: Any) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def test_a_number_that_changed_stays_in_the_history(app: Flask, visit: Visit) -> None:
    with clock_at(now() - timedelta(days=30)):
        person = make_known_person()
        make_detail(person, value="020 7946 0001")
    lead, home = visit(people.LEAD), f"/your-mp/people/{person.id}"
    assert lead.send(f"{home}/details/new", {"kind": "phone", "value": "020 7946 0002"}).location == home
    old, new = sorted(db.session.scalars(select(ContactDetail)), key=lambda one: one.from_on)
    assert (old.until_on, new.until_on) == (today(), None)
    page = lead.get(home).text
    assert page.index("020 7946 0002") < page.index("020 7946 0001")
    listed = lead.get(f"/your-mp/mps/{TERM}").text
    assert "020 7946 0002" in listed
    assert "020 7946 0001" not in listed
    assert lead.send(home).location == home
    assert "020 7946 0002" not in lead.get(f"/your-mp/mps/{TERM}").text


def test_what_began_later_is_not_ended_before_it_began(app: Flask) -> None:
    person = make_known_person()
    make_detail(person)
    yesterday = today() - timedelta(days=1)
    known = queries.known_person(person.id, people.LEAD.viewer)
    with pytest.raises(Invalid) as refused, transaction():
        actions.note_detail(known, "phone", "020 7946 0003", yesterday, by=people.LEAD.viewer)
    assert set(refused.value.errors) == {"from_on"}


def test_who_has_left_is_said_to_have_left(app: Flask, visit: Visit) -> None:
    person = make_known_person(name="Lucy Farrant")
    lead, home = visit(people.LEAD), f"/your-mp/people/{person.id}"
    assert lead.send(f"{home}/edit", parts("ends_on", today() - timedelta(days=3))).location == home
    assert "left on" in lead.get(f"/your-mp/mps/{TERM}").text


def test_two_change_somebody_at_once(app: Flask, visit: Visit) -> None:
    person = make_known_person()
    path = f"/your-mp/people/{person.id}/edit"
    lead, volunteer = visit(people.LEAD), visit(people.VOLUNTEER)
    opened = volunteer.get(path)
    assert lead.send(path, {"role": "office manager"}).status_code == 303
    assert volunteer.send(opened, {"role": "caseworker"}).status_code == 409


def test_an_elected_person_stands_on_the_first_page(app: Flask, visit: Visit) -> None:
    with transaction():
        load_lists()
    volunteer = visit(people.VOLUNTEER)
    home = volunteer.send("/your-mp/people/new", {"name": "Cllr Daphne Osei", "role": "councillor"}).location
    assert home
    assert "Cllr Daphne Osei" in volunteer.get("/your-mp").text
    assert "Cllr Daphne Osei" not in volunteer.get(f"/your-mp/mps/{TERM}").text


def test_a_stolen_database_shows_nobody(app: Flask) -> None:
    make_detail(make_known_person(name="Sentinel Quarry", role="sentinel piano"), value="sentinel lantern")
    with db.engine.connect() as connection:
        rows = [
            repr(tuple(row)).lower()
            for table in ("known_people", "contact_details", "audit_entries")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    assert not [row for row in rows if "sentinel" in row]
