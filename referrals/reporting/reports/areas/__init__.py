"""Areas side by side: for an office its groups, for a programme its areas. Always by name: ranking is never shown."""

from typing import Final

from referrals.reporting.reports.areas.building import build

NAME: Final = "areas"
TITLE: Final = "Areas side by side"
SUMMARY: Final = "What each group sent, what was taken on and what came of it. By name, and never as a ranking."

__all__ = ["NAME", "SUMMARY", "TITLE", "build"]
