"""Money: what came of it in pounds, by kind, by how sure it is and by who says so; never added up."""

from typing import Final

from referrals.reporting.reports.money.building import build

NAME: Final = "money"
TITLE: Final = "Money"
SUMMARY: Final = "Regular and one-off payments, compensation and debt: claimed, confirmed, evidenced, never added up."

__all__ = ["NAME", "SUMMARY", "TITLE", "build"]
