"""Adding organisations and places: who may, what is refused, and what the books say of it."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.accounts.viewer import SERVICE
from referrals.audit.models import AuditEntry
from referrals.directory import actions, queries
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import Invalid, NotAllowed
from tests import people

ADMINISTRATOR = people.ADMINISTRATOR.viewer


def test_an_office_comes_of_a_seat_an_mp_and_a_term(app: Flask) -> None:
    with transaction():
        seat = actions.add_constituency(gss_code="E14001557", name="Tynemouth", region="North East", by=ADMINISTRATOR)
        member = actions.add_member(name="Zoë Quill-Harte", by=ADMINISTRATOR)
        term = actions.add_term(
            member_id=member.id, constituency_id=seat.id, begins_on=date(2024, 7, 4), by=ADMINISTRATOR
        )
        office = actions.add_office(term=term, by=ADMINISTRATOR)
    assert office.organisation.name == "Office of Zoë Quill-Harte MP"
    assert office.organisation.code == "office-of-zoe-quill-harte-mp"
    assert office.organisation_id in {line.id for line in queries.offices_in_use()}
    told = db.session.scalars(
        select(AuditEntry.action).where(AuditEntry.actor_id == ADMINISTRATOR.person_id).order_by(AuditEntry.number)
    )
    assert list(told) == ["constituency.added", "member.added", "term.added", "organisation.added"]


def test_a_programme_and_its_group(app: Flask) -> None:
    seat = queries.constituencies()[0]
    with transaction():
        programme = actions.add_programme(name="Pride in Place", ends_on=date(2036, 3, 31), by=SERVICE)
        actions.add_group(
            name="Toothill",
            programme_id=programme.organisation_id,
            trusted_body_name="Swindon Borough Council",
            trusted_body_kind="council",
            constituency_ids=[seat.id],
            by=SERVICE,
        )
    (group,) = queries.groups_of_programme(programme.organisation_id)
    assert group.organisation.kind == "group"
    assert [place.id for place in group.constituencies] == [seat.id]


@pytest.mark.parametrize("somebody", [people.LEAD, people.MANAGER, people.COORDINATOR])
def test_nobody_but_an_administrator_may(app: Flask, somebody: people.Someone) -> None:
    with pytest.raises(NotAllowed), transaction():
        actions.add_programme(name="Mine", by=somebody.viewer)
    assert queries.organisation_by_code("mine") is None


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "Two\nlines"}, "name"),
        ({"name": "N" * 121}, "name"),
        ({"name": "White City", "code": "white-city"}, "name"),
        ({"name": "New", "begins_on": date(2026, 1, 2), "ends_on": date(2026, 1, 1)}, "ends_on"),
        ({"name": "New", "trusted_body_kind": "bank"}, "trusted_body_kind"),
        ({"name": "New", "programme_id": people.WHITE_CITY.id}, "programme_id"),
        ({"name": "New", "constituency_ids": [people.id_of("nowhere")]}, "constituency_ids"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(app: Flask, answers: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        actions.add_group(by=ADMINISTRATOR, **answers)
    assert set(refused.value.errors) == {field}


def test_a_seat_has_one_mp_at_a_time_and_an_mp_one_office(app: Flask) -> None:
    route = queries.route(people.WHITE_CITY_POSTCODE)
    assert route is not None
    assert route.term is not None
    second = {"member_id": route.term.member_id, "constituency_id": route.constituency.id}
    with pytest.raises(Invalid) as refused, transaction():
        actions.add_term(**second, begins_on=date(2025, 1, 1), by=ADMINISTRATOR)
    assert set(refused.value.errors) == {"begins_on"}
    with pytest.raises(Invalid), transaction():
        actions.add_office(term=route.term, name="Second office", by=ADMINISTRATOR)


def test_a_seat_needs_a_code_of_its_own(app: Flask) -> None:
    for code in ("E14001207", "14001207", "X14001207", ""):
        with pytest.raises(Invalid), transaction():
            actions.add_constituency(gss_code=code, name="Somewhere", by=ADMINISTRATOR)
