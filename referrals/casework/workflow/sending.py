"""The transitions by which a group sends a referral, for the first time and again."""

from typing import Final

from referrals.accounts.roles import Permission, Side
from referrals.casework.workflow import asks, states
from referrals.casework.workflow.transition import (
    Audience,
    ClockEffect,
    ConsentNeed,
    Tell,
    Tone,
    Transition,
)
from referrals.notifications import messages

SENDING: Final = (
    Transition(
        name="submit",
        label="Send to the MP’s office",
        past="submitted",
        sources=(states.DRAFT,),
        target=states.SUBMITTED,
        ways={Side.GROUP: Permission.REFERRAL_SUBMIT},
        tells=(Tell(messages.ReferralSubmitted, Audience.OFFICE),),
        tone=Tone.PRIMARY,
        clock=ClockEffect.DECISION,
        explains="The MP’s office will be able to read everything in this referral.",
        consent=ConsentNeed.VALID,
    ),
    Transition(
        name="resubmit",
        label="Send again",
        past="resubmitted",
        sources=(states.DECLINED, states.RETURNED_WITH_ADVICE),
        target=states.SUBMITTED,
        ways={Side.GROUP: Permission.REFERRAL_SUBMIT},
        asks=(asks.longtext("what_changed", "What has changed?", "Say what has changed since the office’s answer"),),
        tells=(Tell(messages.ReferralSubmitted, Audience.OFFICE),),
        tone=Tone.PRIMARY,
        clock=ClockEffect.DECISION,
        explains="The office will be asked to decide again.",
        consent=ConsentNeed.VALID,
    ),
)
