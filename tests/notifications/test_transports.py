"""Mails leave by real conversations with real mail servers, and into a folder."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from referrals.cli.worker import Worker
from referrals.foundation import clock
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.notifications import queries, settings
from referrals.notifications.actions import queue
from referrals.notifications.messages import Recipient, ReferralAccepted
from referrals.notifications.models import OutboxMessage
from referrals.notifications.settings import SmtpSecurity, Transport
from tests.notifications.mail_server import Conversation, certificate, free_port, knows, mail_server, silent_server
from tests.notifications.test_actions import stored
from tests.people import LEAD, VOLUNTEER

REFERENCE = "R-7K3F-92X"
LINK = "http://localhost/referrals/R-7K3F-92X"


@pytest.fixture(autouse=True)
def usual(app: Flask) -> Iterator[None]:
    """Put the mail settings back after each test."""
    before = settings.current()
    yield
    settings.configure(before)


def by_smtp(port: int, **more: Any) -> None:
    """Send by the mail server on this port."""
    server = {"transport": Transport.SMTP, "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_timeout": 5.0}
    plain = {"smtp_security": SmtpSecurity.NONE, "sender": "Referrals <no-reply@referrals.example>"}
    settings.configure(replace(settings.current(), **(server | plain | more)))


def promise(*people: Any) -> None:
    """Queue a message for these people, or for the volunteer."""
    message = ReferralAccepted(path=f"/referrals/{REFERENCE}", reference=REFERENCE)
    with transaction():
        queue(message, to=[Recipient(person.email, person.id) for person in people or (VOLUNTEER,)])


def deliver() -> OutboxMessage:
    """Deliver what is due; gives the one message as it then is."""
    Worker(jobs=()).deliver()
    return stored()[0]


def later() -> Any:
    """The clock stands when the one message is due again."""
    db.session.rollback()
    return clock_at(stored()[0].due_at + timedelta(seconds=1))


def test_a_mail_arrives_with_its_headers_and_words() -> None:
    conversation = Conversation()
    with mail_server(conversation) as port:
        by_smtp(port)
        promise()
        row = deliver()
    assert (row.state, row.params_sealed) == ("sent", None)
    (mail,) = conversation.mails
    assert conversation.recipients == [VOLUNTEER.email]
    assert mail["To"] == VOLUNTEER.email
    assert mail["From"] == "Referrals <no-reply@referrals.example>"
    assert mail["Subject"] == f"{REFERENCE}: your referral has been taken on"
    assert mail["Message-ID"] == row.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == row.created_at.replace(microsecond=0)
    assert mail.get_content_type() == "text/plain"
    assert LINK in mail.get_content().splitlines()


def test_several_mails_share_a_connection() -> None:
    conversation = Conversation()
    with mail_server(conversation) as port:
        by_smtp(port)
        promise(VOLUNTEER, LEAD)
        deliver()
    assert sorted(conversation.recipients) == sorted([VOLUNTEER.email, LEAD.email])
    assert len(conversation.connections) == 1


def test_refused_for_now_then_taken_under_the_same_message_id() -> None:
    conversation = Conversation(to_content=["451 4.3.0 Try again later"])
    with mail_server(conversation) as port:
        by_smtp(port)
        promise()
        row = deliver()
        assert (row.state, row.last_error, row.attempts) == ("waiting", "SMTPDataError 451", 1)
        with later():
            assert deliver().state == "sent"
    first, second = conversation.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_greylisting_is_waited_out() -> None:
    conversation = Conversation(to_recipient=["450 4.2.0 Greylisted"])
    with mail_server(conversation) as port:
        by_smtp(port)
        promise()
        assert deliver().last_error == "SMTPRecipientsRefused 450"
        with later():
            assert deliver().state == "sent"


def test_refused_for_good_is_a_dead_letter_at_once() -> None:
    quoting = f"550 5.1.1 <{VOLUNTEER.email}> unknown"
    with mail_server(Conversation(to_recipient=[quoting])) as port:
        by_smtp(port)
        promise()
        row = deliver()
    # The server's words quote an address; they are not kept.
    assert (row.state, row.last_error) == ("dead", "SMTPRecipientsRefused 550")


def test_one_refusal_does_not_hold_up_the_others() -> None:
    conversation = Conversation(to_content=["554 5.6.0 Not this one"])
    with mail_server(conversation) as port:
        by_smtp(port)
        promise(VOLUNTEER, LEAD)
        deliver()
    assert sorted(row.state for row in stored()) == ["dead", "sent"]


def test_a_server_that_is_down_is_tried_again_later() -> None:
    port = free_port()
    by_smtp(port)
    promise(VOLUNTEER, LEAD)
    deliver()
    rows = stored()
    assert {row.state for row in rows} == {"waiting"}
    # The first met a closed door; the second was not even tried.
    assert sorted(row.last_error or "" for row in rows) == ["", "ConnectionRefusedError"]
    conversation = Conversation()
    with mail_server(conversation) as port, clock_at(clock.now() + timedelta(minutes=5)):
        by_smtp(port)
        deliver()
    assert {row.state for row in stored()} == {"sent"}


def test_a_server_that_says_nothing_is_left_after_the_timeout() -> None:
    with silent_server() as port:
        by_smtp(port, smtp_timeout=0.2)
        promise()
        row = deliver()
    assert (row.state, row.last_error, row.attempts) == ("waiting", "SMTPServerDisconnected", 0)


def test_the_conversation_is_encrypted_and_signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    conversation = Conversation()
    auth = {"authenticator": knows("post", "secret"), "auth_required": True, "require_starttls": True}
    with mail_server(conversation, tls_context=context, **auth) as port:
        by_smtp(port, smtp_security=SmtpSecurity.STARTTLS, smtp_user="post", smtp_password="secret")
        promise()
        assert deliver().state == "sent"
    assert conversation.encrypted == [True]


def test_a_wrong_password_is_not_the_messages_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    auth = {"authenticator": knows("post", "secret"), "auth_required": True}
    with mail_server(Conversation(), tls_context=context, **auth) as port:
        by_smtp(port, smtp_security=SmtpSecurity.STARTTLS, smtp_user="post", smtp_password="wrong")
        promise()
        row = deliver()
    assert (row.state, row.last_error, row.attempts) == ("waiting", "SMTPAuthenticationError 535", 0)


def test_nothing_is_said_to_a_server_that_cannot_prove_who_it_is(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    conversation = Conversation()
    with mail_server(conversation, tls_context=context) as port:
        by_smtp(port, smtp_security=SmtpSecurity.STARTTLS)
        promise()
        assert deliver().last_error == "SSLCertVerificationError"
    assert conversation.mails == []


def test_a_server_without_encryption_is_not_used_where_it_is_asked_for() -> None:
    conversation = Conversation()
    with mail_server(conversation) as port:
        by_smtp(port, smtp_security=SmtpSecurity.STARTTLS)
        promise()
        assert deliver().last_error == "SMTPNotSupportedError"
    assert conversation.mails == []


def test_in_development_mails_land_in_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "outbox"
    settings.configure(replace(settings.current(), transport=Transport.FOLDER, folder=folder))
    promise()
    row = deliver()
    assert row.state == "sent"
    (file,) = folder.iterdir()
    assert file.name == row.message_id.strip("<>").split("@")[0] + ".eml"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (mail,) = queries.folder_mails()
    assert (mail.to, mail.subject) == (VOLUNTEER.email, f"{REFERENCE}: your referral has been taken on")
    assert LINK in mail.body.splitlines()


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    settings.configure(replace(settings.current(), transport=Transport.FOLDER, folder=blocked / "outbox"))
    promise()
    assert (deliver().state, stored()[0].attempts) == ("waiting", 0)


def test_there_is_no_folder_to_look_into_where_mail_goes_to_a_server() -> None:
    by_smtp(free_port())
    assert queries.folder_mails() == []
