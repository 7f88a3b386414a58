"""The life of a case study as data: its states, and the steps that lead from one to the next."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from referrals.accounts.roles import Permission

DRAFT: Final = "draft"
WAITING: Final = "waiting"
ANNOUNCED: Final = "announced"
PUBLISHED: Final = "published"
EXPIRED: Final = "expired"
WITHDRAWN: Final = "withdrawn"
LIVE: Final = (DRAFT, WAITING, ANNOUNCED, PUBLISHED)

# Working days that the other side has to object, from the day of the approval on.
DAYS_TO_OBJECT: Final = 5
# How long an agreement counts unless the person says otherwise, and at most; in calendar months.
MONTHS: Final = 12
MOST_MONTHS: Final = 24
# So many days before an agreement ends its organisation is reminded.
REMINDER_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class State:
    """What a state is called, and the colour of its mark."""

    label: str
    colour: str


STATES: Final = {
    DRAFT: State("Draft", "grey"),
    WAITING: State("Waiting for approval", "yellow"),
    ANNOUNCED: State("With the other side", "orange"),
    PUBLISHED: State("Published", "green"),
    EXPIRED: State("Expired", "grey"),
    WITHDRAWN: State("Withdrawn", "red"),
}


class Party(StrEnum):
    """Whose step it is: of the organisation that tells the story, or of the other side of the referral."""

    OWN = "own"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what its button says, from where to where it leads, and who may take it."""

    name: str
    label: str
    # What the audit event is called: `case_study.<past>`.
    past: str
    sources: tuple[str, ...]
    target: str
    permission: Permission
    party: Party = Party.OWN


_ROWS: Final = (
    Step("submit", "Send for approval", "submitted", (DRAFT,), WAITING, Permission.STORY_WRITE),
    Step("approve", "Approve", "approved", (WAITING,), ANNOUNCED, Permission.STORY_APPROVE),
    Step("publish", "Publish", "published", (ANNOUNCED,), PUBLISHED, Permission.STORY_APPROVE),
    Step("answer", "Answer", "answered", (ANNOUNCED,), ANNOUNCED, Permission.STORY_WRITE, Party.OTHER),
    Step("send_back", "Send back", "sent_back", (WAITING, ANNOUNCED), DRAFT, Permission.STORY_APPROVE),
    Step("take_back", "Take back to change it", "taken_back", (WAITING, ANNOUNCED), DRAFT, Permission.STORY_WRITE),
    Step("withdraw", "Withdraw", "withdrawn", LIVE, WITHDRAWN, Permission.STORY_WRITE),
)
STEPS: Final = {row.name: row for row in _ROWS}
