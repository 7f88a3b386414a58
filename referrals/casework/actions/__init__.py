"""The verbs of casework: each checks who may, changes, records and tells, and never commits."""

from referrals.casework.actions.moving import move
from referrals.casework.actions.seeing import mark_seen, open_referral

__all__ = ["mark_seen", "move", "open_referral"]
