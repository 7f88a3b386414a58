"""Who may read and keep a group's register of small grants.

Its lead keeps it; its volunteers and the coordinators of its programme read it, because awards are made to
organisations and projects and never to private persons. Nobody else knows of it: what goes out does so as a file that
somebody takes.
"""

from uuid import UUID

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.directory import queries as directory
from referrals.engagement.models import GrantAward, GrantRound
from referrals.foundation.errors import NotAllowed, NotFound


def readable_groups(viewer: Viewer) -> list[UUID]:
    """The groups whose registers the viewer may read: their own, or those of their programme."""
    if not viewer.may(Permission.GRANT_READ) or viewer.organisation_id is None:
        return []
    if viewer.side is Side.PROGRAMME:
        return [group.organisation_id for group in directory.groups_of_programme(viewer.organisation_id)]
    return [viewer.organisation_id]


def may_read_register(organisation_id: UUID, viewer: Viewer) -> bool:
    """Whether the viewer may know of the register of this group."""
    return organisation_id in readable_groups(viewer)


def must_keep_register(viewer: Viewer) -> UUID:
    """The group whose register the viewer keeps. Raises NotAllowed."""
    viewer.must(Permission.GRANT_KEEP)
    if viewer.organisation_id is None:
        raise NotAllowed
    return viewer.organisation_id


def may_keep(kept: GrantRound | GrantAward, viewer: Viewer) -> bool:
    """Whether the viewer may change this."""
    return viewer.may(Permission.GRANT_KEEP) and kept.organisation_id == viewer.organisation_id


def must_keep(kept: GrantRound | GrantAward, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to who only reads."""
    if not may_read_register(kept.organisation_id, viewer):
        raise NotFound
    if not may_keep(kept, viewer):
        raise NotAllowed
