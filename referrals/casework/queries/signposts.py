"""Signposts as their group counts them: one's own of the month, and the lines of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from referrals.accounts.models import Person
from referrals.accounts.roles import Reach, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Signpost
from referrals.foundation.clock import local_day, today
from referrals.foundation.database import db
from referrals.foundation.errors import NotAllowed, NotFound

SHOWN = 50


@dataclass(frozen=True, slots=True)
class SignpostLine:
    """One count, in codes of the lists categories and signpost_destinations."""

    id: UUID
    category: str
    destination: str
    day: date
    number: int
    by_name: str
    # Whether the viewer may still take it back.
    may_undo: bool


def signposted_this_month(viewer: Viewer) -> int:
    """How many people the viewer has shown the way since the first of the month; one query."""
    query = select(func.coalesce(func.sum(Signpost.number), 0)).where(
        Signpost.person_id == viewer.person_id,
        Signpost.group_id == viewer.organisation_id,
        Signpost.day >= today().replace(day=1),
    )
    return int(db.session.scalar(query) or 0)


def signposts(viewer: Viewer) -> list[SignpostLine]:
    """The latest counts, at most 50: a volunteer's own, a lead's whole area. Raises NotAllowed to other sides."""
    if viewer.side is not Side.GROUP:
        raise NotAllowed
    query = (
        select(Signpost, Person.name)
        .join(Person, Person.id == Signpost.person_id)
        .where(Signpost.group_id == viewer.organisation_id)
        .order_by(Signpost.day.desc(), Signpost.id.desc())
        .limit(SHOWN)
    )
    if viewer.reach is not Reach.ORGANISATION:
        query = query.where(Signpost.person_id == viewer.person_id)
    return [_line(found, name, viewer) for found, name in db.session.execute(query)]


def own_signpost(signpost_id: UUID, viewer: Viewer) -> Signpost:
    """One count that the viewer made in this group. Raises NotFound."""
    found = db.session.get(Signpost, signpost_id)
    if found is None or (found.person_id, found.group_id) != (viewer.person_id, viewer.organisation_id):
        raise NotFound
    return found


def _line(found: Signpost, name: str, viewer: Viewer) -> SignpostLine:
    return SignpostLine(
        id=found.id,
        category=found.category,
        destination=found.destination,
        day=found.day,
        number=found.number,
        by_name=name,
        may_undo=found.person_id == viewer.person_id and local_day(found.created_at) == today(),
    )
