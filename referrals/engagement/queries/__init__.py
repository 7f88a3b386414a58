"""Reads of an area's work with its MP, one file a noun."""

from referrals.engagement.queries.contacts import (
    QUIET,
    YEAR,
    AreaLine,
    Story,
    areas,
    contact,
    has_following,
    latest_contacts,
    members_of,
    stories,
    story_of,
)
from referrals.engagement.queries.follow_ups import Due, due_follow_ups, follow_up, follow_ups_of
from referrals.engagement.queries.known import (
    detail,
    details_of,
    interest,
    interests,
    known_people,
    known_person,
    term_of,
)
from referrals.engagement.queries.standing import STAGES, present_stances, stage_in_log, stages, stances

__all__ = [
    "QUIET",
    "STAGES",
    "YEAR",
    "AreaLine",
    "Due",
    "Story",
    "areas",
    "contact",
    "detail",
    "details_of",
    "due_follow_ups",
    "follow_up",
    "follow_ups_of",
    "has_following",
    "interest",
    "interests",
    "known_people",
    "known_person",
    "latest_contacts",
    "members_of",
    "present_stances",
    "stage_in_log",
    "stages",
    "stances",
    "stories",
    "story_of",
    "term_of",
]
