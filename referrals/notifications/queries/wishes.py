"""How one person wants ordinary mail to come."""

from dataclasses import dataclass
from uuid import UUID

from referrals.foundation.database import db
from referrals.notifications.models import MailWish
from referrals.notifications.wishes import AT_ONCE, DIGEST_HOUR


@dataclass(frozen=True, slots=True)
class Wish:
    """At once, daily or never; the hour of a digest; and the quiet hours. Hours are those of London."""

    way: str = AT_ONCE
    digest_hour: int = DIGEST_HOUR
    quiet_from: int | None = None
    quiet_until: int | None = None
    quiet_weekends: bool = False


def wish_of(person_id: UUID | None) -> Wish:
    """What the person chose, or what everybody has who chose nothing."""
    row = db.session.get(MailWish, person_id) if person_id else None
    if row is None:
        return Wish()
    return Wish(row.way, row.digest_hour, row.quiet_from, row.quiet_until, row.quiet_weekends)
