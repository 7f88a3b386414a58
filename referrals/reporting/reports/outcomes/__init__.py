"""The outcome report: what came in, what came of it, what the group says to that, money, and how long people waited."""

from referrals.reporting.reports.outcomes.building import build

NAME = "outcomes"
TITLE = "Outcomes"
SUMMARY = (
    "What came in, how it ended, what the group says to that, money kept apart by kind, and how long people waited."
)

__all__ = ["NAME", "SUMMARY", "TITLE", "build"]
