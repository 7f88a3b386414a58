"""Meetings as read: those ahead, those of which nobody has said yet what came of them, and those that were."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, select

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.engagement import policy as log
from referrals.engagement.models import KnownPerson, Meeting
from referrals.engagement.policy import meetings as policy
from referrals.foundation.clock import local_day, now
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

SIZE: Final = 20
# More than any group has ahead of it.
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Ahead:
    """A planned meeting as coordinators read it: its kind and its day, and no other word."""

    kind: str
    on: date


def meeting(meeting_id: UUID, viewer: Viewer) -> Meeting:
    """One meeting that the viewer may know of. Raises NotFound."""
    found = db.session.get(Meeting, meeting_id)
    if found is None or not policy.may_read(found, viewer):
        raise NotFound
    return found


def open_meetings(viewer: Viewer, term_id: UUID | None = None) -> list[Meeting]:
    """What is planned, or over but not yet in the log, of the viewer's group, the earliest first; one query."""
    query = _open(log.must_keep_log(viewer))
    if term_id is not None:
        query = query.where(Meeting.term_id == term_id)
    return list(db.session.scalars(query))


def past_meetings(viewer: Viewer, *, page: int = 1) -> tuple[list[Meeting], int]:
    """A page, from 1 on, of what was held or cancelled, the latest first, and how many pages there are; two queries."""
    own = Meeting.organisation_id == log.must_keep_log(viewer)
    over = own & (Meeting.contact_id.is_not(None) | Meeting.cancelled_at.is_not(None))
    total = db.session.scalar(select(func.count()).select_from(Meeting).where(over)) or 0
    query = select(Meeting).where(over).order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    return list(db.session.scalars(query.limit(SIZE).offset((page - 1) * SIZE))), -(-total // SIZE)


def meeting_after(found: Meeting) -> Meeting | None:
    """The next of the series of a meeting, which a query has given out; cancelled ones do not count."""
    query = select(Meeting).where(Meeting.after_id == found.id, Meeting.cancelled_at.is_(None))
    return db.session.scalar(query.order_by(Meeting.starts_at).limit(1))


def meeting_before(found: Meeting) -> Meeting | None:
    """The one of its series before it."""
    return db.session.get(Meeting, found.after_id) if found.after_id else None


def meetings_behind(contact_ids: Collection[UUID], viewer: Viewer) -> dict[UUID, Meeting]:
    """The meetings of the viewer's group that became these contacts; one query, or none for none."""
    query = select(Meeting).where(
        Meeting.contact_id.in_(list(contact_ids)), Meeting.organisation_id == viewer.organisation_id
    )
    return {one.contact_id: one for one in db.session.scalars(query) if one.contact_id} if contact_ids else {}


def meetings_of_person(viewer: Viewer, *, everything: bool) -> list[Meeting]:
    """What is ahead of the viewer: what they are invited to or have planned, or all of their group; one query."""
    if not viewer.may(Permission.ENGAGEMENT_WRITE) or viewer.organisation_id is None:
        return []
    rows = db.session.scalars(_open(viewer.organisation_id).where(Meeting.starts_at > now()))
    mine = str(viewer.person_id)
    return [one for one in rows if everything or mine in one.ours or one.planned_by_id == viewer.person_id]


def meetings_ahead_of(organisation_id: UUID, viewer: Viewer) -> list[Ahead]:
    """What a group has ahead, by kind and day, for who may read its log; one query. Raises NotFound to all others."""
    log.must_read_log(organisation_id, viewer)
    rows = db.session.scalars(_open(organisation_id).where(Meeting.starts_at > now()))
    return [Ahead(one.kind, local_day(one.starts_at)) for one in rows]


def known_by_id(ids: Collection[str], organisation_id: UUID) -> list[KnownPerson]:
    """People whom a group knows, by the ids that one of its meetings has kept; one query, or none for none."""
    query = select(KnownPerson).where(
        KnownPerson.id.in_([UUID(one) for one in ids]), KnownPerson.organisation_id == organisation_id
    )
    return sorted(db.session.scalars(query), key=lambda one: (one.name or "").lower()) if ids else []


def _open(organisation_id: UUID) -> Select[Any]:
    query = select(Meeting).where(
        Meeting.organisation_id == organisation_id, Meeting.contact_id.is_(None), Meeting.cancelled_at.is_(None)
    )
    return query.order_by(Meeting.starts_at, Meeting.id).limit(MOST)
