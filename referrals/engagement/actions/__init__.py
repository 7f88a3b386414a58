"""What is done in an area's work with its MP: contacts logged, and what follows from them."""

from referrals.engagement.actions.daily import remind_of_follow_ups, remind_of_stances
from referrals.engagement.actions.following_up import ToDo, add_follow_up, change_follow_up, settle_follow_up
from referrals.engagement.actions.knowing import (
    Person,
    change_person,
    end_detail,
    note_detail,
    note_interest,
    note_person,
    remove_interest,
)
from referrals.engagement.actions.logging import Told, correct_contact, log_contact, take_out_contact
from referrals.engagement.actions.standing import assess_stance, set_stage

__all__ = [
    "Person",
    "ToDo",
    "Told",
    "add_follow_up",
    "assess_stance",
    "change_follow_up",
    "change_person",
    "correct_contact",
    "end_detail",
    "log_contact",
    "note_detail",
    "note_interest",
    "note_person",
    "remind_of_follow_ups",
    "remind_of_stances",
    "remove_interest",
    "set_stage",
    "settle_follow_up",
    "take_out_contact",
]
