"""Reads of an area's work with its MP, one file a noun."""

from referrals.engagement.queries.contacts import (
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

__all__ = [
    "AreaLine",
    "Due",
    "Story",
    "areas",
    "contact",
    "due_follow_ups",
    "follow_up",
    "follow_ups_of",
    "has_following",
    "latest_contacts",
    "members_of",
    "stories",
    "story_of",
]
