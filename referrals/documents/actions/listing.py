"""Looking at the list of documents of a draft, which shows their names and so leaves its event."""

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework.models import Referral


def read_draft_list(draft: Referral, *, by: Viewer) -> None:
    """Leave the event of a reading, for a draft that a query has given to this viewer."""
    record("referral.draft_read", by=by, subject=("referral", draft.id), facts={"page": "documents"})
