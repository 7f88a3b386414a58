"""The resident's view: what the people themselves said when their referral was closed, and how many of them said it."""

from referrals.reporting.reports.residents_view.building import build

NAME = "residents_view"
TITLE = "What residents say"
SUMMARY = "Did it help, is it solved, are they less worried: their own answers, and how many of them answered."

__all__ = ["NAME", "SUMMARY", "TITLE", "build"]
