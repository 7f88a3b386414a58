"""Queueing: a message is promised in the same transaction as the change it tells of."""

import json
from collections.abc import Iterable
from uuid import uuid4

from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.notifications import settings
from referrals.notifications.messages import Message, Recipient
from referrals.notifications.models import OutboxMessage


def queue(message: Message, *, to: Iterable[Recipient]) -> None:
    """Put one message for each address into the outbox, as part of the caller's transaction; the worker delivers it."""
    moment = clock.now()
    host = settings.current().host
    params = json.dumps(message.params(), ensure_ascii=False, separators=(",", ":"))
    for recipient in {recipient.email: recipient for recipient in to}.values():
        row = OutboxMessage(
            message_id=f"<{uuid4()}@{host}>",
            kind=type(message).__name__,
            to_address=recipient.email,
            to_person_id=recipient.person_id,
            state="waiting",
            created_at=moment,
            due_at=moment,
        )
        row.params = params
        db.session.add(row)
