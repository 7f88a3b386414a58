"""Who may write, approve, read and answer briefs.

A brief belongs to who wrote it: a group, a programme, or the office itself. Until it is sent only those there who may
write briefs know of it. Then everybody there may read it, and the people of the office it was sent to, who alone say
what came of it. To everybody else there is no such brief.
"""

from uuid import UUID

from referrals.accounts.roles import ROLES, Permission, Role
from referrals.accounts.viewer import Viewer
from referrals.foundation.errors import IllegalMove, NotAllowed, NotFound
from referrals.publishing.models import Brief

WRITERS: tuple[Role, ...] = tuple(role for role, spec in ROLES.items() if Permission.BRIEF_WRITE in spec.permissions)
ANSWERERS: tuple[Role, ...] = tuple(role for role, spec in ROLES.items() if Permission.BRIEF_ANSWER in spec.permissions)


def must_write_briefs(viewer: Viewer) -> UUID:
    """The organisation the viewer writes briefs for. Raises NotAllowed."""
    viewer.must(Permission.BRIEF_WRITE)
    if viewer.organisation_id is None:
        raise NotAllowed
    return viewer.organisation_id


def may_see(brief: Brief, viewer: Viewer) -> bool:
    """Whether the viewer may know that there is such a brief."""
    if not viewer.may(Permission.BRIEF_READ) or viewer.organisation_id is None:
        return False
    if brief.sent_at is not None:
        return viewer.organisation_id in {brief.organisation_id, brief.office_id}
    return brief.organisation_id == viewer.organisation_id and viewer.may(Permission.BRIEF_WRITE)


def may_change(brief: Brief, viewer: Viewer) -> bool:
    """Whether the viewer may write in it."""
    own = brief.organisation_id == viewer.organisation_id and viewer.may(Permission.BRIEF_WRITE)
    return own and brief.sent_at is None


def must_change(brief: Brief, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to who may not write, IllegalMove once it was sent."""
    _must_see(brief, viewer)
    viewer.must(Permission.BRIEF_WRITE)
    if brief.organisation_id != viewer.organisation_id:
        raise NotAllowed
    if brief.sent_at is not None:
        raise IllegalMove("This brief was sent. It stays as it is.")


def may_answer(brief: Brief, viewer: Viewer) -> bool:
    """Whether the viewer may say what came of it."""
    return may_see(brief, viewer) and _is_receiver(brief, viewer)


def must_answer(brief: Brief, viewer: Viewer) -> None:
    """Raise NotFound to strangers, and NotAllowed to whoever is not of the office it was sent to."""
    _must_see(brief, viewer)
    if not _is_receiver(brief, viewer):
        raise NotAllowed


def _is_receiver(brief: Brief, viewer: Viewer) -> bool:
    received = brief.sent_at is not None and brief.office_id == viewer.organisation_id
    return received and viewer.may(Permission.BRIEF_ANSWER)


def _must_see(brief: Brief, viewer: Viewer) -> None:
    if not may_see(brief, viewer):
        raise NotFound
