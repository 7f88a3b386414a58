"""A form sent after its session ended: nothing typed is lost, and nobody else gets it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from referrals.accounts import actions
from referrals.casework.models import Note
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.web import held_form
from tests import people
from tests.casework.cases import make_referral
from tests.plugins.visitors import Visitor, forms_of

Visit = Callable[..., Visitor]
PARAGRAPH = (
    "She said \"I can't go on\" <b>& wept</b>; the café's 🙂 owner lent £20.\r\n\r\n  Then: </textarea></form>\r\n"
)
STORY = PARAGRAPH * 40
CREDENTIALS = {"email": people.CASEWORKER.email, "password": people.PASSWORD}


@pytest.fixture
def composer(app: Flask) -> str:
    return f"/referrals/{make_referral('accepted').reference}/notes/private"


def end_every_session(person: people.Someone) -> None:
    db.session.rollback()
    with transaction():
        actions.sign_out_everywhere(by=person.viewer)


def notes() -> list[str]:
    db.session.rollback()
    found = [note.words or "" for note in db.session.scalars(select(Note))]
    db.session.rollback()
    return found


def interrupted(visitor: Visitor, composer: str, words: str = STORY) -> TestResponse:
    """What somebody sees who sends a long note after their session had ended."""
    page = visitor.get(composer)
    end_every_session(people.CASEWORKER)
    return visitor.send(page, {"body": words})


def test_a_long_story_is_carried_through_signing_in_and_saved_to_the_letter(visit: Visit, composer: str) -> None:
    visitor = visit(people.CASEWORKER)
    turned_away = interrupted(visitor, composer)
    assert turned_away.status_code == 401
    text = turned_away.get_data(as_text=True)
    assert "What you typed is kept" in text
    assert "wept" not in text
    offered = visitor.send(turned_away, CREDENTIALS)
    assert "Continue where you were" in offered.get_data(as_text=True)
    assert notes() == []
    sent = visitor.send(offered)
    assert sent.status_code == 303
    assert notes() == [STORY.replace("\r\n", "\n").strip()]


def test_sending_it_twice_after_all_saves_it_once(visit: Visit, composer: str) -> None:
    visitor = visit(people.CASEWORKER)
    offered = visitor.send(interrupted(visitor, composer), CREDENTIALS)
    assert visitor.send(offered).location == visitor.send(offered).location
    assert len(notes()) == 1


def test_a_wrong_password_in_between_loses_nothing(visit: Visit, composer: str) -> None:
    visitor = visit(people.CASEWORKER)
    again = visitor.send(interrupted(visitor, composer), {**CREDENTIALS, "password": "not the right password"})
    offered = visitor.send(again, CREDENTIALS)
    assert visitor.send(offered).status_code == 303
    assert len(notes()) == 1


def test_a_browser_that_lost_its_cookie_loses_nothing(visit: Visit, composer: str) -> None:
    visitor = visit(people.CASEWORKER)
    page = visitor.get(composer)
    visitor.post("/sign-out")
    turned_away = visitor.send(page, {"body": STORY})
    assert turned_away.status_code == 401
    assert visitor.send(visitor.send(turned_away, CREDENTIALS)).status_code == 303
    assert len(notes()) == 1


def test_somebody_signed_in_again_beside_it_continues_at_once(visit: Visit, composer: str) -> None:
    visitor = visit(people.CASEWORKER)
    page = visitor.get(composer)
    visitor.sign_in(people.CASEWORKER)
    offered = visitor.send(page, {"body": STORY})
    assert "Continue where you were" in offered.get_data(as_text=True)
    assert visitor.send(offered).status_code == 303
    assert len(notes()) == 1


def test_a_colleague_who_signs_in_instead_gets_nothing_of_it(visit: Visit, composer: str) -> None:
    visitor = visit(people.CASEWORKER)
    turned_away = interrupted(visitor, composer)
    answer = visitor.send(turned_away, {"email": people.MANAGER.email, "password": people.PASSWORD})
    assert answer.status_code == 303
    assert notes() == []


def test_a_colleague_signed_in_beside_it_gets_nothing_of_it(visit: Visit, composer: str) -> None:
    visitor = visit(people.CASEWORKER)
    page = visitor.get(composer)
    visitor.sign_in(people.MANAGER)
    answer = visitor.send(page, {"body": STORY})
    assert answer.status_code == 400
    assert "wept" not in answer.get_data(as_text=True)


def test_a_form_made_with_another_persons_token_is_not_kept_for_the_victim(visit: Visit, composer: str) -> None:
    attacker, victim = visit(people.OTHER_VOLUNTEER), visit()
    forged = {"csrf_token": attacker.token(), "body": "planted"}
    turned_away = victim.client.post(composer, data=forged)
    answer = victim.send(turned_away, CREDENTIALS)
    assert answer.status_code == 303
    signed_in = visit(people.CASEWORKER)
    assert signed_in.client.post(composer, data=forged).status_code == 400
    assert notes() == []


@pytest.mark.parametrize("token", ["", "made up", "\0", "a" * 10_000])
def test_a_form_without_a_token_of_ours_is_not_kept(visit: Visit, composer: str, token: str) -> None:
    answer = visit().client.post(composer, data={"csrf_token": token, "body": STORY})
    assert answer.status_code == 400
    assert all(not fields.get("held") for _, fields in forms_of(answer))


def test_it_is_kept_for_twelve_hours(visit: Visit, composer: str) -> None:
    visitor = visit(people.CASEWORKER)
    turned_away = interrupted(visitor, composer)
    with clock.clock_at(clock.now() + timedelta(hours=12, seconds=5)):
        assert visitor.send(turned_away, CREDENTIALS).status_code == 303


@pytest.mark.parametrize("sealed", ["x", "AAAA", "\0", "é", "A" * 100_000])
def test_what_was_tampered_with_is_dropped(visit: Visit, app: Flask, sealed: str) -> None:
    answer = visit().send("/sign-in", {**CREDENTIALS, "held": sealed})
    assert (answer.status_code, answer.location) == (303, "/")


def test_passwords_and_tokens_are_never_held(visit: Visit) -> None:
    visitor = visit(people.CASEWORKER)
    page = visitor.get("/account/password")
    end_every_session(people.CASEWORKER)
    turned_away = visitor.send(page, {"current_password": people.PASSWORD, "password": "seven quiet herons"})
    sealed = forms_of(turned_away)[-1][1]["held"]
    held = held_form.open_for(people.CASEWORKER.id, sealed)
    assert held is not None
    assert {name for name, _ in held.fields} == {"form_key", "opened"}


def test_more_than_can_be_kept_is_said_not_to_be(visit: Visit, composer: str) -> None:
    turned_away = interrupted(visit(people.CASEWORKER), composer, "x" * 600_000)
    assert turned_away.status_code == 401
    assert "What you typed is kept" not in turned_away.get_data(as_text=True)


def test_the_sign_in_page_itself_may_be_open_for_long(visit: Visit) -> None:
    visitor = visit()
    page = visitor.get("/sign-in?next=/account")
    visitor.client.delete_cookie("referrals_session")
    again = visitor.send(page, CREDENTIALS)
    assert again.status_code == 400
    assert people.CASEWORKER.email in again.get_data(as_text=True)
    assert visitor.send(again, {"password": people.PASSWORD}).location == "/account"
    assert visitor.send(page, CREDENTIALS).location == "/account"
