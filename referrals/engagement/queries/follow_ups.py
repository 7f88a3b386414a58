"""What is to be done after contacts: of some contacts, one by itself, and whatever a person is to do soon."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from referrals.accounts.roles import Permission, Reach
from referrals.accounts.viewer import Viewer
from referrals.engagement import policy
from referrals.engagement.models import FollowUp
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

# What is due within so many days stands on the front page.
AHEAD: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do, as the front page shows it."""

    id: UUID
    contact_id: UUID
    words: str
    due_on: date
    owner_id: UUID | None


def follow_up(follow_up_id: UUID, viewer: Viewer) -> FollowUp:
    """One that the viewer may read. Raises NotFound."""
    found = db.session.get(FollowUp, follow_up_id)
    if found is None or not policy.reads_words(found.organisation_id, viewer):
        raise NotFound
    return found


def follow_ups_of(contact_ids: Collection[UUID]) -> dict[UUID, list[FollowUp]]:
    """What is to be done after each of these contacts, by due day; one query, or none for none."""
    found: dict[UUID, list[FollowUp]] = defaultdict(list)
    query = select(FollowUp).where(FollowUp.contact_id.in_(list(contact_ids))).order_by(FollowUp.due_on, FollowUp.id)
    for one in db.session.scalars(query) if contact_ids else ():
        found[one.contact_id].append(one)
    return found


def due_follow_ups(viewer: Viewer, *, own: bool, ahead: timedelta | None = AHEAD) -> list[Due]:
    """What is open and due soon, the most pressing first: for a lead of the whole group unless `own`, for everybody
    else what is theirs to do, and what they wrote down that the office is to do. One query.
    """
    if not viewer.may(Permission.ENGAGEMENT_WRITE):
        return []
    query = select(FollowUp).where(FollowUp.organisation_id == viewer.organisation_id, FollowUp.standing == "open")
    if ahead is not None:
        query = query.where(FollowUp.due_on <= today() + ahead)
    if own or viewer.reach is not Reach.ORGANISATION:
        noted = FollowUp.owner_id.is_(None) & (FollowUp.noted_by_id == viewer.person_id)
        query = query.where(or_(FollowUp.owner_id == viewer.person_id, noted))
    rows = db.session.scalars(query.order_by(FollowUp.due_on, FollowUp.id))
    return [Due(one.id, one.contact_id, one.words or "", one.due_on, one.owner_id) for one in rows]
