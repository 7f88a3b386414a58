"""Queueing a message in the transaction of the change it tells of: as a notice, and as mail the way each one chose."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.notifications import papers, settings
from referrals.notifications.messages import Haste, Message, Recipient
from referrals.notifications.models import MailWish, Notice, OutboxMessage
from referrals.notifications.quiet_hours import after_quiet
from referrals.notifications.wishes import DAILY, NEVER


def queue(message: Message, *, to: Iterable[Recipient], mail_id: str | None = None) -> None:
    """Tell each recipient, as part of the caller's transaction: a notice where they have an account, and mail.

    Mail goes into the outbox, from where the worker delivers it: at once, or, where a message is ordinary, as the
    person chose. `mail_id` names the mail where a second of the same name must be impossible. One mail an address.
    """
    recipients = list(to)
    moment = clock.now()
    wishes = {} if message.haste is not Haste.ORDINARY else _wishes(recipients)
    if message.haste is not Haste.ACCOUNT:
        _notify(message, recipients, moment, wishes)
    for recipient in {recipient.email: recipient for recipient in recipients}.values():
        wish = wishes.get(recipient.person_id)
        # Who has no notice is told by mail in any case.
        if wish is None or wish.way not in {DAILY, NEVER} or recipient.organisation_id is None:
            row = _mail(message, recipient, moment, after_quiet(wish, moment) if wish else moment)
            row.message_id = f"<{mail_id or uuid4()}@{settings.current().host}>"
            db.session.add(row)


def queue_paper(kind: str, paper_id: UUID, *, to: Iterable[str]) -> None:
    """Mail a paper to addresses outside, as part of the caller's transaction; the outbox keeps its id alone.

    Raises ValueError for a kind that nobody makes: what cannot be made again must not be promised.
    """
    if not papers.is_paper(kind):
        raise ValueError(f"nobody makes papers of the kind {kind}")
    moment = clock.now()
    for address in dict.fromkeys(to):
        row = OutboxMessage(kind=kind, to_address=address, state="waiting", created_at=moment, due_at=moment)
        row.params = json.dumps({"id": str(paper_id)})
        row.message_id = f"<{uuid4()}@{settings.current().host}>"
        db.session.add(row)


def _wishes(recipients: Sequence[Recipient]) -> dict[UUID | None, MailWish]:
    ids = {recipient.person_id for recipient in recipients} - {None}
    found = db.session.scalars(select(MailWish).where(MailWish.person_id.in_(ids))) if ids else ()
    return {wish.person_id: wish for wish in found}


def _notify(
    message: Message, recipients: Sequence[Recipient], moment: datetime, wishes: dict[UUID | None, MailWish]
) -> None:
    for person_id, organisation_id in {(one.person_id, one.organisation_id): None for one in recipients}:
        if person_id is None or organisation_id is None:
            continue
        wish = wishes.get(person_id)
        notice = Notice(
            person_id=person_id,
            organisation_id=organisation_id,
            kind=type(message).__name__,
            reference=getattr(message, "reference", None),
            path=message.path,
            at=moment,
            for_digest=wish is not None and wish.way == DAILY,
        )
        db.session.add(notice)


def _mail(message: Message, recipient: Recipient, moment: datetime, not_before: datetime) -> OutboxMessage:
    row = OutboxMessage(
        kind=type(message).__name__,
        to_address=recipient.email,
        to_person_id=recipient.person_id,
        state="waiting",
        created_at=moment,
        due_at=not_before,
        not_before=not_before if not_before > moment else None,
    )
    row.params = json.dumps(message.params(), ensure_ascii=False, separators=(",", ":"))
    return row
