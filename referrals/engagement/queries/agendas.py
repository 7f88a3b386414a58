"""Agendas as read: what is to be talked about at a meeting, in its order, and which follow-ups could be."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.engagement import policy as log
from referrals.engagement.models import AgendaItem, Contact, FollowUp, Meeting
from referrals.engagement.queries.meetings import meeting
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound


def agenda_of(found: Meeting) -> list[AgendaItem]:
    """What is on the agenda of a meeting that a query has given out, and what was taken off it, in its order."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == found.id)
    return list(db.session.scalars(query.order_by(AgendaItem.place, AgendaItem.id)))


def agenda_item(item_id: UUID, viewer: Viewer) -> AgendaItem:
    """One of them. Raises NotFound."""
    found = db.session.get(AgendaItem, item_id)
    if found is None:
        raise NotFound
    meeting(found.meeting_id, viewer)
    return found


def open_follow_ups_with(term_id: UUID, viewer: Viewer) -> list[FollowUp]:
    """What is open after contacts of the viewer's group with one MP, the most pressing first; one query."""
    query = (
        select(FollowUp)
        .join(Contact, Contact.id == FollowUp.contact_id)
        .where(FollowUp.organisation_id == log.must_keep_log(viewer), FollowUp.standing == "open")
        .where(Contact.term_id == term_id)
    )
    return list(db.session.scalars(query.order_by(FollowUp.due_on, FollowUp.id)))


def follow_ups_by_id(ids: Collection[UUID], viewer: Viewer) -> dict[UUID, FollowUp]:
    """Those of these follow-ups that are in the viewer's log; one query, or none for none."""
    own = FollowUp.organisation_id == log.must_keep_log(viewer)
    rows = db.session.scalars(select(FollowUp).where(FollowUp.id.in_(list(ids)), own)) if ids else ()
    return {one.id: one for one in rows}
