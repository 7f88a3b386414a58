"""What a page that is opened says of notices: those that tell of what it shows have been read."""

from referrals.accounts.viewer import Viewer
from referrals.notifications import actions
from referrals.web import sign_in_state


def read_notices(reference: str, viewer: Viewer) -> None:
    """Mark what tells the viewer of this referral as read, in the caller's transaction; asks nothing when none is."""
    if sign_in_state.unread():
        sign_in_state.has_read(actions.read_of_referral(reference, by=viewer))
