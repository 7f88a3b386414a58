"""The page of an MP through the eyes of an area: skills, interests, staff, stages and stances."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from referrals.directory.actions import Known, add_skill
from referrals.directory.lists import load_lists
from referrals.directory.models import Member
from referrals.foundation.clock import today
from referrals.foundation.database import transaction
from tests import people
from tests.casework.cases import make_referral
from tests.engagement.log import TERM, make_contact, make_detail, make_interest, make_known_person
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
HOME = f"/your-mp/mps/{TERM}"


def know(skill: str = "health", role: str = "Ward sister") -> None:
    known = Known(skill=skill, role=role, source="https://members.example/1", checked_on=today())
    with transaction() as session:
        load_lists()
        member = session.get(Member, people.id_of("Rowan Ashdown"))
        assert member is not None
        add_skill(member, known, by=people.ADMINISTRATOR.viewer)


def test_one_page_tells_what_the_area_knows(app: Flask, visit: Visit) -> None:
    know()
    make_contact(subject="Lifts in the towers")
    make_detail(make_known_person(name="Hannah Reid", role="caseworker"))
    volunteer = visit(people.VOLUNTEER)
    assert volunteer.send(f"{HOME}/interests/new", {"words": "Clean rivers"}).location == HOME
    page = volunteer.get(HOME).text
    for words in ("Ward sister", "https://members.example/1", "Clean rivers", "Hannah Reid", "020 7946 0001", "Lifts"):
        assert words in page
    assert "How the MP stands towards you" not in page
    assert f'href="{HOME}"' in volunteer.get("/your-mp").text


def test_an_interest_is_taken_out(app: Flask, visit: Visit) -> None:
    with transaction():
        load_lists()
    lead = visit(people.LEAD)
    lead.send(f"{HOME}/interests/new", {"words": "Clean rivers"})
    assert lead.send(HOME).location == HOME
    assert "Clean rivers" not in lead.get(HOME).text


def test_a_lead_says_where_they_stand(app: Flask, visit: Visit) -> None:
    make_contact(types=["publicity"])
    lead = visit(people.LEAD)
    form = lead.get(f"{HOME}/stage")
    assert 'value="publicity" checked' in form.text
    assert lead.send(form, {"stage": "working_together"}).location == HOME
    said = {"stance": "supportive", "evidence": "Rang the trust for us."}
    assert lead.send(f"{HOME}/stance", said).location == HOME
    page = lead.get(HOME).text
    for words in ("Working together</strong>, since", "Publicity and interest", "Supportive", "Rang the trust for us."):
        assert words in page
    shown = visit(people.COORDINATOR).get(f"/areas/{people.WHITE_CITY.id}").text
    assert "Supportive" in shown
    assert "Rang the trust" not in shown
    assert "Rang the trust" not in visit(people.VOLUNTEER).get(HOME).text


def test_what_is_missing_is_said_beside_the_field(app: Flask, visit: Visit) -> None:
    with transaction():
        load_lists()
    answer = visit(people.LEAD).send(f"{HOME}/stance", {"evidence": ""})
    assert answer.status_code == 422
    for words in ("Choose how the MP stands towards your area", "Say what you go by", "<title>Error: "):
        assert words in answer.text


def test_an_open_referral_names_who_could_help(app: Flask, visit: Visit) -> None:
    know("social_security", "Welfare adviser")
    know("education", "Head teacher")
    reference = make_referral("in_progress").reference
    for who in (people.CASEWORKER, people.VOLUNTEER):
        page = visit(who).get(f"/referrals/{reference}").text
        assert "Who could help with this" in page
        assert "Welfare adviser" in page
        assert "Head teacher" not in page


def test_the_group_reads_interests_that_fit_and_other_elected_people(app: Flask, visit: Visit) -> None:
    make_interest("Waiting for benefits")
    make_interest("Clean rivers")
    make_known_person(None, name="Adaeze Nwosu", role="councillor, Wormholt ward")
    make_known_person(None, name="Clem Idle", role="councillor", ends_on=today() - timedelta(days=3))
    reference = make_referral("in_progress", summary="Benefits not paid for nine months").reference
    page = visit(people.VOLUNTEER).get(f"/referrals/{reference}").text
    for words in ("Waiting for benefits", "Adaeze Nwosu", "councillor, Wormholt ward", "Tell nobody who it is about"):
        assert words in page
    for words in ("Clean rivers", "Clem Idle"):
        assert words not in page
    # What a group knows is its own.
    office = visit(people.CASEWORKER).get(f"/referrals/{reference}").text
    assert "Waiting for benefits" not in office
    assert "Nwosu" not in office
