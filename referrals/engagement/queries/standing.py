"""Where an area and its MP stand, as read: stages over time, what the log shows, and stances for the few who may."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.engagement import policy
from referrals.engagement.models import Contact, Stage, Stance
from referrals.engagement.queries.contacts import YEAR
from referrals.foundation.clock import today
from referrals.foundation.database import db

# The furthest first.
STAGES: Final = ("working_together", "publicity", "informing")


def stages(organisation_id: UUID, viewer: Viewer, term_id: UUID) -> list[Stage]:
    """The stages of an area with one MP, the latest first. Raises NotFound to who may not read its log."""
    policy.must_read_log(organisation_id, viewer)
    query = select(Stage).where(Stage.organisation_id == organisation_id, Stage.term_id == term_id)
    return list(db.session.scalars(query.order_by(Stage.since_on.desc(), Stage.set_at.desc())))


def stage_in_log(organisation_id: UUID, viewer: Viewer, term_id: UUID) -> str:
    """The furthest that the contacts of the last 12 months with one MP reached; "no_contact" without any."""
    policy.must_read_log(organisation_id, viewer)
    query = select(Contact.types).where(
        Contact.organisation_id == organisation_id, Contact.term_id == term_id, Contact.happened_on > today() - YEAR
    )
    found = {code for codes in db.session.scalars(query) for code in codes}
    return next((stage for stage in STAGES if stage in found), "no_contact")


def stances(organisation_id: UUID, viewer: Viewer, term_id: UUID) -> list[Stance]:
    """How an MP stood towards an area over time, the latest first; none for who may not know."""
    if not policy.may_know_stances(organisation_id, viewer):
        return []
    query = select(Stance).where(Stance.organisation_id == organisation_id, Stance.term_id == term_id)
    return list(db.session.scalars(query.order_by(Stance.assessed_on.desc(), Stance.assessed_at.desc())))


def present_stances(pairs: Collection[tuple[UUID, UUID]], viewer: Viewer) -> dict[tuple[UUID, UUID], Stance]:
    """The latest stance of each pair of an area and a term, for areas whose stances the viewer may know; one query."""
    areas = {area for area, _ in pairs if policy.may_know_stances(area, viewer)}
    if not areas:
        return {}
    query = select(Stance).where(Stance.organisation_id.in_(areas))
    rows = db.session.scalars(query.order_by(Stance.assessed_on, Stance.assessed_at))
    latest = {(row.organisation_id, row.term_id): row for row in rows}
    return {pair: row for pair, row in latest.items() if pair in set(pairs)}
