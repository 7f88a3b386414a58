"""A person's own account."""

from collections.abc import Callable

import pytest

from referrals.accounts.models import Person
from referrals.foundation.database import db
from tests import people
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = "seven quiet herons fishing"


def signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


@pytest.mark.parametrize("person", people.EVERYBODY[:1] + people.EVERYBODY[-2:], ids=lambda person: person.role.value)
def test_everybody_sees_their_own_account(visit: Visit, person: people.Someone) -> None:
    text = visit(person).get("/account").get_data(as_text=True)
    for words in (person.name, person.email, person.place.name, "(this one)"):
        assert words in text


def test_a_password_is_changed_and_every_other_place_signed_out(visit: Visit) -> None:
    here, elsewhere = visit(people.LEAD), visit(people.LEAD)
    answer = here.send("/account/password", {"current_password": people.PASSWORD, "password": NEW})
    assert (answer.status_code, answer.location) == (303, "/account")
    assert signed_in(here)
    assert not signed_in(elsewhere)
    assert visit().send("/sign-in", {"email": people.LEAD.email, "password": NEW}).status_code == 303


@pytest.mark.parametrize(
    ("current", "password", "field"),
    [
        ("not the right password", NEW, "current_password"),
        ("", NEW, "current_password"),
        (people.PASSWORD, "short", "password"),
        (people.PASSWORD, "Wormholt Big Local", "password"),
        (people.PASSWORD, "", "password"),
    ],
)
def test_what_is_refused_is_said_beside_its_field(visit: Visit, current: str, password: str, field: str) -> None:
    visitor = visit(people.LEAD)
    answer = visitor.send("/account/password", {"current_password": current, "password": password})
    text = answer.get_data(as_text=True)
    assert f'href="#{field}"' in text
    assert NEW not in text
    assert visit().send("/sign-in", {"email": people.LEAD.email, "password": people.PASSWORD}).status_code == 303


def test_guessing_the_current_password_is_slowed_down_like_signing_in(visit: Visit) -> None:
    visitor = visit(people.LEAD)
    for _ in range(10):
        visitor.send("/account/password", {"current_password": "not the right password", "password": NEW})
    refused = visitor.send("/account/password", {"current_password": people.PASSWORD, "password": NEW})
    assert "too many attempts" in refused.get_data(as_text=True)


def test_a_name_is_changed(visit: Visit) -> None:
    visitor = visit(people.LEAD)
    assert visitor.send("/account/name", {"name": "  Lena  O’Neill "}).location == "/account"
    assert "Lena  O’Neill" in visitor.get("/account").get_data(as_text=True)
    assert 'href="#name"' in visitor.send("/account/name", {"name": ""}).get_data(as_text=True)
    assert db.session.get_one(Person, people.LEAD.id).name == "Lena  O’Neill"


def test_signing_out_everywhere_ends_every_session(visit: Visit) -> None:
    here, elsewhere, other = visit(people.LEAD), visit(people.LEAD), visit(people.VOLUNTEER)
    assert here.get("/account").get_data(as_text=True).count("<tr") == 3
    assert here.post("/account/sign-out-everywhere").location == "/sign-in"
    assert not signed_in(here)
    assert not signed_in(elsewhere)
    assert signed_in(other)


@pytest.mark.parametrize("path", ["/account", "/account/name", "/account/password"])
def test_strangers_are_asked_to_sign_in(visit: Visit, path: str) -> None:
    answer = visit().get(path)
    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in")
