"""The transition by which a lead gives a referral of one of the group to another of them."""

from typing import Final

from referrals.accounts.roles import Permission, Side
from referrals.casework.workflow import asks, states
from referrals.casework.workflow.asks import Ask, AskKind
from referrals.casework.workflow.transition import STAY, Audience, ConsentNeed, Tell, Transition
from referrals.notifications import messages

HAND_OVER: Final = Transition(
    name="hand_over",
    label="Give to somebody else in the group",
    past="handed_over",
    sources=states.OPEN_STATES,
    target=STAY,
    consent=ConsentNeed.NONE,
    ways={Side.GROUP: Permission.REFERRAL_HAND_OVER},
    # No lead sees a complaint about the group's trusted body, so that its author has to give it to somebody else.
    own_way=Permission.REFERRAL_SUBMIT,
    asks=(
        Ask(
            "referrer",
            AskKind.PERSON,
            "Who will look after this from now on?",
            "They see all of it, and get the emails about it.",
            missing="Choose who will look after this",
        ),
        asks.choice("reason", "Why is it changing hands?", "reassignment_reasons", "Say why it is changing hands"),
    ),
    tells=(Tell(messages.ReferralHandedOver, Audience.REFERRER),),
    shown_to=(Side.GROUP,),
    explains="The office is told nothing, and nothing changes for it.",
)
