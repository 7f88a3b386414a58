"""Who may write, approve, send and read the quarterly briefings of an area to its MPs.

The leads of a group write them, and until one is sent only they know of it. Then everybody who keeps the group's log
may read it, and the people of the office of the MP it went to. To everybody else there is no such briefing.
"""

from uuid import UUID

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.directory.queries import office_of
from referrals.foundation.errors import IllegalMove, NotAllowed, NotFound
from referrals.publishing.models import Briefing
from referrals.publishing.workflow import may


def may_write(viewer: Viewer) -> bool:
    """Whether the viewer writes briefings: a lead of a group."""
    return viewer.side is Side.GROUP and viewer.may(Permission.BRIEF_WRITE)


def must_write(viewer: Viewer) -> UUID:
    """The group whose briefings the viewer writes. Raises NotAllowed."""
    if not may_write(viewer) or viewer.organisation_id is None:
        raise NotAllowed
    return viewer.organisation_id


def must_have_some(viewer: Viewer) -> None:
    """Raise NotAllowed to whoever has to do with no briefing at all: those of no group and no office."""
    viewer.must(Permission.BRIEF_READ)
    if viewer.side not in {Side.GROUP, Side.OFFICE}:
        raise NotAllowed


def may_see(briefing: Briefing, viewer: Viewer) -> bool:
    """Whether the viewer may know that there is such a briefing."""
    if viewer.organisation_id is None or not viewer.may(Permission.BRIEF_READ):
        return False
    if briefing.organisation_id == viewer.organisation_id:
        return may_write(viewer) or briefing.sent_at is not None
    return briefing.sent_at is not None and receives(viewer) == briefing.term_id


def receives(viewer: Viewer) -> UUID | None:
    """The term whose briefings come to the viewer's office; None for whoever is of no office."""
    office = office_of(viewer.organisation_id) if viewer.side is Side.OFFICE and viewer.organisation_id else None
    return office.term_id if office else None


def may_make(move: str, briefing: Briefing, viewer: Viewer) -> bool:
    """Whether the viewer may make a move of workflow.py with it now."""
    return may_write(viewer) and briefing.organisation_id == viewer.organisation_id and may(move, briefing.state)


def must_make(move: str, briefing: Briefing, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to who only reads, IllegalMove where it is in another state."""
    if not may_see(briefing, viewer):
        raise NotFound
    must_write(viewer)
    if not may(move, briefing.state):
        raise IllegalMove("This briefing has moved on, so this cannot be done any more.")
