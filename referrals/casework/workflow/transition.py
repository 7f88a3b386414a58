"""What a transition is: the shape of one row of the workflow, and the few words its fields are written in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from referrals.accounts.roles import Permission, Side
from referrals.casework.workflow import states
from referrals.casework.workflow.asks import Ask
from referrals.notifications.messages import ReferralMessage

# Targets that are not a state: the state before the question was asked, and the state it is in.
BACK: Final = "(back)"
STAY: Final = "(stay)"
# Of an office, whoever works cases there.
WORK: Final[Mapping[Side, Permission]] = {Side.OFFICE: Permission.REFERRAL_WORK}


class Tone(StrEnum):
    """How a button looks: the expected step, another step, or one that ends things."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    WARNING = "warning"


class ClockEffect(StrEnum):
    """What a transition does to the clock on whoever is waited on."""

    KEEP = "keep"
    DECISION = "decision"  # the office has the decision days, from now
    STOP = "stop"  # it is somebody else's turn: keep the days left
    RESUME = "resume"  # go on with the days left
    NEXT_ACTION = "next_action"  # due on the day of the next action
    FIRST_ACTION = "first_action"  # the office has the first-action days, from now
    REVIEW = "review"  # stopped until the review date
    CONFIRMATION = "confirmation"  # the group has the confirmation days, from now
    END = "end"


class Audience(StrEnum):
    """Who is told of a transition."""

    GROUP = "group"  # who made and who sent the referral
    OFFICE = "office"  # the assignee, or without one everybody who works cases there
    OTHER_SIDE = "other_side"  # of the two above, the one that did not do it
    REFERRER = "referrer"  # who in the group it was given to, unless it is the person who did it
    ASSIGNEE = "assignee"  # the new assignee, unless it is the person who did it


class ConsentNeed(StrEnum):
    """What must be true of the resident's agreement that the group sends this to the office."""

    VALID = "valid"  # it stands, covers what is sent, and is approved where it must be
    STANDING = "standing"  # it was given and not taken back
    NONE = "none"  # what can be done also without it, because it stops or ends things


@dataclass(frozen=True, slots=True)
class Tell:
    """One message, by its class, and for whom."""

    message: type[ReferralMessage]
    to: Audience


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the workflow."""

    name: str
    # On the button, and at the head of its form.
    label: str
    # After "was", in timelines and in the audit action `referral.<past>`.
    past: str
    sources: tuple[str, ...]
    target: str
    # Which sides may make it, and the permission a role of that side needs.
    ways: Mapping[Side, Permission]
    asks: tuple[Ask, ...] = ()
    tells: tuple[Tell, ...] = ()
    tone: Tone = Tone.SECONDARY
    clock: ClockEffect = ClockEffect.KEEP
    # A sentence above the form: what will happen.
    explains: str = ""
    # Where a side ends up elsewhere than at `target`.
    targets: Mapping[Side, str] = field(default_factory=dict)
    # Whether the service itself may make it, in scheduled work.
    by_service: bool = False
    # Who reads of it in the timeline.
    shown_to: tuple[Side, ...] = (Side.GROUP, Side.OFFICE)
    consent: ConsentNeed = ConsentNeed.STANDING
    # How much the office must be allowed to tell the group (a code of consent_scopes) for the group to read the words
    # of this move, or, where the group makes it, to make it.
    told: str = "none"
    # Where a side's clock goes another way.
    clocks: Mapping[Side, ClockEffect] = field(default_factory=dict)
    # Only while the office has not decided: not when a question was asked after it had accepted.
    before_decision: bool = False
    # Not among the moves of a referral's page: made where its step of TRANSFERS is, by the office it was offered to.
    by_transfer: bool = False
    # What who wrote, sent or follows a referral needs to make it where, in the group, nobody but they may know of it.
    own_way: Permission | None = None
    # True: only for a request for advice, which is about no resident. False: only for what is about one.
    advice: bool | None = None

    def asked_of(self, side: Side) -> tuple[Ask, ...]:
        """The asks that a person of this side answers."""
        return tuple(ask for ask in self.asks if ask.side in (None, side))

    def target_for(self, side: Side, state: str, state_before: str | None) -> str:
        """The state a referral in `state` comes to when a person of `side` makes this transition."""
        target = self.targets.get(side, self.target)
        if target == STAY:
            return state
        if target == BACK:
            return state_before or states.SUBMITTED
        return target
