"""Papers that leave by mail: made as they are handed over, carried by a real server, and not kept in the outbox."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from referrals.foundation.database import ReadOnly, db, transaction
from referrals.foundation.printing import to_pdf
from referrals.notifications import papers
from referrals.notifications.actions import queue_paper
from referrals.notifications.papers import Paper
from referrals.notifications.queries import papers_failed
from tests.notifications.mail_server import Conversation, mail_server
from tests.notifications.test_actions import stored
from tests.notifications.test_transports import by_smtp, deliver, later, usual

__all__ = ["usual"]
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 200
PAPER = Paper("Briefing: July to September 2026", "Here it is – in full.\n", "lead@area.example", "briefing.pdf", PDF)
ID = uuid4()


@pytest.fixture(autouse=True)
def kept(app: Flask) -> Iterator[dict[UUID, Paper]]:
    """One paper of a kind of its own."""
    before, known = dict(papers._makers), {ID: PAPER}  # noqa: SLF001 - put back after the test
    papers.configure({"Proof": known.get})
    yield known
    papers.configure(before)


def promise(*addresses: str) -> None:
    with transaction():
        queue_paper("Proof", ID, to=addresses or ("office@mp.example",))


def test_it_arrives_whole_with_its_file_and_answers_go_to_who_sent_it(app: Flask) -> None:
    promise()
    heard = Conversation()
    with mail_server(heard) as port:
        by_smtp(port)
        assert deliver().state == "sent"
    (mail,) = heard.mails
    assert heard.recipients == ["office@mp.example"]
    assert (mail["Subject"], mail["Reply-To"]) == (PAPER.subject, PAPER.answers_to)
    assert "Auto-Submitted" not in mail
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == PAPER.body.strip()
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("briefing.pdf", "application/pdf")
    assert file.get_content() == PDF


def test_the_outbox_holds_its_id_and_after_sending_not_even_that(app: Flask) -> None:
    promise("a@mp.example", "b@mp.example", "a@mp.example")
    rows = stored()
    assert sorted((row.to_address, row.params) for row in rows) == [
        (address, f'{{"id": "{ID}"}}') for address in ("a@mp.example", "b@mp.example")
    ]
    db.session.rollback()
    with mail_server(Conversation()) as port:
        by_smtp(port)
        deliver()
    assert [row.params for row in stored()] == [None, None]


def test_what_is_changed_while_it_waits_leaves_changed(app: Flask, kept: dict[UUID, Paper]) -> None:
    promise()
    heard = Conversation(to_recipient=["451 later"])
    with mail_server(heard) as port:
        by_smtp(port)
        deliver()
        kept[ID] = replace(PAPER, content=b"%PDF-1.7 without the story")
        with later():
            assert deliver().state == "sent"
    (file,) = heard.mails[-1].iter_attachments()
    assert file.get_content() == b"%PDF-1.7 without the story"


def test_what_is_there_no_more_is_dead_and_stops_no_other(app: Flask, kept: dict[UUID, Paper]) -> None:
    promise()
    kept.clear()
    row = deliver()
    assert (row.state, row.last_error) == ("dead", "CannotRender")


@pytest.mark.parametrize("change", [{"answers_to": "lead@area.example\nBcc: x@y.example"}, {"subject": "a\r\nBcc: b"}])
def test_no_header_can_be_added(app: Flask, kept: dict[UUID, Paper], change: dict[str, Any]) -> None:
    kept[ID] = replace(PAPER, **change)
    promise()
    assert deliver().state == "dead"


def test_one_that_cannot_be_made_is_set_aside_and_the_others_go(
    app: Flask, kept: dict[UUID, Paper], tmp_path: Path
) -> None:
    bad = uuid4()
    (tmp_path / "bad.typ").write_text('#panic("Albert")')

    def make(paper_id: UUID) -> Paper | None:
        if paper_id == bad:
            to_pdf(tmp_path / "bad.typ", {})
        return kept.get(paper_id)

    papers.configure({"Proof": make})
    with transaction():
        queue_paper("Proof", bad, to=["first@mp.example"])
    promise("second@mp.example")
    heard = Conversation()
    with mail_server(heard) as port:
        by_smtp(port)
        deliver()
    assert heard.recipients == ["second@mp.example"]
    rows = {row.to_address: (row.state, row.last_error) for row in stored()}
    assert rows == {"first@mp.example": ("dead", "PaperFailed TypstError"), "second@mp.example": ("sent", None)}
    assert papers_failed() == 1


def test_a_database_that_fails_meanwhile_is_no_fault_of_the_paper(app: Flask) -> None:
    def make(_: UUID) -> Paper:
        raise OperationalError("select", None, Exception("gone"))

    promise()
    papers.configure({"Proof": make})
    with pytest.raises(OperationalError):
        deliver()


def test_making_one_may_only_read(app: Flask) -> None:
    def make(_: UUID) -> Paper:
        promise("third@mp.example")
        return PAPER

    promise()
    papers.configure({"Proof": make})
    with pytest.raises(ReadOnly):
        deliver()
    assert len(stored()) == 1


def test_a_kind_that_nobody_makes_is_refused(app: Flask) -> None:
    with pytest.raises(ValueError, match="Nothing"), transaction():
        queue_paper("Nothing", ID, to=["office@mp.example"])
    assert stored() == []
