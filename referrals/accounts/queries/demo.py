"""Who of the demonstration is here: on whose behalf its referrals are told."""

from sqlalchemy import select

from referrals.accounts.models import Membership, Person
from referrals.accounts.roles import Role
from referrals.accounts.viewer import Viewer
from referrals.foundation.database import db


def has_demo_people() -> bool:
    """Whether any invented person is in the database."""
    return db.session.scalar(select(Person.id).where(Person.is_demo).limit(1)) is not None


def demo_viewers() -> dict[str, Viewer]:
    """Every invented person who can come in, by address, in the order in which they were made."""
    query = (
        select(Person.email, Person.id, Person.name, Membership.role, Membership.organisation_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.is_demo, Person.disabled_at.is_(None), Membership.ended_at.is_(None))
        .order_by(Membership.id)
    )
    return {
        row.email: Viewer(row.id, row.name, Role(row.role), row.organisation_id) for row in db.session.execute(query)
    }
