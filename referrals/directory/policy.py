"""Who may change the directory: administrators, and the service itself from its terminal."""

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer


def must_manage(by: Viewer) -> None:
    """Raise NotAllowed unless `by` is an administrator, or the service itself (a command run on the machine)."""
    if by.person_id is None and by.role is None:
        return
    by.must(Permission.ORGANISATION_MANAGE)
