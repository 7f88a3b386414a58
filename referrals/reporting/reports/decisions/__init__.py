"""Referrals and decisions: what came in, what was decided about it and why, and how many days that took."""

from typing import Final

from referrals.reporting.reports.decisions.building import build

NAME: Final = "decisions"
TITLE: Final = "Referrals and decisions"
SUMMARY: Final = "What came in, what the office decided about it and why, and how many days that took."

__all__ = ["NAME", "SUMMARY", "TITLE", "build"]
