"""Audit: one hash-chained book per organisation, and a guard that lets no change pass without an entry in it."""

from referrals.audit import guard, triggers

__all__ = ["guard", "triggers"]
