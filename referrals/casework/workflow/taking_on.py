"""The transition by which another office takes a referral on; how it comes to that is in transfers.py."""

from typing import Final

from referrals.accounts.roles import Permission, Side
from referrals.casework.workflow import asks, states
from referrals.casework.workflow.asks import Ask, AskKind
from referrals.casework.workflow.transition import Audience, ClockEffect, Tell, Tone, Transition
from referrals.notifications import messages

TAKE_ON: Final = Transition(
    name="accept_transfer",
    label="Take this on",
    past="transfer_accepted",
    sources=(states.SUBMITTED, states.INFORMATION_REQUESTED, *states.WORKING_STATES, states.ON_HOLD),
    target=states.ACCEPTED,
    by_transfer=True,
    told="status",
    ways={Side.OFFICE: Permission.REFERRAL_WORK},
    asks=(
        Ask("assignee", AskKind.PERSON, "Who will work on this?", missing="Choose who will work on this"),
        *asks.next_action(required=True),
        asks.longtext("message", "Message to the group (optional)", required=False),
    ),
    tells=(Tell(messages.ReferralAssigned, Audience.ASSIGNEE),),
    tone=Tone.PRIMARY,
    clock=ClockEffect.NEXT_ACTION,
    explains="Your office becomes responsible, and reads all of it. The office that offered it reads no more.",
)
