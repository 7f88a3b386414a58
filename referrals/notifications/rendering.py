"""Rendering: a queued message becomes a plain-text mail, from a template that knows only a reference and a link."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from referrals.notifications.messages import Message
from referrals.notifications.papers import Paper
from referrals.notifications.settings import MailSettings

_SUBJECT: Final = "Subject: "


class CannotRender(Exception):
    """A message that no template makes a mail of: a fault in the code or in the stored row, never mended by waiting."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in words: its subject and its body."""

    subject: str
    body: str


def render(kind: str, params: Mapping[str, str], settings: MailSettings) -> Letter:
    """The words of a message. Raises CannotRender for an unknown kind, and for params its class does not take."""
    try:
        message = Message.kinds[kind](**params)
    except (KeyError, TypeError, ValueError):
        # The cause is left out: it may quote a param.
        raise CannotRender(f"there is no message {kind} with these params") from None
    template = _environment(settings.templates).get_template(message.template())
    text = template.render(**message.words(settings.base_url))
    subject, _, body = text.partition("\n")
    if not subject.startswith(_SUBJECT):
        raise CannotRender(f"the template of {kind} does not begin with its subject")
    return Letter(subject.removeprefix(_SUBJECT).strip(), body.strip() + "\n")


def compose(letter: Letter, *, to: str, message_id: str, at: datetime, settings: MailSettings) -> EmailMessage:
    """A whole mail. Raises CannotRender for an address that cannot stand in a header."""
    mail = _headed(letter.subject, to=to, message_id=message_id, at=at, settings=settings)
    # RFC 3834: answering machines leave it alone.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(letter.body)
    return mail


def compose_paper(paper: Paper, *, to: str, message_id: str, at: datetime, settings: MailSettings) -> EmailMessage:
    """A mail with a paper. A person has sent it, so that answers come to them. Raises CannotRender as `compose`."""
    mail = _headed(paper.subject, to=to, message_id=message_id, at=at, settings=settings)
    try:
        mail["Reply-To"] = Address(addr_spec=paper.answers_to)
    except (ValueError, IndexError):
        raise CannotRender("the address for answers cannot stand in a header") from None
    mail.set_content(paper.body)
    mail.add_attachment(paper.content, maintype="application", subtype="pdf", filename=paper.file_name)
    return mail


def _headed(subject: str, *, to: str, message_id: str, at: datetime, settings: MailSettings) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = _address(settings.sender)
        mail["To"] = Address(addr_spec=to)
        mail["Subject"] = subject
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = message_id
    except (ValueError, IndexError):
        raise CannotRender("an address or a subject cannot stand in a header") from None
    return mail


def _address(sender: str) -> Address:
    name, address = parseaddr(sender)
    return Address(display_name=name, addr_spec=address)


@lru_cache(maxsize=4)
def _environment(templates: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(templates),
        # Plain text: nothing is escaped, and nothing a person wrote ever comes in.
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
