"""Turning the key: every referral's key wrapped anew under the newest key of the ring, a batch a transaction."""

from typing import Final

from sqlalchemy import func, select

from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.casework.models import Referral
from referrals.foundation.database import db
from referrals.foundation.sealing import vault
from referrals.foundation.sealing.rotation import rewrap_batch, stale_key_ids

BATCH: Final = 500


def rewrap_referrals(limit: int = BATCH) -> int:
    """Wrap up to `limit` referrals' keys under the current key; how many were taken, 0 when none is left.

    Commit after each batch: what is done stays done, and a rotation that was stopped goes on where it was.
    """
    taken = rewrap_batch(db.session(), Referral, vault(), limit)
    if taken:
        record("keys.rotated", by=SERVICE, subject=("keys", None), facts={"key": vault().current_id, "rows": taken})
    return taken


def referrals_left() -> int:
    """How many referrals still hang on an older key."""
    stale = stale_key_ids(db.session(), Referral, vault())
    if not stale:
        return 0
    query = select(func.count()).select_from(Referral).where(Referral.wrapping_key_id.in_(stale))
    return db.session.scalar(query) or 0
