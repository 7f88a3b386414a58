"""Signing in and out through the pages, and what ends a session."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from referrals.accounts import actions, passwords
from referrals.audit.models import AuditEntry
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from tests import people
from tests.plugins.visitors import Visitor, forms_of

Visit = Callable[..., Visitor]
WRONG = "The email address or the password is not right"


def signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def entries(action: str) -> list[AuditEntry]:
    return list(db.session.query(AuditEntry).filter_by(action=action))


def test_a_person_signs_in_and_goes_to_the_page_they_had_asked_for(visit: Visit) -> None:
    visitor = visit()
    turned_away = visitor.get("/account?tab=1")
    assert turned_away.status_code == 303
    page = visitor.get(turned_away.location)
    answer = visitor.send(page, {"email": people.LEAD.email.upper(), "password": people.PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/account?tab=1")
    assert signed_in(visitor)
    assert [entry.actor_id for entry in entries("session.started")] == [people.LEAD.id]


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_never_leaves_the_site(visit: Visit, target: str) -> None:
    visitor = visit()
    page = visitor.client.get("/sign-in", query_string={"next": target})
    answer = visitor.send(page, {"email": people.LEAD.email, "password": people.PASSWORD})
    assert answer.location == "/"


def test_the_answer_and_the_work_are_the_same_for_people_who_exist_and_who_do_not(visit: Visit) -> None:
    answers, work = [], []
    for email in (people.LEAD.email, "nobody@nowhere.example"):
        visitor = visit()
        before = passwords.hasher().verifications
        answer = visitor.send("/sign-in", {"email": email, "password": "not the right password"})
        work.append(passwords.hasher().verifications - before)
        answers.append((answer.status_code, answer.get_data(as_text=True).count(WRONG)))
    assert work == [1, 1]
    assert answers[0] == answers[1]
    assert answers[0][0] == 422
    assert len(entries("session.refused")) == 2


def test_a_disabled_person_is_refused_in_the_same_words(visit: Visit) -> None:
    with transaction():
        actions.disable_person(people.VOLUNTEER.membership_id, by=people.LEAD.viewer)
    answer = visit().send("/sign-in", {"email": people.VOLUNTEER.email, "password": people.PASSWORD})
    assert answer.status_code == 422
    assert WRONG in answer.get_data(as_text=True)


def test_ten_wrong_passwords_in_five_minutes_make_anybody_wait_and_then_no_longer(visit: Visit) -> None:
    for email in (people.LEAD.email, "nobody@nowhere.example"):
        visitor = visit()
        for _ in range(10):
            visitor.send("/sign-in", {"email": email, "password": "not the right password"})
        refused = visitor.send("/sign-in", {"email": email, "password": people.PASSWORD})
        assert "too many attempts" in refused.get_data(as_text=True)
    with clock.clock_at(clock.now() + timedelta(minutes=5, seconds=1)):
        answer = visit().send("/sign-in", {"email": people.LEAD.email, "password": people.PASSWORD})
        assert answer.status_code == 303


def test_a_wrong_password_keeps_the_address_and_never_sends_the_password_back(visit: Visit) -> None:
    answer = visit().send("/sign-in", {"email": people.LEAD.email, "password": "not the right password"})
    text = answer.get_data(as_text=True)
    assert people.LEAD.email in text
    assert "not the right password" not in text
    assert "<title>Error: Sign in" in text


@pytest.mark.parametrize("password", ["", " ", "\0" * 12, "x" * 100_000, "\ud83d", "🙂" * 200])
def test_no_password_breaks_the_page(visit: Visit, password: str) -> None:
    data = {"email": people.LEAD.email, "password": password.encode("utf-8", "replace")}
    assert visit().send("/sign-in", data).status_code == 422


def test_signing_out_ends_the_session_on_the_server(visit: Visit, app: Flask) -> None:
    visitor = visit(people.LEAD)
    with visitor.client.session_transaction() as cookie:
        stolen = dict(cookie)
    assert visitor.post("/sign-out").status_code == 303
    thief = visit()
    with thief.client.session_transaction() as cookie:
        cookie.update(stolen)
    assert not signed_in(thief)


def test_signing_out_by_a_link_or_without_a_token_does_nothing(visit: Visit) -> None:
    visitor = visit(people.LEAD)
    assert visitor.get("/sign-out").status_code == 405
    assert visitor.client.post("/sign-out").status_code == 400
    assert signed_in(visitor)


@pytest.mark.parametrize(("person", "minutes"), [(people.VOLUNTEER, 15), (people.LEAD, 15), (people.CASEWORKER, 30)])
def test_a_session_left_alone_ends(visit: Visit, person: people.Someone, minutes: int) -> None:
    start = clock.now()
    with clock.clock_at(start):
        visitor = visit(person)
    with clock.clock_at(start + timedelta(minutes=minutes - 1)):
        assert signed_in(visitor)
    with clock.clock_at(start + timedelta(minutes=2 * minutes - 2)):
        assert signed_in(visitor)
    with clock.clock_at(start + timedelta(minutes=3 * minutes - 1)):
        assert not signed_in(visitor)


def test_no_session_lasts_longer_than_twelve_hours(visit: Visit) -> None:
    start = clock.now()
    with clock.clock_at(start):
        visitor = visit(people.CASEWORKER)
    for quarter in range(1, 48):
        with clock.clock_at(start + timedelta(minutes=15 * quarter)):
            assert signed_in(visitor)
    with clock.clock_at(start + timedelta(hours=12)):
        assert not signed_in(visitor)


def test_the_token_is_new_at_every_sign_in_and_no_token_chosen_by_others_is_taken(visit: Visit) -> None:
    visitor = visit()
    with visitor.client.session_transaction() as cookie:
        cookie["_user_id"] = "chosen by somebody else"
    tokens = []
    for _ in range(2):
        visitor.send("/sign-in", {"email": people.LEAD.email, "password": people.PASSWORD})
        with visitor.client.session_transaction() as cookie:
            tokens.append(cookie["_user_id"])
        visitor.post("/sign-out")
    assert len({*tokens, "chosen by somebody else"}) == 3


def test_the_cookie_is_kept_from_scripts_and_other_sites(visit: Visit) -> None:
    visitor = visit()
    answer = visitor.send("/sign-in", {"email": people.LEAD.email, "password": people.PASSWORD})
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_the_sign_in_page_has_one_form_and_says_how_people_get_an_account(visit: Visit) -> None:
    page = visit().get("/sign-in")
    assert len(forms_of(page)) == 1
    assert "People are invited" in page.get_data(as_text=True)
