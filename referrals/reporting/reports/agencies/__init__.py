"""The agency reply ledger: how fast each body answers, beside the target it has published."""

from referrals.reporting.reports.agencies.building import build

NAME = "agencies"
TITLE = "How fast bodies answer"
SUMMARY = "Who was asked, who answered and in how many days, beside the target that each body has published."

__all__ = ["NAME", "SUMMARY", "TITLE", "build"]
