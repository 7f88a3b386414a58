"""People as read: who belongs to an organisation, who can be assigned, who gets mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select

from referrals.accounts import policy
from referrals.accounts.models import Membership, Person, SignInSession
from referrals.accounts.roles import ROLES, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.notifications.messages import Recipient


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in one organisation, as a list of people shows them."""

    person_id: UUID
    membership_id: UUID
    organisation_id: UUID
    name: str
    email: str
    role: Role
    joined_at: datetime
    disabled: bool
    last_seen_at: datetime | None

    @property
    def role_label(self) -> str:
        """The role in words."""
        return ROLES[self.role].label


def people_of(organisation_id: UUID, viewer: Viewer) -> list[PersonLine]:
    """Everybody who belongs to the organisation now, disabled people too, by name. NotFound where it is not theirs."""
    policy.must_reach(viewer, organisation_id)
    return _lines(_people().where(Membership.organisation_id == organisation_id))


def member(membership_id: UUID, viewer: Viewer) -> PersonLine:
    """One person of an organisation the viewer manages; NotFound for strangers."""
    found = _lines(_people().where(Membership.id == membership_id))
    if not found:
        raise NotFound
    policy.must_reach(viewer, found[0].organisation_id)
    return found[0]


def colleagues(viewer: Viewer) -> list[PersonLine]:
    """The people of the viewer's own organisation who can come in now, themselves included, by name."""
    here = Membership.organisation_id == viewer.organisation_id
    return _lines(_people().where(here, Person.disabled_at.is_(None)))


def names_of(person_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The name of each of these people, also of those who have left."""
    wanted = {person_id for person_id in person_ids if person_id is not None}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted))) if wanted else ()
    return {row.id: row.name for row in rows}


def mail_recipients(organisation_id: UUID, roles: Iterable[Role]) -> list[Recipient]:
    """Where to write to the people of these roles in an organisation who can come in now."""
    rows = db.session.execute(
        select(Person.email, Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role.in_([role.value for role in roles]),
            Membership.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.email)
    )
    return [Recipient(row.email, row.id, organisation_id) for row in rows]


def recipient(person_id: UUID) -> Recipient | None:
    """Where to write to one person, or None when they are disabled or belong nowhere any more."""
    email = db.session.scalar(
        select(Person.email).where(
            Person.id == person_id,
            Person.disabled_at.is_(None),
            Person.memberships.any(Membership.ended_at.is_(None)),
        )
    )
    return Recipient(email, person_id) if email else None


def has_role_on(side: Side, person_id: UUID | None) -> bool:
    """Whether a person belongs to an organisation of this side now, whichever they are acting for; one query."""
    roles = [role.value for role, spec in ROLES.items() if spec.side is side]
    query = select(Membership.id).where(
        Membership.person_id == person_id, Membership.role.in_(roles), Membership.ended_at.is_(None)
    )
    return db.session.scalar(query.limit(1)) is not None


def head_counts(organisation_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many people who can come in each organisation has; one without any is left out."""
    rows = db.session.execute(
        select(Membership.organisation_id, func.count())
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id.in_(list(organisation_ids)),
            Membership.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .group_by(Membership.organisation_id)
    )
    return {row[0]: row[1] for row in rows}


def _people() -> Select[*tuple[Any, ...]]:
    last_seen = (
        select(func.max(SignInSession.seen_at))
        .where(SignInSession.membership_id == Membership.id)
        .scalar_subquery()
        .label("last_seen_at")
    )
    return (
        select(
            Person.id.label("person_id"),
            Membership.id.label("membership_id"),
            Membership.organisation_id,
            Person.name,
            Person.email,
            Membership.role,
            Membership.created_at.label("joined_at"),
            Person.disabled_at,
            last_seen,
        )
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.ended_at.is_(None))
        .order_by(Person.name, Person.id)
    )


def _lines(people: Select[*tuple[Any, ...]]) -> list[PersonLine]:
    return [_line(row) for row in db.session.execute(people)]


def _line(row: Row[*tuple[Any, ...]]) -> PersonLine:
    values = row._asdict()
    return PersonLine(role=Role(values.pop("role")), disabled=values.pop("disabled_at") is not None, **values)
