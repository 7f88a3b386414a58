"""The verbs of correspondence: each checks who may, changes, records and tells, and never commits."""

from referrals.correspondence.actions.making import Writing, discard_letter, make_letter, record_opening
from referrals.correspondence.actions.sending import mark_sent, share_letter
from referrals.correspondence.actions.stationery import save_letterhead, save_text, use_service_text

__all__ = [
    "Writing",
    "discard_letter",
    "make_letter",
    "mark_sent",
    "record_opening",
    "save_letterhead",
    "save_text",
    "share_letter",
    "use_service_text",
]
