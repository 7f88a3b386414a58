"""What has happened in a case in codes alone: the steps on its way, and what its enquiries came to."""

from sqlalchemy import select, union

from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Enquiry, Milestone, Referral
from referrals.foundation.database import db


def happened(row: Referral, viewer: Viewer) -> set[str]:
    """The codes of its milestones and of its enquiries' results; one query. Raises NotFound to strangers."""
    policy.must_see(row, viewer)
    steps = select(Milestone.code).where(Milestone.referral_id == row.id)
    results = select(Enquiry.result).where(Enquiry.referral_id == row.id, Enquiry.result.is_not(None))
    return set(db.session.scalars(union(steps, results)))
