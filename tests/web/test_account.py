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


TELLING = "/account/how-we-tell-you"


def test_everybody_with_referrals_chooses_how_mail_comes(visit: Visit) -> None:
    visitor = visit(people.VOLUNTEER)
    page = visitor.get("/account").text
    assert "How we tell you" in page
    assert "At once" in page
    chosen = {"way": "daily", "digest_hour": "18", "quiet_from": "20", "quiet_until": "7", "quiet_weekends": "y"}
    assert visitor.send(TELLING, chosen).location == "/account"
    page = visitor.get("/account").text
    assert "Once a day, at 6pm" in page
    assert "8pm to 7am and Saturdays and Sundays" in page
    # The form holds what was chosen.
    page = visitor.get(TELLING).text
    assert '<option value="18" selected' in page
    assert '<option value="20" selected' in page
    assert visitor.send(TELLING, {"way": "never", "quiet_from": "", "quiet_until": ""}).location == "/account"
    assert "Not by mail. Urgent things still come" in visitor.get("/account").text


@pytest.mark.parametrize(
    ("chosen", "field", "fault"),
    [
        ({"way": "daily"}, "digest_hour", "Choose the hour of the daily mail"),
        ({"way": "gibberish"}, "way", "from the list"),
        ({"way": "daily", "digest_hour": "99"}, "digest_hour", "from the list"),
        ({"quiet_from": "20"}, "quiet_until", "or neither"),
        ({"quiet_until": "20"}, "quiet_from", "or neither"),
        ({"quiet_from": "20", "quiet_until": "20"}, "quiet_until", "another hour"),
        (
            {"way": "daily", "digest_hour": "3", "quiet_from": "20", "quiet_until": "7"},
            "digest_hour",
            "outside your quiet hours",
        ),
    ],
)
def test_a_choice_that_cannot_be_is_refused(visit: Visit, chosen: dict[str, str], field: str, fault: str) -> None:
    visitor = visit(people.VOLUNTEER)
    everything = {"way": "at_once", "digest_hour": "", "quiet_from": "", "quiet_until": ""}
    answer = visitor.send(TELLING, everything | chosen)
    assert answer.status_code == 422
    assert f'href="#{field}' in answer.text
    assert fault in answer.text


def test_nobody_chooses_what_they_never_get(visit: Visit) -> None:
    for who in (people.COORDINATOR, people.ADMINISTRATOR):
        assert visit(who).get(TELLING).status_code == 403
