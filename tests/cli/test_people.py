"""`flask people invite`: the first administrator."""

import re

import pytest
from flask import Flask

from referrals.accounts.models import Invitation
from referrals.audit.models import AuditEntry
from referrals.foundation.database import db
from referrals.notifications.models import OutboxMessage
from tests import people
from tests.plugins.visitors import Visitor

EMAIL = "ada@first.example"


def run(app: Flask, *words: str) -> tuple[int, str]:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["people", "invite", *words])
    db.session.rollback()
    return result.exit_code, result.output


def test_the_first_administrator_is_invited_joins_and_reaches_the_organisations(app: Flask) -> None:
    code, told = run(app, EMAIL, "--name", "Ada First")
    assert code == 0, told
    assert "in the outbox" in told
    assert EMAIL not in told
    message = db.session.query(OutboxMessage).one()
    link = re.search(r"/join/[\w-]+", message.params or "")
    assert link is not None
    visitor = Visitor(app)
    assert visitor.send(link[0], {"password": "seven quiet herons fishing"}).status_code == 303
    assert visitor.get("/organisations").status_code == 200
    entry = db.session.query(AuditEntry).filter_by(action="person.invited").one()
    assert (entry.actor_id, entry.subject_kind) == (None, "invitation")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((EMAIL, "--name", "Ada", "--organisation", "nowhere"), "no organisation with the code"),
        ((EMAIL, "--name", "Ada", "--organisation", "white-city"), "no organisation that has"),
        (("nonsense", "--name", "Ada"), "email address"),
        ((people.ADMINISTRATOR.email, "--name", "Ada"), "already belongs here"),
        ((EMAIL, "--name", "Ada", "--role", "king"), "king"),
        ((EMAIL,), "--name"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(app: Flask, words: tuple[str, ...], why: str) -> None:
    code, told = run(app, *words)
    assert code != 0
    assert why in told
    assert "Traceback" not in told
    assert db.session.query(Invitation).count() == 0


def test_anybody_can_be_invited_anywhere_from_the_terminal(app: Flask) -> None:
    code, told = run(app, EMAIL, "--name", "Lea", "--organisation", "white-city", "--role", "lead")
    assert code == 0, told
    assert db.session.query(Invitation).one().organisation_id == people.WHITE_CITY.id
