"""Whether the service is well: one word for everybody, figures for the administrator."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from referrals.accounts import actions
from referrals.foundation.database import db, transaction
from tests import markup, people
from tests.casework.cases import make_referral
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def test_what_watches_over_the_service_gets_one_word_and_no_cookie(visit: Visit) -> None:
    answer = visit().get("/healthz")
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")
    assert "Set-Cookie" not in answer.headers


def test_a_service_whose_database_does_not_answer_is_not_well(
    app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    db.session.remove()
    monkeypatch.setitem(db.engines, None, create_engine(f"sqlite:///{tmp_path}/no/such/folder.db"))
    answer = visit().get("/healthz")
    assert answer.status_code == 500
    assert "folder" not in answer.text


def test_the_health_page_says_that_a_paper_could_not_be_made(visit: Visit) -> None:
    with transaction():
        actions.request_reset(people.LEAD.email)
    visitor = visit(people.ADMINISTRATOR)
    assert "could not be made into a file" not in visitor.get("/service-health").text
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE outbox_messages SET state = 'dead', last_error = 'PaperFailed TypstError'"))
    page = visitor.get("/service-health").text
    assert markup.faults(page) == []
    assert "1 of them brings a briefing that could not be made into a file" in page


def test_the_health_page_counts_messages_and_books(visit: Visit) -> None:
    with transaction():
        actions.request_reset(people.LEAD.email)
    make_referral()
    page = visit(people.ADMINISTRATOR).get("/service-health")
    words = markup.text_of(markup.read(page.text).one("main"))
    assert "waiting since" in words
    assert "not delivered 0" in words
    assert "Last entry of the service" in words
    with db.engine.connect() as connection:
        entries = connection.scalar(text("SELECT count(*) FROM audit_entries"))
    assert f"Entries in all {entries}" in words
