"""Who may read and plan an area's meetings with its MP.

The group's people read them and write into the log what came of them; its leads plan them. The coordinators of its
programme read of which kind they are and on which day, as they do of contacts. To an MP's office there are none.
"""

from uuid import UUID

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.engagement.models import Meeting
from referrals.engagement.policy import must_keep_log
from referrals.foundation.errors import NotAllowed, NotFound


def may_read(found: Meeting, viewer: Viewer) -> bool:
    """Whether the viewer may know of this meeting."""
    return viewer.may(Permission.ENGAGEMENT_WRITE) and found.organisation_id == viewer.organisation_id


def may_plan(found: Meeting, viewer: Viewer) -> bool:
    """Whether the viewer may change it, cancel it, and say what is talked about."""
    return viewer.may(Permission.MEETING_PLAN) and found.organisation_id == viewer.organisation_id


def must_plan_for(viewer: Viewer) -> UUID:
    """The group for which the viewer plans meetings. Raises NotAllowed."""
    viewer.must(Permission.MEETING_PLAN)
    return must_keep_log(viewer)


def must_read(found: Meeting, viewer: Viewer) -> None:
    """Raise NotFound to strangers."""
    if not may_read(found, viewer):
        raise NotFound


def must_plan(found: Meeting, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to who only reads."""
    must_read(found, viewer)
    if not may_plan(found, viewer):
        raise NotAllowed
