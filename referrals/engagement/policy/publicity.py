"""Who may read and keep the publicity of an area: its own people, and nobody else.

A quote and a picture are of somebody, so what counts beside this is what that somebody permits: see permitting.py.
"""

from uuid import UUID

from referrals.accounts.roles import Permission, Reach
from referrals.accounts.viewer import Viewer
from referrals.engagement.models import Publicity
from referrals.foundation.errors import NotAllowed, NotFound


def must_keep_publicity(viewer: Viewer) -> UUID:
    """The group whose publicity the viewer keeps. Raises NotAllowed."""
    viewer.must(Permission.ENGAGEMENT_WRITE)
    if viewer.organisation_id is None:
        raise NotAllowed
    return viewer.organisation_id


def may_keep(found: Publicity, viewer: Viewer) -> bool:
    """Whether the viewer may read this, and change it."""
    return viewer.may(Permission.ENGAGEMENT_WRITE) and found.organisation_id == viewer.organisation_id


def must_keep(found: Publicity, viewer: Viewer) -> None:
    """Raise NotFound to strangers."""
    if not may_keep(found, viewer):
        raise NotFound


def may_take_out(found: Publicity, viewer: Viewer) -> bool:
    """Whether the viewer may take it out: whoever wrote it, and the leads of the group."""
    own = found.logged_by_id == viewer.person_id or viewer.reach is Reach.ORGANISATION
    return may_keep(found, viewer) and own


def must_take_out(found: Publicity, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to others than its writer and the leads."""
    must_keep(found, viewer)
    if not may_take_out(found, viewer):
        raise NotAllowed
