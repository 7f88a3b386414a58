"""The transition by which a group corrects what it sent: the postcode, by which the office was found."""

from typing import Final

from referrals.accounts.roles import Permission, Side
from referrals.casework.workflow import asks, states
from referrals.casework.workflow.asks import Ask, AskKind, Keep
from referrals.casework.workflow.transition import STAY, Audience, ConsentNeed, Tell, Transition
from referrals.notifications import messages

LONGEST_POSTCODE: Final = 10

CORRECT_POSTCODE: Final = Transition(
    name="correct_postcode",
    label="Correct the postcode",
    past="postcode_corrected",
    sources=states.OPEN_WITH_OFFICE,
    target=STAY,
    advice=False,
    # A right postcode is one thing more that the office is told.
    consent=ConsentNeed.STANDING,
    ways={Side.GROUP: Permission.REFERRAL_ANSWER},
    asks=(
        Ask(
            "postcode",
            AskKind.TEXT,
            "What is the right postcode?",
            "For example W12 7PB.",
            max_length=LONGEST_POSTCODE,
            keep=Keep.WORDS,
            missing="Enter the postcode",
        ),
        asks.longtext(
            "correction",
            "Why is it changed?",
            "Say why it is changed",
            "For example: it was typed wrong.",
        ),
    ),
    tells=(Tell(messages.PostcodeCorrected, Audience.OFFICE),),
    explains="The office is told. No day changes, and nothing is sent to another office by itself.",
)
