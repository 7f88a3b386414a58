"""Who may see and keep a saved view of the queue."""

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework.models import SavedView


def may_see_view(view: SavedView, viewer: Viewer) -> bool:
    """Whether a saved view is the viewer's own, or shared with their office."""
    if view.organisation_id != viewer.organisation_id:
        return False
    return view.person_id == viewer.person_id or view.shared_at is not None


def may_keep_view(view: SavedView, viewer: Viewer) -> bool:
    """Whether they may rename and remove it: their own, and a manager everything that the office shares."""
    own = view.person_id == viewer.person_id
    return may_see_view(view, viewer) and (own or viewer.may(Permission.VIEW_KEEP))
