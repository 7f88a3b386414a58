"""Reads of casework: every one takes the viewer, and to a stranger there is nothing."""

from referrals.casework.queries.choices import Choice, case_people, choices_for
from referrals.casework.queries.lines import Line, Page
from referrals.casework.queries.one import Strip, consent, consents_of, draft, referral, strip
from referrals.casework.queries.queue import GROUP_TABS, QUEUE_TABS, drafts, my_referrals, queue
from referrals.casework.queries.results import outcome_of

__all__ = [
    "GROUP_TABS",
    "QUEUE_TABS",
    "Choice",
    "Line",
    "Page",
    "Strip",
    "case_people",
    "choices_for",
    "consent",
    "consents_of",
    "draft",
    "drafts",
    "my_referrals",
    "outcome_of",
    "queue",
    "referral",
    "strip",
]
