"""Invitations: offered, sent again, taken back, and taken up."""

import re
from uuid import UUID

from sqlalchemy import select

from referrals.accounts import limits, policy, tokens
from referrals.accounts.actions.sessions import start_session, viewer_of
from referrals.accounts.emails import normal_email
from referrals.accounts.models import Invitation, Membership, Person
from referrals.accounts.roles import Role, Side
from referrals.accounts.viewer import SERVICE, Viewer
from referrals.audit.actions import record
from referrals.foundation import clock, locks
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid, NotFound
from referrals.notifications.actions import queue
from referrals.notifications.messages import Invited, Recipient

# The shape alone; whether it exists is found out by writing to it.
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s.]{2,}")


def invite(email: str, name: str, role: Role, *, organisation_id: UUID, side: Side, by: Viewer) -> Invitation:
    """Offer somebody a role in an organisation of that kind, and mail them a link that works once.

    NotFound for an organisation that is not the viewer's to manage, NotAllowed for a role they may not give, Invalid
    (field `email`) for somebody who already belongs there or is already invited.
    """
    policy.must_reach(by, organisation_id)
    policy.must_give(by, role, side)
    return _offer(email, name, role, organisation_id, by=by)


def invite_by_service(email: str, name: str, role: Role, *, organisation_id: UUID) -> Invitation:
    """Offer a role from the terminal of the server: the first administrator has nobody to be invited by.

    Invalid (fields `email`, `name`) as in `invite`, and for what no form has looked at before.
    """
    faults = {
        "email": None if _ADDRESS.fullmatch(email) else "Enter an email address, like name@example.com",
        "name": None
        if 0 < len(name.strip()) <= 120 and name.isprintable()
        else "Enter a name of at most 120 characters",
    }
    if any(faults.values()):
        raise Invalid({field: fault for field, fault in faults.items() if fault})
    return _offer(email, name.strip(), role, organisation_id, by=SERVICE)


def resend_invitation(invitation_id: UUID, *, by: Viewer) -> None:
    """Mail a new link in place of the old one, which stops working; the days count from now again."""
    invitation = _managed(invitation_id, by)
    _send(invitation)
    record("invitation.resent", by=by, subject=("invitation", invitation.id))


def revoke_invitation(invitation_id: UUID, *, by: Viewer) -> None:
    """Take an invitation back; its link stops working."""
    invitation = _managed(invitation_id, by)
    invitation.revoked_at = clock.now()
    record("invitation.revoked", by=by, subject=("invitation", invitation.id))


def join(token: str, name: str, password_hash: str) -> str:
    """Take up an invitation as somebody new; return the token of the session that begins.

    NotFound for a link that no longer works, and for an address that has an account: that person uses `join_as`.
    """
    invitation = _taken_up(token)
    if db.session.scalar(select(Person.id).where(Person.email == invitation.email)) is not None:
        raise NotFound
    person = Person(email=invitation.email, name=name, password_hash=password_hash, created_at=clock.now())
    db.session.add(person)
    return _belong(person, invitation)


def join_as(token: str, person_id: UUID) -> str:
    """Take up an invitation with the account one has, its password just proved; return the new session's token."""
    invitation = _taken_up(token)
    person = db.session.get_one(Person, person_id)
    if person.email != invitation.email or person.disabled_at is not None:
        raise NotFound
    return _belong(person, invitation)


def _offer(email: str, name: str, role: Role, organisation_id: UUID, *, by: Viewer) -> Invitation:
    email = normal_email(email)
    locks.hold(f"invitations of {organisation_id}")
    _refuse_twice(email, organisation_id)
    invitation = Invitation(
        email=email,
        name=name,
        organisation_id=organisation_id,
        role=role.value,
        invited_by_id=by.person_id,
        created_at=clock.now(),
        # A hash of nothing, until the link is made with its token.
        token_hash=tokens.hash_of(tokens.new_token()),
        expires_at=clock.now(),
    )
    db.session.add(invitation)
    _send(invitation)
    facts = {"role": role, "organisation": organisation_id}
    record("person.invited", by=by, subject=("invitation", invitation.id), facts=facts)
    return invitation


def _refuse_twice(email: str, organisation_id: UUID) -> None:
    here = select(Membership.id).join(Person, Person.id == Membership.person_id)
    here = here.where(
        Person.email == email, Membership.organisation_id == organisation_id, Membership.ended_at.is_(None)
    )
    if db.session.scalar(here) is not None:
        raise Invalid({"email": "This person already belongs here"})
    invited = select(Invitation.id).where(
        Invitation.email == email,
        Invitation.organisation_id == organisation_id,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
    )
    if db.session.scalar(invited) is not None:
        raise Invalid({"email": "This person is already invited. You can send the invitation again"})


def _send(invitation: Invitation) -> None:
    token = tokens.new_token()
    invitation.token_hash = tokens.hash_of(token)
    invitation.expires_at = clock.now() + limits.INVITATION
    queue(Invited(path=f"/join/{token}"), to=[Recipient(invitation.email)])


def _managed(invitation_id: UUID, by: Viewer) -> Invitation:
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.accepted_at or invitation.revoked_at:
        raise NotFound
    policy.must_reach(by, invitation.organisation_id)
    return invitation


def _taken_up(token: str) -> Invitation:
    """The open invitation of a link, locked and marked as taken up, so that the link works once."""
    invitation = db.session.scalar(
        select(Invitation).where(Invitation.token_hash == tokens.hash_of(token)).with_for_update()
    )
    if invitation is None or invitation.accepted_at or invitation.revoked_at or clock.now() >= invitation.expires_at:
        raise NotFound
    invitation.accepted_at = clock.now()
    return invitation


def _belong(person: Person, invitation: Invitation) -> str:
    membership = Membership(
        person=person,
        organisation_id=invitation.organisation_id,
        role=invitation.role,
        created_at=clock.now(),
    )
    db.session.add(membership)
    db.session.flush()
    by = viewer_of(membership)
    record("invitation.accepted", by=by, subject=("invitation", invitation.id))
    record("person.joined", by=by, subject=("person", person.id), facts={"role": membership.role})
    return start_session(membership.id)
