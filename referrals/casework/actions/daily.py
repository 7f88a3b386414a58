"""Daily work of the service itself: closing after silence, and forgetting what an office declined."""

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import exists, select

from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.casework import indexing
from referrals.casework.actions.moving import move
from referrals.casework.clocks import DECLINED_WORDS_DAYS
from referrals.casework.models import Referral, SearchEntry
from referrals.casework.workflow import states
from referrals.foundation.clock import LONDON, today
from referrals.foundation.database import db

BATCH: Final = 200


def close_after_silence(limit: int = BATCH) -> int:
    """Close referrals whose group let its time to answer pass, at most `limit`; how many were.

    The rest waits for the next call.
    """
    silent = db.session.scalars(
        select(Referral)
        .where(Referral.state == states.OUTCOME_RECORDED, Referral.due_on < today())
        .order_by(Referral.due_on, Referral.id)
        .limit(limit)
        # Somebody may be answering one of them at this very moment: leave that one for later.
        .with_for_update(skip_locked=True)
    ).all()
    for referral in silent:
        move(referral, "close", {}, by=SERVICE, version=None)
    return len(silent)


def forget_declined(limit: int = BATCH) -> int:
    """Take out of the offices' indexes what they declined over 30 days ago; how many were.

    The words themselves are closed to them by policy from that day on. The rest waits for the next call.
    """
    last = datetime.combine(today() - timedelta(days=DECLINED_WORDS_DAYS), time.min, LONDON)
    found_by_office = exists().where(
        SearchEntry.referral_id == Referral.id, SearchEntry.organisation_id == Referral.office_id
    )
    expired = db.session.execute(
        select(Referral.id, Referral.office_id)
        .where(Referral.state == states.DECLINED, Referral.ended_at < last, found_by_office)
        .limit(limit)
    ).all()
    for referral_id, office_id in expired:
        _forget(referral_id, office_id)
    return len(expired)


def _forget(referral_id: UUID, office_id: UUID | None) -> None:
    if office_id is not None:
        indexing.remove(referral_id, [office_id])
    record("referral.closed_to_office", by=SERVICE, subject=("referral", referral_id))
