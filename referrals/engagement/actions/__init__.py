"""What is done in an area's work with its MP: contacts logged, and what follows from them."""

from referrals.engagement.actions.daily import remind_of_follow_ups
from referrals.engagement.actions.following_up import ToDo, add_follow_up, change_follow_up, settle_follow_up
from referrals.engagement.actions.logging import Told, correct_contact, log_contact, take_out_contact

__all__ = [
    "ToDo",
    "Told",
    "add_follow_up",
    "change_follow_up",
    "correct_contact",
    "log_contact",
    "remind_of_follow_ups",
    "settle_follow_up",
    "take_out_contact",
]
