"""What is done in an area's work with its MP: contacts logged, and what follows from them."""

from referrals.engagement.actions.agendas import add_to_agenda, draft_agenda, move_agenda_item, word_agenda_item
from referrals.engagement.actions.daily import remind_of_follow_ups, remind_of_stances
from referrals.engagement.actions.following_up import ToDo, add_follow_up, change_follow_up, settle_follow_up
from referrals.engagement.actions.holding import hold_meeting, must_be_over
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
from referrals.engagement.actions.planning import Plan, cancel_meeting, change_meeting, plan_meeting
from referrals.engagement.actions.reminding import remind_of_meetings, remind_of_permissions
from referrals.engagement.actions.standing import assess_stance, set_stage

__all__ = [
    "Person",
    "Plan",
    "ToDo",
    "Told",
    "add_follow_up",
    "add_to_agenda",
    "assess_stance",
    "cancel_meeting",
    "change_follow_up",
    "change_meeting",
    "change_person",
    "correct_contact",
    "draft_agenda",
    "end_detail",
    "hold_meeting",
    "log_contact",
    "move_agenda_item",
    "must_be_over",
    "note_detail",
    "note_interest",
    "note_person",
    "plan_meeting",
    "remind_of_follow_ups",
    "remind_of_meetings",
    "remind_of_permissions",
    "remind_of_stances",
    "remove_interest",
    "set_stage",
    "settle_follow_up",
    "take_out_contact",
    "word_agenda_item",
]
