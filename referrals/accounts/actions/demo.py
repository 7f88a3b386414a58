"""Demonstration people: invented, marked as such, and never let into production."""

from uuid import UUID

from referrals.accounts.actions.sessions import viewer_of
from referrals.accounts.models import Membership, Person
from referrals.accounts.roles import Role
from referrals.accounts.viewer import SERVICE, Viewer
from referrals.audit.actions import record
from referrals.foundation import clock
from referrals.foundation.database import db


def add_demo_person(*, email: str, name: str, role: Role, organisation_id: UUID, password_hash: str) -> Viewer:
    """Let an invented person belong to an organisation, without an invitation; return on whose behalf they act."""
    person = Person(email=email, name=name, password_hash=password_hash, created_at=clock.now(), is_demo=True)
    membership = Membership(person=person, organisation_id=organisation_id, role=role.value, created_at=clock.now())
    db.session.add_all([person, membership])
    db.session.flush()
    record("person.joined", by=SERVICE, subject=("person", person.id), facts={"role": role, "demo": True})
    return viewer_of(membership)
