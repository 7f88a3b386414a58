"""The event that reading a case study before it is published leaves."""

from referrals.accounts.viewer import Viewer
from referrals.stories.actions.writing import note
from referrals.stories.models import CaseStudy


def record_reading(study: CaseStudy, *, by: Viewer) -> None:
    """Leave the event of a reading, for a case study that a query has given out."""
    note("case_study.read", study, by, {"version": study.version})
