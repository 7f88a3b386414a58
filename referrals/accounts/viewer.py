"""The viewer: on whose behalf something is read or done. Every query and every action takes one."""

from dataclasses import dataclass
from uuid import UUID

from referrals.accounts.roles import ROLES, Permission, Reach, Role, Side
from referrals.foundation.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person in one role in one organisation; without a person it is the service itself doing a scheduled job."""

    person_id: UUID | None
    name: str
    role: Role | None
    organisation_id: UUID | None

    @property
    def side(self) -> Side:
        """Group, office, programme or service."""
        return ROLES[self.role].side if self.role else Side.SERVICE

    @property
    def reach(self) -> Reach:
        """How far this viewer sees among referrals; the service itself has no eyes of its own."""
        return ROLES[self.role].reach if self.role else Reach.NONE

    def may(self, permission: Permission) -> bool:
        """Whether the role carries the permission."""
        return self.role is not None and permission in ROLES[self.role].permissions

    def must(self, permission: Permission) -> None:
        """Raise NotAllowed unless the role carries the permission."""
        if not self.may(permission):
            raise NotAllowed


# Scheduled work (closing after silence, sending mail) is done by nobody in particular.
SERVICE = Viewer(person_id=None, name="The service", role=None, organisation_id=None)
