"""Who may invite and manage whom, and how surely somebody must be known before they come in."""

from enum import StrEnum
from uuid import UUID

from referrals.accounts.roles import ROLES, Permission, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.foundation.errors import NotAllowed, NotFound

# The role without which nobody could let others in, for each kind of organisation that can be left without one.
KEEPERS: dict[Side, Role] = {
    Side.GROUP: Role.LEAD,
    Side.OFFICE: Role.MANAGER,
    Side.SERVICE: Role.ADMINISTRATOR,
}


class Assurance(StrEnum):
    """How surely we know who somebody is, weakest first; each names a step of signing in."""

    PASSWORD = "password"


def assurance_wanted(_role: Role) -> Assurance:
    """The step of signing in that a role must have reached before its session begins."""
    return Assurance.PASSWORD


def tends_every_organisation(viewer: Viewer) -> bool:
    """Whether the viewer's people are everybody's, not only those of their own organisation."""
    return viewer.may(Permission.ORGANISATION_MANAGE)


def must_reach(viewer: Viewer, organisation_id: UUID) -> None:
    """Raise NotAllowed for a viewer who manages nobody, NotFound for the people of an organisation not theirs."""
    viewer.must(Permission.PEOPLE_MANAGE)
    if not tends_every_organisation(viewer) and viewer.organisation_id != organisation_id:
        raise NotFound


def roles_to_give(viewer: Viewer, side: Side) -> tuple[Role, ...]:
    """The roles the viewer may give to people of an organisation of that kind; never one above their own reach."""
    invites = ROLES[viewer.role].invites if viewer.role else ()
    return tuple(role for role in invites if ROLES[role].side is side)


def must_give(viewer: Viewer, role: Role, side: Side) -> None:
    """Raise NotAllowed unless the viewer may give that role in an organisation of that kind."""
    if role not in roles_to_give(viewer, side):
        raise NotAllowed("You cannot give somebody this role.")


def may_change(viewer: Viewer, role: Role) -> bool:
    """Whether the viewer may change or end what somebody of this role is."""
    return role in roles_to_give(viewer, ROLES[role].side)
