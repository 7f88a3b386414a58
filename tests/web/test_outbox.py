"""The outbox pages of the administrator."""

from collections.abc import Callable

import pytest
from flask import Flask

from referrals.accounts import actions
from referrals.audit.models import AuditEntry
from referrals.foundation.database import db, transaction
from referrals.notifications import outbox
from referrals.notifications.models import OutboxMessage
from referrals.notifications.settings import current
from referrals.notifications.transports import carrier
from tests import people
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def message(app: Flask) -> OutboxMessage:
    with transaction():
        actions.request_reset(people.LEAD.email)
    return db.session.query(OutboxMessage).one()


def deliver() -> None:
    with transaction():
        parcel = outbox.claim("worker-of-the-tests")
    assert parcel is not None
    verdict = outbox.send(parcel, carrier(current()))
    with transaction():
        outbox.settle(parcel, verdict)


def kill(message: OutboxMessage) -> None:
    with transaction():
        message.state, message.attempts, message.last_error = "dead", 8, "RefusedForGood 550"


def test_a_waiting_message_is_listed_with_its_address_and_without_its_link(
    visit: Visit, message: OutboxMessage
) -> None:
    text = visit(people.ADMINISTRATOR).get("/outbox").get_data(as_text=True)
    assert "Password reset requested" in text
    assert people.LEAD.email in text
    assert "/reset/" not in text


def test_a_delivered_mail_can_be_read_in_development_and_never_in_production(
    visit: Visit, message: OutboxMessage, app: Flask
) -> None:
    deliver()
    visitor = visit(people.ADMINISTRATOR)
    assert people.LEAD.email in visitor.get("/outbox?state=sent").get_data(as_text=True)
    name = message.message_id.strip("<>").partition("@")[0]
    assert "/reset/" in visitor.get(f"/outbox/mails/{name}").get_data(as_text=True)
    app.config["PRODUCTION"] = True
    try:
        assert visitor.get(f"/outbox/mails/{name}").status_code == 404
        assert name not in visitor.get("/outbox").get_data(as_text=True)
    finally:
        app.config["PRODUCTION"] = False


def test_a_dead_message_is_tried_again_and_the_book_knows_who_did_it(visit: Visit, message: OutboxMessage) -> None:
    kill(message)
    visitor = visit(people.ADMINISTRATOR)
    page = visitor.get("/outbox?state=dead")
    assert "RefusedForGood 550" in page.get_data(as_text=True)
    assert "could not be delivered" in visitor.get("/service-health").get_data(as_text=True)
    path = f"/outbox/{message.id}/retry"
    assert visitor.post(path).location == "/outbox?state=dead"
    db.session.refresh(message)
    assert (message.state, message.attempts) == ("waiting", 0)
    entry = db.session.query(AuditEntry).filter_by(action="outbox.retried").one()
    assert (entry.actor_id, entry.subject_id) == (people.ADMINISTRATOR.id, message.id)
    assert visitor.post(path).status_code == 404


def test_a_message_is_given_up(visit: Visit, message: OutboxMessage) -> None:
    visitor = visit(people.ADMINISTRATOR)
    assert visitor.post(f"/outbox/{message.id}/cancel").status_code == 303
    db.session.refresh(message)
    assert (message.state, message.params_sealed) == ("cancelled", None)


@pytest.mark.parametrize("query", ["state=dead", "state=nothing", "before=x", "before=%00", f"before={people.LEAD.id}"])
def test_an_empty_list_says_what_will_be_there(visit: Visit, query: str) -> None:
    answer = visit(people.ADMINISTRATOR).get(f"/outbox?{query}")
    assert answer.status_code == 200
    assert "app-empty" in answer.get_data(as_text=True)


@pytest.mark.parametrize("person", [people.LEAD, people.MANAGER, people.COORDINATOR])
def test_nobody_else_sees_the_outbox(visit: Visit, message: OutboxMessage, person: people.Someone) -> None:
    visitor = visit(person)
    for path in ("/outbox", "/outbox/mails/x", "/service-health"):
        assert visitor.get(path).status_code == 403
    assert visitor.post(f"/outbox/{message.id}/retry").status_code == 403
