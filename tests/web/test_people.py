"""The people pages of a lead, a manager and an administrator."""

from collections.abc import Callable

import pytest
from flask import Flask

from referrals.accounts import queries
from referrals.accounts.models import Invitation, Membership, Person
from referrals.accounts.roles import Role
from referrals.foundation.database import db
from referrals.notifications.models import OutboxMessage
from tests import people
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = {"name": "Nell New", "email": "nell@new.example", "role": "volunteer"}


def page_of(person: people.Someone) -> str:
    return f"/people/{person.membership_id}"


def invite_page(place: people.Place) -> str:
    return f"/people/invite/{place.id}"


def role_of(person: people.Someone) -> str:
    db.session.rollback()
    return db.session.get_one(Membership, person.membership_id).role


def invitation() -> Invitation:
    db.session.rollback()
    return db.session.query(Invitation).one()


def test_a_lead_sees_their_own_group_and_nobody_else(visit: Visit) -> None:
    text = visit(people.LEAD).get("/people").get_data(as_text=True)
    assert people.VOLUNTEER.name in text
    assert people.SECOND_VOLUNTEER.name in text
    assert people.OTHER_VOLUNTEER.name not in text
    assert people.CASEWORKER.name not in text


def test_a_lead_invites_a_volunteer_who_then_waits_in_the_list(visit: Visit) -> None:
    visitor = visit(people.LEAD)
    answer = visitor.send(invite_page(people.WHITE_CITY), NEW)
    assert (answer.status_code, answer.location) == (303, "/people")
    listed = visitor.get("/people").get_data(as_text=True)
    assert "The invitation is on its way." in listed
    assert NEW["name"] in listed
    message = db.session.query(OutboxMessage).one()
    assert (message.kind, message.to_address) == ("Invited", NEW["email"])


def test_the_same_invitation_sent_twice_is_one(visit: Visit) -> None:
    visitor = visit(people.LEAD)
    page = visitor.get(invite_page(people.WHITE_CITY))
    assert visitor.send(page, NEW).location == visitor.send(page, NEW).location == "/people"
    assert db.session.query(OutboxMessage).count() == 1
    again = visitor.send(invite_page(people.WHITE_CITY), NEW)
    assert "already invited" in again.get_data(as_text=True)


def test_somebody_who_belongs_here_is_not_invited_again_and_what_was_typed_is_kept(visit: Visit) -> None:
    data = {**NEW, "email": people.VOLUNTEER.email.upper()}
    answer = visit(people.LEAD).send(invite_page(people.WHITE_CITY), data)
    text = answer.get_data(as_text=True)
    assert "already belongs here" in text
    assert "<title>Error: " in text
    assert NEW["name"] in text


def test_nobody_gives_a_role_they_may_not_give(visit: Visit) -> None:
    for role in ("administrator", "manager", "coordinator", "owner", ""):
        answer = visit(people.LEAD).send(invite_page(people.WHITE_CITY), {**NEW, "role": role})
        assert answer.status_code == 422
    assert db.session.query(Invitation).count() == 0


@pytest.mark.parametrize("place", [people.THURCROFT, people.HAMMERSMITH, people.SERVICE_DESK])
def test_nobody_invites_into_another_organisation(visit: Visit, place: people.Place) -> None:
    visitor = visit(people.LEAD)
    assert visitor.get(invite_page(place)).status_code == 404
    assert visitor.post(invite_page(place), NEW).status_code == 404
    assert visitor.get("/people/invite/00000000-0000-7000-8000-000000000000").status_code == 404


def test_an_invitation_is_sent_again_with_a_new_link_and_taken_back(visit: Visit) -> None:
    visitor = visit(people.LEAD)
    visitor.send(invite_page(people.WHITE_CITY), NEW)
    before = invitation().token_hash
    assert visitor.post(f"/people/invitations/{invitation().id}/resend").status_code == 303
    assert invitation().token_hash != before
    assert visitor.send(f"/people/invitations/{invitation().id}/revoke").status_code == 303
    assert invitation().revoked_at is not None
    assert NEW["name"] not in visitor.get("/people").get_data(as_text=True)
    assert visitor.post(f"/people/invitations/{invitation().id}/resend").status_code == 404


def test_strangers_find_no_invitation_and_no_person(visit: Visit) -> None:
    visit(people.LEAD).send(invite_page(people.WHITE_CITY), NEW)
    for stranger in (people.OTHER_LEAD, people.MANAGER):
        visitor = visit(stranger)
        assert visitor.post(f"/people/invitations/{invitation().id}/resend").status_code == 404
        assert visitor.get(f"/people/invitations/{invitation().id}/revoke").status_code == 404
        for path in ("", "/role", "/disable", "/remove"):
            assert visitor.get(page_of(people.VOLUNTEER) + path).status_code == 404
        for path in ("/role", "/disable", "/enable", "/remove"):
            assert visitor.post(page_of(people.VOLUNTEER) + path, {"role": "lead"}).status_code == 404


@pytest.mark.parametrize("person", [people.VOLUNTEER, people.CASEWORKER, people.COORDINATOR])
def test_those_who_manage_nobody_are_told_so(visit: Visit, person: people.Someone) -> None:
    assert visit(person).get("/people").status_code == 403


def test_a_new_role_is_given_and_the_person_signs_in_again(visit: Visit) -> None:
    volunteer, lead = visit(people.VOLUNTEER), visit(people.LEAD)
    assert volunteer.get("/account").status_code == 200
    answer = lead.send(page_of(people.VOLUNTEER) + "/role", {"role": "lead"})
    assert (answer.status_code, answer.location) == (303, page_of(people.VOLUNTEER))
    assert role_of(people.VOLUNTEER) == Role.LEAD
    assert volunteer.get("/account").status_code == 303


def test_an_account_is_switched_off_and_on(visit: Visit) -> None:
    volunteer, lead = visit(people.VOLUNTEER), visit(people.LEAD)
    assert volunteer.get("/account").status_code == 200
    assert lead.send(page_of(people.VOLUNTEER) + "/disable").status_code == 303
    assert volunteer.get("/account").status_code == 303
    assert "Switched off" in lead.get("/people").get_data(as_text=True)
    assert lead.send(page_of(people.VOLUNTEER)).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Person, people.VOLUNTEER.id).disabled_at is None


def test_the_page_of_a_person_names_what_can_be_done(visit: Visit) -> None:
    text = visit(people.MANAGER).get(page_of(people.CASEWORKER)).get_data(as_text=True)
    assert "Switch the account off" in text
    own = visit(people.MANAGER).get(page_of(people.MANAGER)).get_data(as_text=True)
    assert "You cannot change this account" in own


@pytest.mark.parametrize("what", ["role", "disable", "remove"])
def test_nobody_does_it_to_themselves(visit: Visit, what: str) -> None:
    visitor = visit(people.LEAD)
    assert visitor.post(f"{page_of(people.LEAD)}/{what}", {"role": "volunteer"}).status_code == 403
    assert role_of(people.LEAD) == Role.LEAD


@pytest.mark.parametrize("what", ["role", "disable", "remove"])
def test_the_last_manager_cannot_be_locked_out_even_by_an_administrator(visit: Visit, what: str) -> None:
    answer = visit(people.ADMINISTRATOR).send(f"{page_of(people.MANAGER)}/{what}", {"role": "caseworker"})
    assert "the only person who can manage people here" in answer.get_data(as_text=True)
    assert role_of(people.MANAGER) == Role.MANAGER
    assert len(queries.mail_recipients(people.HAMMERSMITH.id, [Role.MANAGER])) == 1


def test_somebody_removed_is_gone_from_the_list(visit: Visit) -> None:
    visitor = visit(people.MANAGER)
    assert visitor.send(page_of(people.CASEWORKER) + "/remove").location == "/people"
    assert people.CASEWORKER.name not in visitor.get("/people").get_data(as_text=True)
    assert visitor.get(page_of(people.CASEWORKER)).status_code == 404


def test_a_lead_alone_is_told_what_to_do(visit: Visit, app: Flask) -> None:
    lead = visit(people.OTHER_LEAD)
    lead.send(page_of(people.OTHER_VOLUNTEER) + "/remove")
    assert "You are the only one here" in lead.get("/people").get_data(as_text=True)


@pytest.mark.parametrize("name", ["", " ", "x" * 121, "a\0b", "\u202eevil"])
def test_a_name_that_cannot_be_is_refused_beside_the_field(visit: Visit, name: str) -> None:
    answer = visit(people.LEAD).send(invite_page(people.WHITE_CITY), {**NEW, "name": name})
    assert answer.status_code == 422
    assert 'href="#name"' in answer.get_data(as_text=True)
