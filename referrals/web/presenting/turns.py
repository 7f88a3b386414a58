"""Whose turn it is, in the words of the person who reads."""

from datetime import datetime
from typing import Final
from uuid import UUID

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.workflow import Waiting
from referrals.foundation.clock import local_day, today

_OF_OFFICE: Final = {
    Waiting.OFFICE: "Your office",
    Waiting.REFERRER: "The group",
    Waiting.RESIDENT: "The resident",
    Waiting.AGENCY: "A public body",
}
_OF_GROUP: Final = {
    Waiting.OFFICE: "The MP’s office",
    Waiting.REFERRER: "You",
    Waiting.RESIDENT: "The resident",
    Waiting.AGENCY: "A public body",
}
NOBODY: Final = "Nobody: this has ended"


def turn_words(waiting_on: str | None, viewer: Viewer, assignee_id: UUID | None = None) -> str:
    """Whose turn it is: "You", "Your office", "The group"."""
    if waiting_on is None:
        return NOBODY
    turn = Waiting(waiting_on)
    if viewer.side is Side.GROUP:
        return _OF_GROUP[turn]
    if turn is Waiting.OFFICE and assignee_id is not None and assignee_id == viewer.person_id:
        return "You"
    return _OF_OFFICE[turn]


def days_since(moment: datetime | None) -> int | None:
    """Whole calendar days in London since a moment; None for none."""
    return None if moment is None else max(0, (today() - local_day(moment)).days)
