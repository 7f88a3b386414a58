"""The transitions of a case that an office works on: given to somebody, begun, paused, gone on with."""

from typing import Final

from referrals.accounts.roles import Side
from referrals.casework.workflow import asks, states
from referrals.casework.workflow.asks import Ask, AskKind, When
from referrals.casework.workflow.transition import (
    STAY,
    WORK,
    Audience,
    ClockEffect,
    ConsentNeed,
    Tell,
    Tone,
    Transition,
)
from referrals.notifications import messages

WORKING: Final = (
    Transition(
        name="assign",
        label="Assign",
        past="assigned",
        sources=states.OPEN_WITH_OFFICE,
        target=STAY,
        consent=ConsentNeed.NONE,
        ways=WORK,
        asks=(
            Ask("assignee", AskKind.PERSON, "Who will work on this?", missing="Choose who will work on this"),
            asks.choice(
                "reason",
                "Why is it changing hands?",
                "reassignment_reasons",
                "Say why it is changing hands",
                "Needed when somebody else has it now.",
                required=False,
            ),
        ),
        tells=(Tell(messages.ReferralAssigned, Audience.ASSIGNEE),),
        shown_to=(Side.OFFICE,),
    ),
    Transition(
        name="start",
        label="Start work",
        past="started",
        sources=(states.ACCEPTED,),
        target=states.IN_PROGRESS,
        told="status",
        ways=WORK,
        asks=(
            asks.day("started_on", "When did work start?", When.PAST, "Enter the day work started"),
            *asks.next_action(required=False),
        ),
        tells=(Tell(messages.ReferralStarted, Audience.GROUP),),
        tone=Tone.PRIMARY,
        clock=ClockEffect.NEXT_ACTION,
    ),
    Transition(
        name="hold",
        label="Pause",
        past="held",
        sources=(states.IN_PROGRESS,),
        target=states.ON_HOLD,
        told="status",
        ways=WORK,
        asks=(
            asks.choice("reason", "Why is it paused?", "hold_reasons", "Choose a reason"),
            asks.day("review_on", "When will you look at it again?", When.FUTURE, "Enter the day you will look again"),
            asks.longtext("message", "Message to the group (optional)", required=False),
        ),
        tells=(Tell(messages.ReferralHeld, Audience.GROUP),),
        clock=ClockEffect.REVIEW,
        explains="The group reads the reason, and the day you will look at it again.",
    ),
    Transition(
        name="resume",
        label="Go on with it",
        past="resumed",
        sources=(states.ON_HOLD,),
        target=states.IN_PROGRESS,
        told="status",
        ways=WORK,
        asks=asks.next_action(required=False),
        tells=(Tell(messages.ReferralResumed, Audience.GROUP),),
        tone=Tone.PRIMARY,
        clock=ClockEffect.RESUME,
    ),
)
