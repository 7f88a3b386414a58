"""Every state a referral can be in: what each side reads there, whose turn it is, and what is done next."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """Whether a state is on the way, the end of it, or void (left out of statistics)."""

    OPEN = "open"
    ENDED = "ended"
    VOID = "void"


class Waiting(StrEnum):
    """Whose turn it is."""

    OFFICE = "office"
    REFERRER = "referrer"
    RESIDENT = "resident"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class State:
    """One state; the labels are what a page says, `waiting_on` is where the turn lies when the state is entered."""

    code: str
    kind: Kind
    # A sentence for the group, and two words for a tag on its lists.
    label_referrer: str
    tag_referrer: str
    # Two words for the office's queue.
    label_office: str
    waiting_on: Waiting | None
    # What is done next where the state itself says so; None where the office names its own next action.
    next_step: str | None = None
    # A colour of the tag component.
    colour: str = "grey"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.kind is Kind.OPEN


DRAFT: Final = "draft"
SUBMITTED: Final = "submitted"
INFORMATION_REQUESTED: Final = "information_requested"
ACCEPTED: Final = "accepted"
IN_PROGRESS: Final = "in_progress"
ON_HOLD: Final = "on_hold"
OUTCOME_RECORDED: Final = "outcome_recorded"
CLOSED: Final = "closed"
DECLINED: Final = "declined"
RETURNED_WITH_ADVICE: Final = "returned_with_advice"
WITHDRAWN: Final = "withdrawn"
ENTERED_IN_ERROR: Final = "entered_in_error"

_ALL = (
    State(DRAFT, Kind.OPEN, "Not sent yet", "Draft", "Draft", Waiting.REFERRER, "Finish and send the referral"),
    State(
        SUBMITTED,
        Kind.OPEN,
        "Sent. Waiting for the MP’s office to decide",
        "Sent",
        "New",
        Waiting.OFFICE,
        "Decide whether to take this on",
        "blue",
    ),
    State(
        INFORMATION_REQUESTED,
        Kind.OPEN,
        "The office needs something from you",
        "Answer needed",
        "Information requested",
        Waiting.REFERRER,
        "Answer the office’s question",
        "yellow",
    ),
    State(
        ACCEPTED,
        Kind.OPEN,
        "The office has taken this on",
        "Accepted",
        "Accepted",
        Waiting.OFFICE,
        colour="turquoise",
    ),
    State(
        IN_PROGRESS,
        Kind.OPEN,
        "Being worked on",
        "In progress",
        "In progress",
        Waiting.OFFICE,
        colour="light-blue",
    ),
    State(ON_HOLD, Kind.OPEN, "Paused", "Paused", "On hold", Waiting.OFFICE, "Look at this again", "purple"),
    State(
        OUTCOME_RECORDED,
        Kind.OPEN,
        "There is a result. Please check it",
        "Check the result",
        "Outcome recorded",
        Waiting.REFERRER,
        "Check the result and say whether it is right",
        "yellow",
    ),
    State(CLOSED, Kind.ENDED, "Finished", "Finished", "Closed", None, colour="green"),
    State(
        DECLINED,
        Kind.ENDED,
        "The office cannot take this on. See what to do instead",
        "Not taken on",
        "Declined",
        None,
        colour="red",
    ),
    State(
        RETURNED_WITH_ADVICE,
        Kind.ENDED,
        "Sent back with advice",
        "Sent back",
        "Returned with advice",
        None,
        colour="orange",
    ),
    State(WITHDRAWN, Kind.ENDED, "Withdrawn", "Withdrawn", "Withdrawn", None),
    State(ENTERED_IN_ERROR, Kind.VOID, "Sent by mistake", "Mistake", "Entered in error", None),
)

STATES: Final[dict[str, State]] = {state.code: state for state in _ALL}

OPEN_STATES: Final = tuple(state.code for state in _ALL if state.is_open)
# Open, and with an office: everything but a draft.
OPEN_WITH_OFFICE: Final = tuple(code for code in OPEN_STATES if code != DRAFT)
# Where the office names its own next action and the day for it.
WORKING_STATES: Final = (ACCEPTED, IN_PROGRESS)
# Only a step brings these about that the office may not tell every group of: one that hears nothing does not know them.
UNHEARD_STATES: Final = (ACCEPTED, IN_PROGRESS, ON_HOLD, OUTCOME_RECORDED)
ENDED_STATES: Final = tuple(state.code for state in _ALL if state.kind is Kind.ENDED)
