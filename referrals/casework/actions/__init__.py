"""The verbs of casework: each checks who may, changes, records and tells, and never commits."""

from referrals.casework.actions.agreeing import (
    Agreement,
    approve_consent,
    end_consent,
    record_consent,
    withdraw_consent,
)
from referrals.casework.actions.answering_later import Said, answer_later, ask_later
from referrals.casework.actions.any_news import answer_news, ask_for_news
from referrals.casework.actions.attention import (
    be_here,
    forget_old_presences,
    forget_old_texts,
    forget_text,
    forget_texts_of,
    keep_text,
    must_be_unchanged,
    note_reading,
)
from referrals.casework.actions.chasing import Reminder, chase_enquiry, draft_chasers
from referrals.casework.actions.daily import close_after_silence, forget_declined
from referrals.casework.actions.dates import record_date, withdraw_date
from referrals.casework.actions.deciding import (
    count_again,
    drop_deadline,
    meet_deadline,
    move_deadline,
    open_deadline_again,
)
from referrals.casework.actions.enquiring import Answer, Question, answer_enquiry, change_enquiry, send_enquiry
from referrals.casework.actions.filling import record_step_of
from referrals.casework.actions.handing_over import BATCH, Handover, hand_over, tell_of
from referrals.casework.actions.linking import link_referrals, unlink_referrals
from referrals.casework.actions.moving import move
from referrals.casework.actions.news import mark_news_seen
from referrals.casework.actions.planning import set_follow_up, set_next_action, set_waiting_on
from referrals.casework.actions.saving_views import remove_view, rename_view, save_view, share_view, unshare_view
from referrals.casework.actions.seeing import mark_seen, open_referral
from referrals.casework.actions.signposting import count_signpost, undo_signpost
from referrals.casework.actions.sorting import sort_again
from referrals.casework.actions.transferring import (
    accept_transfer,
    offer_transfer,
    read_transfer,
    reject_transfer,
    revoke_transfer,
)
from referrals.casework.actions.warning import recount_limits, warn_of_limits
from referrals.casework.actions.writing import record_milestone, share_note, write_note

__all__ = [
    "BATCH",
    "Agreement",
    "Answer",
    "Handover",
    "Question",
    "Reminder",
    "Said",
    "accept_transfer",
    "answer_enquiry",
    "answer_later",
    "answer_news",
    "approve_consent",
    "ask_for_news",
    "ask_later",
    "be_here",
    "change_enquiry",
    "chase_enquiry",
    "close_after_silence",
    "count_again",
    "count_signpost",
    "draft_chasers",
    "drop_deadline",
    "end_consent",
    "forget_declined",
    "forget_old_presences",
    "forget_old_texts",
    "forget_text",
    "forget_texts_of",
    "hand_over",
    "keep_text",
    "link_referrals",
    "mark_news_seen",
    "mark_seen",
    "meet_deadline",
    "move",
    "move_deadline",
    "must_be_unchanged",
    "note_reading",
    "offer_transfer",
    "open_deadline_again",
    "open_referral",
    "read_transfer",
    "record_consent",
    "record_date",
    "record_milestone",
    "record_step_of",
    "recount_limits",
    "reject_transfer",
    "remove_view",
    "rename_view",
    "revoke_transfer",
    "save_view",
    "send_enquiry",
    "set_follow_up",
    "set_next_action",
    "set_waiting_on",
    "share_note",
    "share_view",
    "sort_again",
    "tell_of",
    "undo_signpost",
    "unlink_referrals",
    "unshare_view",
    "warn_of_limits",
    "withdraw_consent",
    "withdraw_date",
    "write_note",
]
