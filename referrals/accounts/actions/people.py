"""What those who manage people do: change a role, end a membership, disable and enable."""

from uuid import UUID

from sqlalchemy import func, select

from referrals.accounts import policy
from referrals.accounts.actions.sessions import end_sessions
from referrals.accounts.models import Membership, Person
from referrals.accounts.roles import ROLES, Role
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.foundation import clock, locks
from referrals.foundation.database import db
from referrals.foundation.errors import DomainError, NotAllowed, NotFound


class LastOne(DomainError):
    """The change would leave an organisation with nobody to manage it."""

    message = "This is the only person who can manage people here. Give somebody else the same role first."


class BelongsElsewhere(DomainError):
    """A person of two organisations cannot be shut out of both by one of them."""

    message = "This person also belongs to another organisation. You can remove them from yours."


def change_role(membership_id: UUID, role: Role, *, by: Viewer) -> None:
    """Give a member another role of the same kind of organisation; they sign in again with it."""
    membership = _managed(membership_id, by)
    policy.must_give(by, role, ROLES[Role(membership.role)].side)
    if membership.role == role.value:
        return
    _refuse_last_one(membership)
    facts = {"from": membership.role, "to": role}
    membership.role = role.value
    ended = end_sessions(membership.person_id, "role_changed")
    record("person.role_changed", by=by, subject=("person", membership.person_id), facts={**facts, "sessions": ended})


def end_membership(membership_id: UUID, *, by: Viewer) -> None:
    """Remove a person from an organisation; what they did there stays, and so does their account elsewhere."""
    membership = _managed(membership_id, by)
    _refuse_last_one(membership)
    membership.ended_at = clock.now()
    ended = end_sessions(membership.person_id, "membership_ended")
    facts = {"role": membership.role, "organisation": membership.organisation_id, "sessions": ended}
    record("person.left", by=by, subject=("person", membership.person_id), facts=facts)


def disable_person(membership_id: UUID, *, by: Viewer) -> None:
    """Keep a person from signing in, from this moment on; their sessions end. It can be undone."""
    membership = _managed(membership_id, by)
    person = membership.person
    if person.disabled_at is not None:
        return
    active = [other for other in person.memberships if other.ended_at is None]
    if len(active) > 1 and not policy.tends_every_organisation(by):
        raise BelongsElsewhere
    for other in active:
        _refuse_last_one(other)
    person.disabled_at = clock.now()
    ended = end_sessions(person.id, "disabled")
    record("person.disabled", by=by, subject=("person", person.id), facts={"sessions": ended})


def enable_person(membership_id: UUID, *, by: Viewer) -> None:
    """Let a disabled person sign in again."""
    membership = _managed(membership_id, by)
    if membership.person.disabled_at is None:
        return
    membership.person.disabled_at = None
    record("person.enabled", by=by, subject=("person", membership.person_id))


def _managed(membership_id: UUID, by: Viewer) -> Membership:
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.ended_at is not None:
        raise NotFound
    policy.must_reach(by, membership.organisation_id)
    if membership.person_id == by.person_id:
        raise NotAllowed("You cannot do this to your own account. Ask somebody else who manages people.")
    if not policy.may_change(by, Role(membership.role)):
        raise NotAllowed
    return membership


def _refuse_last_one(membership: Membership) -> None:
    """Raise LastOne when nobody else of the organisation could manage its people after this."""
    keeper = policy.KEEPERS.get(ROLES[Role(membership.role)].side)
    if membership.role != keeper or membership.person.disabled_at is not None:
        return
    locks.hold(f"people of {membership.organisation_id}")
    others = db.session.scalar(
        select(func.count())
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == membership.organisation_id,
            Membership.role == keeper,
            Membership.id != membership.id,
            Membership.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
    if not others:
        raise LastOne
