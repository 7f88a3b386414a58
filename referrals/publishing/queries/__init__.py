"""Reads of what is published: every one takes the viewer, and what is not theirs is not there."""

from referrals.publishing.queries.impact import (
    ReportLine,
    Shelf,
    impact_file,
    impact_report,
    living_report,
    publishers,
    replacement_of,
    shelf,
)

__all__ = [
    "ReportLine",
    "Shelf",
    "impact_file",
    "impact_report",
    "living_report",
    "publishers",
    "replacement_of",
    "shelf",
]
