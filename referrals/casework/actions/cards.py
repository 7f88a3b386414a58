"""The resident's card: printing it says who carried a reference out of the house."""

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework.models import Referral
from referrals.casework.queries.one import referral as find
from referrals.foundation.errors import NotFound


def print_card(reference: str, *, by: Viewer) -> Referral:
    """The referral a card is printed for; leaves its event. Raises NotFound to everybody but the group that sent it."""
    if not by.may(Permission.REFERRAL_SUBMIT):
        raise NotFound
    found = find(reference, by)
    if found.submitted_at is None:
        raise NotFound
    record("referral.card_printed", by=by, subject=("referral", found.id))
    return found
