"""What can be chosen in answer to an ask: codes of the lists, or the people of the office."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.models import Membership, Person
from referrals.accounts.roles import Permission, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.workflow import Ask, AskKind
from referrals.directory import lists
from referrals.foundation.database import db

# Who works cases in an office, and so can be given one.
CASE_ROLES = (Role.CASEWORKER, Role.MANAGER)
# Who in a group writes referrals and follows them.
GROUP_ROLES = (Role.VOLUNTEER, Role.LEAD)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose; `value` is a code, or a person's UUID as text."""

    value: str
    label: str
    hint: str | None = None


def choices_for(ask: Ask, referral: Referral, viewer: Viewer, parent: str | None = None) -> list[Choice]:
    """What a form offers for an ask; empty for kinds that are typed.

    `parent` is the answer to the ask's parent where it was given (the new category), else the referral's category.
    """
    if ask.kind is AskKind.PERSON:
        return _people(referral, viewer)
    if ask.list_code is None:
        return []
    under = (parent or referral.category) if ask.parent else None
    return [Choice(item.code, item.label, item.hint) for item in lists.current(ask.list_code, under)]


def case_people(organisation_id: UUID | None) -> dict[UUID, str]:
    """The people who work cases in an office now, by name: id to name; one query."""
    return _by_name(organisation_id, CASE_ROLES)


def people_of(viewer: Viewer) -> dict[UUID, str]:
    """The people of the viewer's side who can be given a referral, by name: id to name; one query."""
    return _by_name(viewer.organisation_id, GROUP_ROLES if viewer.side is Side.GROUP else CASE_ROLES)


def people_for(referral: Referral, viewer: Viewer) -> dict[UUID, str]:
    """Those of them who can be given this one: one about the group's trusted body goes to no lead; one query."""
    if viewer.side is Side.GROUP and referral.trusted_body_conflict:
        return _by_name(viewer.organisation_id, (Role.VOLUNTEER,))
    return people_of(viewer)


def _by_name(organisation_id: UUID | None, roles: Collection[Role]) -> dict[UUID, str]:
    query = (
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            Membership.role.in_([role.value for role in roles]),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.name, Person.id)
    )
    return {row.id: row.name for row in db.session.execute(query)}


def _people(referral: Referral, viewer: Viewer) -> list[Choice]:
    anybody = viewer.side is Side.GROUP or viewer.may(Permission.REFERRAL_ASSIGN)
    found = [
        Choice(str(person_id), name)
        for person_id, name in people_for(referral, viewer).items()
        if anybody or person_id in (viewer.person_id, referral.assignee_id)
    ]
    # Oneself first: taking a case is the commonest answer.
    return sorted(found, key=lambda choice: choice.value != str(viewer.person_id))
