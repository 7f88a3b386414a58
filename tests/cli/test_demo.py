"""The demonstration: made once, complete, and led by real postcodes to the right offices."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.accounts import passwords
from referrals.accounts.models import Person
from referrals.accounts.queries import credentials
from referrals.cli.demo import NotInProduction, demo_people, load_demo
from referrals.cli.demo.world import build_world, postcodes_by_seat
from referrals.directory import queries
from referrals.directory.models import Organisation
from referrals.foundation.database import db, transaction

PASSWORD = "three plain words 7"


def make_world() -> None:
    with transaction():
        build_world(PASSWORD)


def test_loading_twice_makes_one_demonstration(demonstrated: Flask) -> None:
    before = db.session.scalar(select(func.count()).select_from(Person))
    assert before
    assert load_demo(PASSWORD) is False
    assert db.session.scalar(select(func.count()).select_from(Person)) == before
    assert db.session.scalar(select(func.count()).where(Person.is_demo.is_(False))) == 0


def test_the_people_named_at_the_start_can_all_come_in(empty: Flask) -> None:
    make_world()
    people = demo_people()
    assert [person.email.split("@")[0] for person in people] == [
        "volunteer",
        "lead",
        "caseworker",
        "manager",
        "coordinator",
        "administrator",
        "volunteer2",
        "caseworker2",
    ]
    names = {row.name for row in db.session.scalars(select(Organisation))}
    for person in people:
        assert person.organisation in names
        found = credentials(person.email)
        assert found is not None
        assert passwords.hasher().verify(found.password_hash, PASSWORD)
    assert people[0].organisation != people[6].organisation
    assert people[2].organisation != people[7].organisation


def test_every_postcode_leads_to_its_seat_and_both_halves_of_w12_to_their_own(empty: Flask) -> None:
    make_world()
    for gss_code, postcodes in postcodes_by_seat().items():
        for postcode in postcodes:
            route = queries.route(postcode)
            assert route is not None
            assert route.constituency.gss_code == gss_code
    white_city, wormholt = queries.route("W12 7AF"), queries.route("W12 0NA")
    assert white_city is not None
    assert wormholt is not None
    assert white_city.member_name == "Rowan Ashdown"
    assert wormholt.member_name == "Priya Calder"
    assert white_city.office is not None
    assert wormholt.office is not None
    assert white_city.office.organisation_id != wormholt.office.organisation_id


def test_next_door_has_an_mp_without_the_service_and_a_seat_without_an_mp(empty: Flask) -> None:
    make_world()
    without_office, vacant = queries.route("ME4 6AB"), queries.route("W12 0UZ")
    assert without_office is not None
    assert vacant is not None
    assert (without_office.member_name, without_office.office) == ("Leonard Fairhurst", None)
    assert (vacant.member_name, vacant.office) == (None, None)


def test_it_never_enters_production(empty: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(empty.config, "PRODUCTION", True)
    with pytest.raises(NotInProduction):
        load_demo(PASSWORD)
    assert demo_people()
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0
