"""Steps that recorded dates may have been, offered to whoever can say so with one click."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import DatedEvent, Milestone, Referral
from referrals.casework.queries.deadlines import kind_label
from referrals.casework.stepping import steps_of
from referrals.foundation.clock import local_day, today
from referrals.foundation.database import db

DATED: Final = "dated_event"


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A date that has come, and the codes of the steps it can have been."""

    event_id: UUID
    label: str
    day: date
    codes: tuple[str, ...]


def offered_steps(row: Referral, events: Sequence[DatedEvent], viewer: Viewer) -> list[OfferedStep]:
    """What to ask about while the referral is open: of these dates, those since it was sent whose day has come and of
    which nothing was noted. One query, and none where there is no such date.
    """
    if row.submitted_at is None or not policy.is_open(row) or not policy.may_keep_dates(row, viewer):
        return []
    sent, now = local_day(row.submitted_at), today()
    likely = [one for one in events if sent <= one.day <= now and steps_of(one.kind, row.category)]
    if not likely:
        return []
    query = select(Milestone.source_id).where(Milestone.source == DATED, Milestone.referral_id == row.id)
    noted = set(db.session.scalars(query))
    return [
        OfferedStep(one.id, kind_label(one.kind), one.day, steps_of(one.kind, row.category))
        for one in likely
        if one.id not in noted
    ]
