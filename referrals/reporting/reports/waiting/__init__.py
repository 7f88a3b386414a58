"""Waiting: how long residents had waited before they were referred, and how long each turn lasts after that."""

from referrals.reporting.reports.waiting.building import NAME, SUMMARY, TITLE, build

__all__ = ["NAME", "SUMMARY", "TITLE", "build"]
