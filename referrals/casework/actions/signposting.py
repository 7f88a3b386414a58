"""Counting signposts: how many people were told where to go, and taking back one's own count of today."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework.models import Signpost
from referrals.casework.queries.signposts import own_signpost
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid

MOST: Final = 50
# Longer ago than this nobody remembers how many they were, and reports of that time have been read.
DAYS_BACK: Final = 31


def count_signpost(category: str, destination: str, day: date, number: int, *, by: Viewer) -> Signpost:
    """Count that `number` people were told to go to `destination`; codes of categories and signpost_destinations.

    Raises NotAllowed, and Invalid under "category", "destination", "day" and "number".
    """
    by.must(Permission.REFERRAL_DRAFT)
    errors = _faults(category, destination, day, number)
    if errors:
        raise Invalid(errors)
    made = Signpost(
        group_id=by.organisation_id,
        person_id=by.person_id,
        category=category,
        destination=destination,
        day=day,
        number=number,
        created_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    facts = {"category": category, "destination": destination, "day": day.isoformat(), "number": number}
    record("signpost.counted", by=by, subject=("signpost", made.id), facts=facts)
    return made


def undo_signpost(signpost_id: UUID, *, by: Viewer) -> None:
    """Take back a count of one's own of today. Raises NotAllowed, NotFound, and IllegalMove for an older one."""
    by.must(Permission.REFERRAL_DRAFT)
    found = own_signpost(signpost_id, by)
    if clock.local_day(found.created_at) != clock.today():
        raise IllegalMove("A count can be taken back on the day it was made.")
    facts = {"category": found.category, "destination": found.destination, "number": found.number}
    record("signpost.undone", by=by, subject=("signpost", found.id), facts=facts)
    db.session.delete(found)
    db.session.flush()


def _faults(category: str, destination: str, day: date, number: int) -> dict[str, str]:
    errors = {}
    if category not in lists.codes("categories"):
        errors["category"] = "Choose what it was about"
    if destination not in lists.codes("signpost_destinations"):
        errors["destination"] = "Choose where they were told to go"
    if day > clock.today():
        errors["day"] = "The day must be today or in the past"
    elif day < clock.today() - timedelta(days=DAYS_BACK):
        errors["day"] = f"Count what happened in the last {DAYS_BACK} days"
    if not 1 <= number <= MOST:
        errors["number"] = f"Enter a number from 1 to {MOST}"
    return errors
