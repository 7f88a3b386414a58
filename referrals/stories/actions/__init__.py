"""What is done with case studies: written, agreed to, approved, published, and taken down again."""

from referrals.stories.actions.agreeing import Agreed, record_agreement
from referrals.stories.actions.daily import end_what_may_not_be_shown, remind_of_endings
from referrals.stories.actions.ending import end_without_agreement, withdraw_case_study
from referrals.stories.actions.publishing import publish_case_study
from referrals.stories.actions.reading import record_reading
from referrals.stories.actions.stepping import (
    answer_case_study,
    approve_case_study,
    send_back,
    submit_case_study,
    take_back,
)
from referrals.stories.actions.writing import answer_checks, choose_facts, save_section, start_case_study

__all__ = [
    "Agreed",
    "answer_case_study",
    "answer_checks",
    "approve_case_study",
    "choose_facts",
    "end_what_may_not_be_shown",
    "end_without_agreement",
    "publish_case_study",
    "record_agreement",
    "record_reading",
    "remind_of_endings",
    "save_section",
    "send_back",
    "start_case_study",
    "submit_case_study",
    "take_back",
    "withdraw_case_study",
]
