"""Saying that one has seen what is new: a mark of one's own, and no change of anything anybody else sees."""

from datetime import datetime

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework.models import NewsMark
from referrals.directory.upserts import upsert
from referrals.foundation import clock
from referrals.foundation.database import db


def mark_news_seen(until: datetime, *, by: Viewer) -> None:
    """Note that the person has seen all news up to a moment, at most up to now. Raises NotAllowed."""
    by.must(Permission.REFERRAL_DRAFT)
    seen = min(until, clock.now())
    upsert(
        db.session(),
        NewsMark,
        [{"person_id": by.person_id, "organisation_id": by.organisation_id, "seen_until": seen}],
    )
