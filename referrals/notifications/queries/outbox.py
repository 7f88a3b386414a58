"""The outbox as its page shows it: how many messages stand where, which, and the mails of the development folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from referrals.foundation import clock
from referrals.foundation.columns import UtcMoment
from referrals.foundation.database import db
from referrals.notifications import settings
from referrals.notifications.models import PAPER_FAILED, OutboxMessage
from referrals.notifications.settings import Transport

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One message, without what it says. The address is that of a person with an account or an invitation."""

    id: UUID
    kind: str
    to_address: str
    state: str
    attempts: int
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class FolderMail:
    """One mail that lies in the development folder."""

    name: str
    at: datetime
    to: str
    subject: str
    body: str


def counts() -> dict[str, int]:
    """How many messages stand in each state that has any."""
    states = select(OutboxMessage.state, func.count().label("number")).group_by(OutboxMessage.state)
    return {row.state: row.number for row in db.session.execute(states)}


def papers_failed() -> int:
    """How many messages were set aside because the paper that they bring could not be made."""
    failed = OutboxMessage.last_error.startswith(PAPER_FAILED)
    return db.session.scalar(select(func.count()).where(OutboxMessage.state == "dead", failed)) or 0


def waiting_since() -> datetime | None:
    """Since when the message that has waited longest could have gone; None when none waits but for quiet hours."""
    undelivered = OutboxMessage.state.in_(("waiting", "leased"))
    could_go = func.coalesce(OutboxMessage.not_before, OutboxMessage.created_at, type_=UtcMoment())
    return db.session.scalar(select(func.min(could_go, type_=UtcMoment())).where(undelivered, could_go <= clock.now()))


def messages(state: str | None = None, *, before: UUID | None = None, limit: int = MOST) -> list[OutboxLine]:
    """Messages in one state or in any, newest first, at most 100; `before` is the last line of the page before."""
    found = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(min(limit, MOST))
    if state is not None:
        found = found.where(OutboxMessage.state == state)
    if before is not None:
        found = found.where(OutboxMessage.id < before)
    return [_line(row) for row in db.session.scalars(found)]


def _line(row: OutboxMessage) -> OutboxLine:
    return OutboxLine(
        id=row.id,
        kind=row.kind,
        to_address=row.to_address,
        state=row.state,
        attempts=row.attempts,
        created_at=row.created_at,
        due_at=row.due_at,
        sent_at=row.sent_at,
        last_error=row.last_error,
    )


def folder_mails(limit: int = MOST) -> list[FolderMail]:
    """The newest mails of the development folder; none where mail goes to a server."""
    current = settings.current()
    if current.transport is not Transport.FOLDER or not current.folder.is_dir():
        return []
    return list(_folder_mails(limit))


def _folder_mails(limit: int) -> Iterator[FolderMail]:
    by_age = sorted(settings.current().folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in by_age[:limit]:
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        body = mail.get_body(preferencelist=("plain",))
        yield FolderMail(path.stem, at, str(mail["To"]), str(mail["Subject"]), body.get_content() if body else "")
