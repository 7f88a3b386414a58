"""Waiting: how long residents had waited before they were referred, and how long each turn lasts after that."""

from typing import Final

from referrals.reporting.reports.waiting.building import build

NAME: Final = "waiting"
TITLE: Final = "How long people wait"
SUMMARY: Final = "How long residents had waited before they were referred, and how long they then wait for whom."

__all__ = ["NAME", "SUMMARY", "TITLE", "build"]
