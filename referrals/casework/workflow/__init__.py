"""The whole life of a referral as data: states, transitions, and what each transition asks."""

from referrals.casework.workflow import states
from referrals.casework.workflow.asks import Ask, AskKind, Keep, When
from referrals.casework.workflow.diagram import diagram
from referrals.casework.workflow.states import (
    ENDED_STATES,
    OPEN_STATES,
    OPEN_WITH_OFFICE,
    STATES,
    UNHEARD_STATES,
    WORKING_STATES,
    Kind,
    State,
    Waiting,
)
from referrals.casework.workflow.transfers import TRANSFERABLE, TRANSFERS, Party, TransferStep
from referrals.casework.workflow.transition import (
    BACK,
    STAY,
    Audience,
    ClockEffect,
    ConsentNeed,
    Tell,
    Tone,
    Transition,
)
from referrals.casework.workflow.transitions import TRANSITIONS

__all__ = [
    "BACK",
    "ENDED_STATES",
    "OPEN_STATES",
    "OPEN_WITH_OFFICE",
    "STATES",
    "STAY",
    "TRANSFERABLE",
    "TRANSFERS",
    "TRANSITIONS",
    "UNHEARD_STATES",
    "WORKING_STATES",
    "Ask",
    "AskKind",
    "Audience",
    "ClockEffect",
    "ConsentNeed",
    "Keep",
    "Kind",
    "Party",
    "State",
    "Tell",
    "Tone",
    "TransferStep",
    "Transition",
    "Waiting",
    "When",
    "diagram",
    "states",
]
