"""What a page that is opened says of notices: those that tell of what it shows have been read."""

from flask import request

from referrals.accounts.viewer import Viewer
from referrals.notifications import actions
from referrals.web import sign_in_state


def read_notices_here(viewer: Viewer) -> None:
    """Mark what leads the viewer to the page that is opened as read; as below."""
    if sign_in_state.unread():
        sign_in_state.has_read(actions.read_of_page(request.path, by=viewer))


def read_notices(reference: str, viewer: Viewer) -> None:
    """Mark what tells the viewer of this referral as read, in the caller's transaction; asks nothing when none is."""
    if sign_in_state.unread():
        sign_in_state.has_read(actions.read_of_referral(reference, by=viewer))
