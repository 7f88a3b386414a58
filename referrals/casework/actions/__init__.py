"""The verbs of casework: each checks who may, changes, records and tells, and never commits."""

from referrals.casework.actions.agreeing import Agreement, approve_consent, record_consent, withdraw_consent
from referrals.casework.actions.daily import close_after_silence, forget_declined
from referrals.casework.actions.moving import move
from referrals.casework.actions.planning import set_next_action, set_waiting_on
from referrals.casework.actions.seeing import mark_seen, open_referral
from referrals.casework.actions.writing import record_milestone, share_note, write_note

__all__ = [
    "Agreement",
    "approve_consent",
    "close_after_silence",
    "forget_declined",
    "mark_seen",
    "move",
    "open_referral",
    "record_consent",
    "record_milestone",
    "set_next_action",
    "set_waiting_on",
    "share_note",
    "withdraw_consent",
    "write_note",
]
