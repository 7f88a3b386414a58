"""Taking up an invitation."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from referrals.accounts import actions, queries
from referrals.accounts.models import Person
from referrals.accounts.roles import Role, Side
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.notifications.models import OutboxMessage
from tests import people
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
NEWCOMER = "nell@new.example"
GOOD = "seven quiet herons fishing"


def invite(email: str = NEWCOMER, role: Role = Role.VOLUNTEER) -> str:
    """The path of the link that is mailed."""
    with transaction():
        actions.invite(
            email, "Nell New", role, organisation_id=people.WHITE_CITY.id, side=Side.GROUP, by=people.LEAD.viewer
        )
    return newest_link()


def newest_link() -> str:
    db.session.rollback()
    row = db.session.query(OutboxMessage).filter_by(kind="Invited").order_by(OutboxMessage.id.desc()).first()
    assert row is not None
    found = re.search(r"/join/[A-Za-z0-9_-]+", row.params or "")
    assert found is not None
    return found[0]


def test_somebody_new_joins_and_is_signed_in(visit: Visit, app: Flask) -> None:
    link, visitor = invite(), visit()
    page = visitor.get(link).get_data(as_text=True)
    assert people.WHITE_CITY.name in page
    assert NEWCOMER in page
    answer = visitor.send(link, {"name": "Nell Newer", "password": GOOD})
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Nell Newer" in visitor.get("/account").get_data(as_text=True)
    person = db.session.query(Person).filter_by(email=NEWCOMER).one()
    assert queries.memberships_of(person.id)[0].role is Role.VOLUNTEER
    assert visit().send("/sign-in", {"email": NEWCOMER, "password": GOOD}).status_code == 303


def test_the_link_works_once_and_only_for_seven_days(visit: Visit, app: Flask) -> None:
    start = clock.now()
    with clock.clock_at(start):
        link = invite()
    with clock.clock_at(start + timedelta(days=6, hours=23)):
        assert visit().get(link).status_code == 200
    with clock.clock_at(start + timedelta(days=7)):
        assert visit().get(link).status_code == 404
    visitor = visit()
    page = visitor.get(link)
    assert visitor.send(page, {"password": GOOD}).status_code == 303
    assert visit().get(link).status_code == 404
    assert visit().post(link, {"name": "Nell", "password": GOOD}).status_code == 404


def test_an_old_link_stops_working_when_the_invitation_is_sent_again(visit: Visit, app: Flask) -> None:
    old = invite()
    (waiting,) = queries.invitations_of(people.WHITE_CITY.id, people.LEAD.viewer)
    with transaction():
        actions.resend_invitation(waiting.id, by=people.LEAD.viewer)
    assert visit().get(old).status_code == 404
    assert visit().get(newest_link()).status_code == 200


@pytest.mark.parametrize("password", ["Nell New 2026", NEWCOMER, "White City 2026", "letmeinletmein", "tooshort"])
def test_a_password_made_of_what_surrounds_the_person_is_refused(visit: Visit, app: Flask, password: str) -> None:
    answer = visit().send(invite(), {"name": "Nell New", "password": password})
    text = answer.get_data(as_text=True)
    assert 'href="#password"' in text
    assert f'value="{password}"' not in text


def test_a_long_password_is_kept_whole(visit: Visit, app: Flask) -> None:
    password = "ä Ω 🙂 " * 18 + "the end"
    assert len(password) <= 128
    assert visit().send(invite(), {"name": "Nell", "password": password}).status_code == 303
    assert visit().send("/sign-in", {"email": NEWCOMER, "password": password[:-1]}).status_code == 422
    assert visit().send("/sign-in", {"email": NEWCOMER, "password": password}).status_code == 303


def test_somebody_with_an_account_joins_with_their_password_and_changes_between_both(visit: Visit, app: Flask) -> None:
    link, visitor = invite(people.OTHER_VOLUNTEER.email), visit()
    assert "You have an account already" in visitor.get(link).get_data(as_text=True)
    refused = visitor.send(link, {"password": "not the right password"})
    assert 'href="#password"' in refused.get_data(as_text=True)
    assert visitor.send(link, {"password": people.PASSWORD}).status_code == 303
    account = visitor.get("/account").get_data(as_text=True)
    assert people.WHITE_CITY.name in account
    assert f"Work in {people.THURCROFT.name}" in account
    with visitor.client.session_transaction() as cookie:
        before = cookie["_user_id"]
    switched = visitor.post(f"/account/organisation/{people.OTHER_VOLUNTEER.membership_id}")
    assert switched.status_code == 303
    assert f"Work in {people.WHITE_CITY.name}" in visitor.get("/account").get_data(as_text=True)
    with transaction():
        assert queries.session_for(before) is None


def test_nobody_changes_to_a_membership_of_somebody_else(visit: Visit) -> None:
    visitor = visit(people.VOLUNTEER)
    assert visitor.post(f"/account/organisation/{people.LEAD.membership_id}").status_code == 404
    assert people.VOLUNTEER.name in visitor.get("/account").get_data(as_text=True)


def test_an_account_that_belongs_to_two_is_not_switched_off_by_one(visit: Visit, app: Flask) -> None:
    visit().send(invite(people.OTHER_VOLUNTEER.email), {"password": people.PASSWORD})
    refused = visit(people.OTHER_LEAD).send(f"/people/{people.OTHER_VOLUNTEER.membership_id}/disable")
    assert "also belongs to another organisation" in refused.get_data(as_text=True)
