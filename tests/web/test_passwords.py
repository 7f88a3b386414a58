"""A forgotten password: the link by mail, and the new password chosen with it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.notifications.models import OutboxMessage
from tests import people
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = "seven quiet herons fishing"


def ask(visitor: Visitor, email: str) -> None:
    assert visitor.send("/forgot-password", {"email": email}).location == "/forgot-password/sent"


def links() -> list[str]:
    db.session.rollback()
    rows = db.session.query(OutboxMessage).filter_by(kind="PasswordResetRequested").order_by(OutboxMessage.id)
    return [str(re.search(r"/reset/[A-Za-z0-9_-]+", row.params or "")[0]) for row in rows]  # type: ignore[index]


def can_sign_in(visitor: Visitor, password: str) -> bool:
    return visitor.send("/sign-in", {"email": people.LEAD.email, "password": password}).status_code == 303


def test_a_new_password_is_chosen_by_the_mailed_link_and_every_session_ends(visit: Visit) -> None:
    elsewhere = visit(people.LEAD)
    ask(visit(), people.LEAD.email)
    (link,) = links()
    answer = visit().send(link, {"password": NEW})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert elsewhere.get("/account").status_code == 303
    assert can_sign_in(visit(), NEW)
    assert not can_sign_in(visit(), people.PASSWORD)
    assert db.session.query(OutboxMessage).filter_by(kind="PasswordChanged").count() == 1


def test_opening_the_link_does_not_use_it_up_and_using_it_does(visit: Visit) -> None:
    ask(visit(), people.LEAD.email)
    (link,) = links()
    for _ in range(3):
        assert visit().get(link).status_code == 200
    page = visit().get(link)
    assert page.status_code == 200
    assert visit().send(link, {"password": NEW}).status_code == 303
    assert visit().get(link).status_code == 404
    assert visit().post(link, {"password": NEW}).status_code == 404


def test_the_link_works_for_one_hour(visit: Visit) -> None:
    start = clock.now()
    with clock.clock_at(start):
        ask(visit(), people.LEAD.email)
    (link,) = links()
    with clock.clock_at(start + timedelta(minutes=59)):
        assert visit().get(link).status_code == 200
    with clock.clock_at(start + timedelta(hours=1)):
        assert visit().get(link).status_code == 404


def test_the_answer_is_the_same_for_people_who_do_not_exist(visit: Visit) -> None:
    pages = []
    for email in (people.LEAD.email, "nobody@nowhere.example"):
        visitor = visit()
        ask(visitor, email)
        pages.append(visitor.get("/forgot-password/sent").get_data(as_text=True))
    assert pages[0] == pages[1]
    assert len(links()) == 1


def test_nobody_can_fill_a_mailbox(visit: Visit) -> None:
    for _ in range(6):
        ask(visit(), people.LEAD.email)
    assert len(links()) == 3


def test_older_links_stop_working_when_one_was_used(visit: Visit) -> None:
    ask(visit(), people.LEAD.email)
    ask(visit(), people.LEAD.email)
    first, second = links()
    assert visit().send(second, {"password": NEW}).status_code == 303
    assert visit().get(first).status_code == 404


def test_a_reset_ends_the_wait_after_wrong_passwords(visit: Visit) -> None:
    for _ in range(10):
        visit().send("/sign-in", {"email": people.LEAD.email, "password": "not the right password"})
    ask(visit(), people.LEAD.email)
    visit().send(links()[0], {"password": NEW})
    assert can_sign_in(visit(), NEW)


@pytest.mark.parametrize("password", ["short", "password1234", "lena@white-city", "x" * 129, "", "referrals2026"])
def test_a_poor_password_is_refused_beside_the_field_and_the_link_still_works(visit: Visit, password: str) -> None:
    ask(visit(), people.LEAD.email)
    answer = visit().send(links()[0], {"password": password})
    assert answer.status_code == 422
    assert 'href="#password"' in answer.get_data(as_text=True)
    assert visit().send(links()[0], {"password": NEW}).status_code == 303


@pytest.mark.parametrize("token", ["x", "%00", "a" * 5000, "..%2f", "%ed%a0%bd"])
def test_a_link_that_is_none_is_not_found(visit: Visit, app: Flask, token: str) -> None:
    assert visit().get(f"/reset/{token}").status_code == 404
    assert visit().get(f"/join/{token}").status_code == 404
