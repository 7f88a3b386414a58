"""What is known of an MP's skills and roles: kept by an administrator, each with where it was read."""

from collections.abc import Callable
from datetime import date

from flask import Flask
from sqlalchemy import select

from referrals.directory.models import MemberSkill
from referrals.foundation.database import db
from tests import people
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
HOME = f"/organisations/{people.HAMMERSMITH.id}"
FILLED = {
    "skill": "law",
    "role": "Solicitor for tenants",
    "source": "https://members.example/rowan-ashdown",
    "begins_on-day": "1",
    "begins_on-month": "9",
    "begins_on-year": "2004",
    "ends_on-day": "30",
    "ends_on-month": "6",
    "ends_on-year": "2024",
    "checked_on-day": "2",
    "checked_on-month": "11",
    "checked_on-year": "2025",
}


def skills() -> list[MemberSkill]:
    db.session.rollback()
    return list(db.session.scalars(select(MemberSkill)))


def test_it_stands_on_the_page_of_the_office_until_it_is_taken_out(app: Flask, visit: Visit) -> None:
    browser = visit(people.ADMINISTRATOR)
    assert "Nothing is noted yet." in browser.get(HOME).text
    assert browser.send(f"{HOME}/skills/new", FILLED).location == HOME
    page = browser.get(HOME).text
    assert "Solicitor for tenants, 2004 to 2024" in page
    assert 'href="https://members.example/rowan-ashdown"' in page
    (skill,) = skills()
    assert (skill.member_id, skill.skill) == (people.id_of("Rowan Ashdown"), "law")
    assert (skill.begins_on, skill.checked_on) == (date(2004, 9, 1), date(2025, 11, 2))
    assert browser.send(f"{HOME}/skills/{skill.id}/remove").location == HOME
    assert skills() == []


def test_a_form_sent_twice_notes_one(app: Flask, visit: Visit) -> None:
    browser = visit(people.ADMINISTRATOR)
    page = browser.get(f"{HOME}/skills/new")
    assert {browser.send(page, FILLED).location for _ in range(2)} == {HOME}
    assert len(skills()) == 1


def test_what_is_wrong_is_said_beside_the_field(app: Flask, visit: Visit) -> None:
    browser = visit(people.ADMINISTRATOR)
    wrong = {**FILLED, "source": "a friend told me", "ends_on-year": "2003"}
    answer = browser.send(f"{HOME}/skills/new", wrong)
    assert answer.status_code == 422
    assert "Enter the address of the page where you read it" in answer.text
    assert "The end must be after the beginning" in answer.text
    assert "a friend told me" in answer.text
    assert "<title>Error: " in answer.text
    assert skills() == []


def test_a_group_has_no_mp(app: Flask, visit: Visit) -> None:
    browser = visit(people.ADMINISTRATOR)
    assert "Note a skill or role" not in browser.get(f"/organisations/{people.WHITE_CITY.id}").text
    assert browser.get(f"/organisations/{people.WHITE_CITY.id}/skills/new").status_code == 404
