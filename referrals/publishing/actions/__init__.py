"""What is done with what is published: drafted from figures, edited, approved, sent, and answered."""

from referrals.publishing.actions.figures import keep_figures
from referrals.publishing.actions.impact import (
    discard_report,
    edit_section,
    record_taking,
    start_correction,
    start_report,
)
from referrals.publishing.actions.issuing import approve_report, issue_report, reopen_report

__all__ = [
    "approve_report",
    "discard_report",
    "edit_section",
    "issue_report",
    "keep_figures",
    "record_taking",
    "reopen_report",
    "start_correction",
    "start_report",
]
