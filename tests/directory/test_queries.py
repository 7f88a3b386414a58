"""From a typed postcode to the right MP's office, and organisations by id."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event

from referrals.accounts.viewer import SERVICE
from referrals.directory import actions, lists, queries
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotFound
from tests import people


@pytest.mark.parametrize(
    "typed",
    ["W12 7RQ", "w127rq", "  w12   7rq ", "W12-7RQ", "w1 27 rq", "W12.7RQ", "W12\u00a07RQ"],
)
def test_a_postcode_is_read_however_it_is_typed(typed: str) -> None:
    assert queries.normalise_postcode(typed) == "W12 7RQ"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("M1 1AA", "M1 1AA"),
        ("ec1a1bb", "EC1A 1BB"),
        ("w1a oax", "W1A 0AX"),
        ("SN5 lAB", "SN5 1AB"),
        ("gir0aa", "GIR 0AA"),
    ],
)
def test_each_shape_of_postcode_is_known(typed: str, meant: str) -> None:
    assert queries.normalise_postcode(typed) == meant


@pytest.mark.parametrize(
    "typed", ["W12", "12345", "W12 7RQ9", "W12 7CQ", "WW12X 7RQ", "W12\x007RQ", "W" * 5000, "Ｗ12 7RQ", "🙂", "7RQ W12"]
)
def test_anything_else_is_refused_in_plain_words(typed: str) -> None:
    with pytest.raises(queries.BadPostcode, match=r"^Enter a full UK postcode, like W12 7RQ$"):
        queries.normalise_postcode(typed)


@pytest.mark.parametrize("typed", ["", "   ", "\t\n"])
def test_nothing_at_all_asks_for_one(typed: str) -> None:
    with pytest.raises(queries.BadPostcode, match=r"^Enter a postcode$"):
        queries.normalise_postcode(typed)


def test_two_halves_of_one_area_lead_to_two_offices(app: Flask) -> None:
    white_city, wormholt = queries.route("w12 7qt"), queries.route("W120PT")
    assert white_city is not None
    assert wormholt is not None
    assert white_city.constituency.name == "Hammersmith and Chiswick"
    assert white_city.office is not None
    assert white_city.office.organisation_id == people.HAMMERSMITH.id
    assert white_city.member_name == "Rowan Ashdown"
    assert wormholt.constituency.name == "Ealing Central and Acton"
    assert wormholt.office is not None
    assert wormholt.office.organisation_id == people.EALING.id


def test_an_unknown_postcode_leads_nowhere_and_a_vacant_seat_to_no_office(app: Flask) -> None:
    assert queries.route("AB1 2DE") is None
    lonely = queries.route(people.LONELY_POSTCODE)
    assert lonely is not None
    assert (lonely.term, lonely.office, lonely.member_name) == (None, None, None)


def test_only_the_term_running_today_counts(app: Flask) -> None:
    with transaction():
        old = queries.route(people.WHITE_CITY_POSTCODE)
        assert old is not None
        assert old.term is not None
        actions.end_term(old.term, ends_on=date(2024, 12, 31), end_reason="resignation", by=SERVICE)
        member = actions.add_member(name="Wren Hollis", by=SERVICE)
        actions.add_term(
            member_id=member.id, constituency_id=old.constituency.id, begins_on=date(2025, 2, 1), by=SERVICE
        )
    db.session.expire_all()
    route = queries.route(people.WHITE_CITY_POSTCODE)
    assert route is not None
    assert route.member_name == "Wren Hollis"
    # A new MP is a new office: the old one's does not follow.
    assert route.office is None
    assert people.HAMMERSMITH.id not in {line.id for line in queries.offices_in_use()}


def test_a_closed_office_takes_nothing_new(app: Flask) -> None:
    with transaction():
        actions.close_organisation(queries.organisation(people.EALING.id), by=people.ADMINISTRATOR.viewer)
    route = queries.route(people.WORMHOLT_POSTCODE)
    assert route is not None
    assert route.office is None
    assert route.member_name == "Priya Calder"
    assert [line.id for line in queries.offices_in_use()] == [people.HAMMERSMITH.id]


def test_a_route_costs_one_query(app: Flask) -> None:
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    route = queries.route(people.WHITE_CITY_POSTCODE)
    assert route is not None
    assert route.office is not None
    assert route.office.organisation.name
    assert route.office.term.member.name
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1


def test_organisations_by_id(app: Flask) -> None:
    names = queries.names_of([people.WHITE_CITY.id, people.HAMMERSMITH.id])
    assert names == {people.WHITE_CITY.id: people.WHITE_CITY.name, people.HAMMERSMITH.id: people.HAMMERSMITH.name}
    assert queries.names_of([]) == {}
    assert queries.group_of(people.WHITE_CITY.id) is not None
    assert queries.office_of(people.WHITE_CITY.id) is None
    assert [group.organisation.name for group in queries.groups_of_programme(people.BIG_LOCAL.id)] == [
        people.WHITE_CITY.name
    ]
    with pytest.raises(NotFound):
        queries.organisation(people.id_of("nobody"))


def test_bodies_of_the_category_come_first_and_none_is_left_out(app: Flask) -> None:
    with transaction():
        lists.load_lists()
    welfare = queries.agencies("welfare")
    assert welfare[0].code == "dwp"
    assert len(welfare) == len(queries.agencies()) == len(lists.items("agencies"))
    assert "housing" in next(entry for entry in lists.items("agencies") if entry.code == "housing_ombudsman").categories
    assert queries.agencies("housing")[0].code == "housing_association"
