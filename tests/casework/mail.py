"""What was promised to be told: the messages in the outbox, by kind and person."""

import json

from sqlalchemy import delete, select

from referrals.foundation.database import db, transaction
from referrals.notifications.models import OutboxMessage
from tests import people

_NAMES = {person.email: person for person in people.EVERYBODY}


def told(kind: str) -> set[people.Someone]:
    """Who has a message of this kind waiting."""
    found = db.session.scalars(select(OutboxMessage.to_address).where(OutboxMessage.kind == kind))
    return {_NAMES[address] for address in found}


def params(kind: str) -> list[dict[str, str]]:
    """What the messages of this kind that wait will say."""
    found = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id))
    return [json.loads(message.params or "{}") for message in found]


def forget() -> None:
    """Empty the outbox."""
    with transaction() as session:
        session.execute(delete(OutboxMessage))
