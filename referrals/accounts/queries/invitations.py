"""Invitations as read: by the link that was mailed, and by those who manage them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from referrals.accounts import policy, tokens
from referrals.accounts.models import Invitation
from referrals.accounts.roles import ROLES, Role
from referrals.accounts.viewer import Viewer
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation not yet taken up."""

    id: UUID
    email: str
    name: str
    organisation_id: UUID
    role: Role
    created_at: datetime
    expires_at: datetime

    @property
    def role_label(self) -> str:
        """The role in words."""
        return ROLES[self.role].label

    @property
    def expired(self) -> bool:
        """Whether its link no longer works."""
        return clock.now() >= self.expires_at


def invitation_for(token: str) -> InvitationLine:
    """The invitation a mailed link stands for. NotFound when it was used, revoked, sent anew, or is too old."""
    invitation = db.session.scalar(_open_invitations().where(Invitation.token_hash == tokens.hash_of(token)))
    if invitation is None or clock.now() >= invitation.expires_at:
        raise NotFound
    return _line(invitation)


def invitation(invitation_id: UUID, viewer: Viewer) -> InvitationLine:
    """One invitation of an organisation the viewer manages; NotFound for strangers and for one no longer open."""
    found = db.session.scalar(_open_invitations().where(Invitation.id == invitation_id))
    if found is None:
        raise NotFound
    policy.must_reach(viewer, found.organisation_id)
    return _line(found)


def invitations_of(organisation_id: UUID, viewer: Viewer) -> list[InvitationLine]:
    """The open invitations of an organisation, expired ones too, newest first."""
    policy.must_reach(viewer, organisation_id)
    open_here = _open_invitations().where(Invitation.organisation_id == organisation_id)
    return [_line(found) for found in db.session.scalars(open_here.order_by(Invitation.created_at.desc()))]


def _open_invitations() -> Select[Invitation]:
    return select(Invitation).where(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))


def _line(found: Invitation) -> InvitationLine:
    return InvitationLine(
        id=found.id,
        email=found.email,
        name=found.name,
        organisation_id=found.organisation_id,
        role=Role(found.role),
        created_at=found.created_at,
        expires_at=found.expires_at,
    )
