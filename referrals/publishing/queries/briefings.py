"""Briefings as read: those of the viewer's group, those that came to their office, and what can go into one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer

from referrals.accounts.queries import PersonLine, colleagues
from referrals.accounts.roles import ROLES, Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.directory.models import Office
from referrals.engagement import queries as engagement
from referrals.foundation.clock import now, today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.publishing.models import Brief, Briefing
from referrals.publishing.policy import briefings as policy
from referrals.stories.queries import Told, published_for

EMAIL: Final = "email"
_LIGHT: Final = (defer(Briefing.content_sealed), defer(Briefing.words_sealed), defer(Briefing.figures))


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody of an MP's office whom the group knows, and where they get mail."""

    name: str
    email: str


def briefing(briefing_id: UUID, viewer: Viewer) -> Briefing:
    """One briefing the viewer may read. Raises NotFound."""
    found = db.session.get(Briefing, briefing_id)
    if found is None or not policy.may_see(found, viewer):
        raise NotFound
    return found


def own_briefings(viewer: Viewer, term_id: UUID | None = None) -> list[Briefing]:
    """Those of the viewer's group, perhaps to one MP, the newest first; drafts only for who writes them. One query.

    None for whoever is of no group.
    """
    if viewer.side is not Side.GROUP:
        return []
    query = select(Briefing).where(Briefing.organisation_id == viewer.organisation_id).options(*_LIGHT)
    if not policy.may_write(viewer):
        query = query.where(Briefing.sent_at.is_not(None))
    if term_id is not None:
        query = query.where(Briefing.term_id == term_id)
    return list(db.session.scalars(query.order_by(Briefing.period.desc(), Briefing.drafted_at.desc(), Briefing.id)))


def received_briefings(viewer: Viewer) -> list[Briefing]:
    """Those that came to the office of the viewer, the newest first. Two queries, or none for who is of no office."""
    term_id = policy.receives(viewer)
    if term_id is None:
        return []
    query = select(Briefing).where(Briefing.term_id == term_id, Briefing.sent_at.is_not(None)).options(*_LIGHT)
    return list(db.session.scalars(query.order_by(Briefing.sent_at.desc(), Briefing.id)))


def briefing_over(organisation_id: UUID, term_id: UUID, period: str) -> Briefing | None:
    """The briefing of a group to an MP over a quarter, if there is one."""
    query = select(Briefing).where(
        Briefing.organisation_id == organisation_id, Briefing.term_id == term_id, Briefing.period == period
    )
    return db.session.scalar(query)


def last_sent(organisation_id: UUID, term_id: UUID) -> Briefing | None:
    """The briefing that an MP got last from a group."""
    query = select(Briefing).where(
        Briefing.organisation_id == organisation_id, Briefing.term_id == term_id, Briefing.sent_at.is_not(None)
    )
    return db.session.scalar(query.order_by(Briefing.sent_at.desc()).limit(1))


def briefings_of_contacts(contact_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The briefing whose sending is each of these entries of the log, where it is one; one query, or none for none."""
    query = select(Briefing.contact_id, Briefing.id).where(Briefing.contact_id.in_(list(contact_ids)))
    rows = db.session.execute(query) if contact_ids else ()
    return {row.contact_id: row.id for row in rows if row.contact_id is not None}


def briefs_told(organisation_id: UUID, term_id: UUID, since: datetime) -> list[Brief]:
    """The briefs that a group has sent to an MP's office since then, the latest first."""
    offices = select(Office.organisation_id).where(Office.term_id == term_id)
    query = select(Brief).where(
        Brief.organisation_id == organisation_id,
        Brief.office_id.in_(offices),
        Brief.sent_at >= since,
        Brief.sent_at <= now(),
    )
    return list(db.session.scalars(query.order_by(Brief.sent_at.desc(), Brief.id)))


def stories_for(organisation_id: UUID) -> list[Told]:
    """The published case studies about a group's work that may be named in what it publishes, the latest first."""
    return published_for([organisation_id], None, date.max)


def office_of_term(term_id: UUID) -> UUID | None:
    """The office of an MP on this service, if it has one."""
    return db.session.scalar(select(Office.organisation_id).where(Office.term_id == term_id).limit(1))


def addresses_of(term_id: UUID, viewer: Viewer) -> list[Address]:
    """Where a briefing to an MP can go: email addresses of today that the viewer's group has noted of their staff."""
    people = [one for one in engagement.known_people(viewer, term_id) if one.ends_on is None or one.ends_on > today()]
    details = engagement.details_of([one.id for one in people])
    found = {
        detail.value or "": Address(one.name or "", detail.value or "")
        for one in people
        for detail in details[one.id]
        if detail.kind == EMAIL and detail.until_on is None
    }
    # People note the office itself like a person, called so; it is the address that stays when somebody leaves.
    return sorted(found.values(), key=lambda one: not one.name.lower().startswith("the office"))


def approvers(found: Briefing, viewer: Viewer) -> list[PersonLine]:
    """Who may approve it: the other leads, or without any who wrote in it last."""
    writers = [one for one in colleagues(viewer) if Permission.BRIEF_WRITE in ROLES[one.role].permissions]
    return [one for one in writers if one.person_id != found.edited_by_id] or writers
