"""Telling people: who hears of a change of a referral, and the neutral message they get."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, select

from referrals.accounts.models import Membership, Person
from referrals.accounts.roles import Role, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.queries.choices import CASE_ROLES
from referrals.casework.workflow import Audience
from referrals.foundation.database import db
from referrals.notifications.actions import queue
from referrals.notifications.messages import (
    ConsentApprovalAsked,
    Recipient,
    ReferralMessage,
    ReferralSubmitted,
    UrgentReferralSubmitted,
)


def tell(referral: Referral, message: type[ReferralMessage], audience: Audience, *, by: Viewer) -> None:
    """Queue one message to everybody of the audience but the person who did it."""
    if audience is Audience.OTHER_SIDE:
        audience = Audience.OFFICE if by.side is Side.GROUP else Audience.GROUP
    if referral.reference is None:
        # A draft has no other side to tell.
        return
    found = [to for to in recipients(referral, audience) if to.person_id != by.person_id]
    if message is ReferralSubmitted and referral.urgency == "urgent":
        message = UrgentReferralSubmitted
    if found:
        queue(message(reference=referral.reference, path=f"/referrals/{referral.reference}"), to=found)


def recipients(referral: Referral, audience: Audience) -> list[Recipient]:
    """Who is told: in the group who made and sent it, or has taken it over, or where they have all left its leads; in
    the office the assignee, or without one everybody there.
    """
    if audience is Audience.GROUP:
        return _of_group(referral)
    if audience is Audience.REFERRER:
        return _people(referral.group_id, {referral.referrer_id})
    if audience is Audience.ASSIGNEE:
        return _people(referral.office_id, {referral.assignee_id})
    assigned = _people(referral.office_id, {referral.assignee_id}) if referral.assignee_id else []
    return assigned or _roles(referral.office_id, CASE_ROLES)


def _of_group(referral: Referral) -> list[Recipient]:
    own = {referral.referrer_id} if referral.referrer_id else {referral.created_by_id, referral.submitted_by_id}
    found = _people(referral.group_id, own)
    # The people who answer to the body that a complaint is about do not hear of it.
    return found if found or referral.trusted_body_conflict else _roles(referral.group_id, (Role.LEAD,))


def ask_leads(referral: Referral, *, by: Viewer) -> None:
    """Ask the leads of the group who may see the referral, or its draft, to approve the ground it rests on."""
    if referral.trusted_body_conflict:
        return
    page = f"/referrals/{referral.reference}" if referral.reference else f"/drafts/{referral.id}/check"
    found = [to for to in _roles(referral.group_id, (Role.LEAD,)) if to.person_id != by.person_id]
    queue(ConsentApprovalAsked(path=page), to=found)


def _people(organisation_id: UUID | None, person_ids: Collection[UUID | None]) -> list[Recipient]:
    return _active(organisation_id, Person.id.in_([person_id for person_id in person_ids if person_id]))


def _roles(organisation_id: UUID | None, roles: Collection[Role]) -> list[Recipient]:
    return _active(organisation_id, Membership.role.in_([role.value for role in roles]))


def _active(organisation_id: UUID | None, where: ColumnElement[bool]) -> list[Recipient]:
    query = (
        select(Person.email, Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            Person.disabled_at.is_(None),
            where,
        )
        .order_by(Person.id)
    )
    found = db.session.execute(query)
    return [Recipient(email=row.email, person_id=row.id, organisation_id=organisation_id) for row in found]
