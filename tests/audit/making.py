"""Makes what the tests of the books need: events, referrals, and a hand that gets past the triggers."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.audit.models import AuditEntry
from referrals.casework.models import Referral
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.foundation.ids import new_id
from tests.people import VOLUNTEER, WHITE_CITY


def make_referral() -> Referral:
    """A draft with its key, added to the session and recorded."""
    moment = clock.now()
    referral = Referral(
        group_id=WHITE_CITY.id, created_by_id=VOLUNTEER.id, state="draft", created_at=moment, updated_at=moment
    )
    referral.make_key()
    db.session.add(referral)
    record("referral.drafted", by=VOLUNTEER.viewer, subject=("referral", referral.id))
    return referral


def make_events(count: int, by: Viewer = VOLUNTEER.viewer) -> list[AuditEntry]:
    """So many saved events in the book of `by`, each in a transaction of its own."""
    made = []
    for number in range(count):
        with transaction():
            facts = {"page": "story", "n": number}
            made.append(record("referral.draft_saved", by=by, subject=("referral", new_id()), facts=facts))
    return made


@contextmanager
def past_the_triggers() -> Iterator[Connection]:
    """A connection of somebody who owns the database: the triggers of the books do not hold them."""
    db.session.rollback()
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
        yield connection
