"""The transitions that end a referral without a result, and the one that takes it up again."""

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

LEAVING: Final = (
    Transition(
        name="withdraw",
        label="Withdraw",
        past="withdrawn",
        sources=states.OPEN_STATES,
        target=states.WITHDRAWN,
        consent=ConsentNeed.NONE,
        ways={Side.GROUP: Permission.REFERRAL_WITHDRAW, Side.OFFICE: Permission.REFERRAL_WITHDRAW},
        asks=(
            asks.choice("reason", "Why is it withdrawn?", "withdrawal_reasons", "Choose a reason"),
            asks.choice("asked_by", "Who asked for this?", "withdrawal_requesters", "Say who asked for this"),
            asks.longtext("note", "Anything to add? (optional)", required=False),
        ),
        tells=(Tell(messages.ReferralWithdrawn, Audience.OTHER_SIDE),),
        tone=Tone.WARNING,
        clock=ClockEffect.END,
    ),
    Transition(
        name="reopen",
        label="Reopen",
        past="reopened",
        sources=states.ENDED_STATES,
        target=states.SUBMITTED,
        targets={Side.OFFICE: states.IN_PROGRESS},
        clocks={Side.OFFICE: ClockEffect.NEXT_ACTION},
        ways={Side.GROUP: Permission.REFERRAL_SUBMIT, Side.OFFICE: Permission.REFERRAL_WORK},
        asks=(
            asks.choice("reason", "Why is it reopened?", "reopen_reasons", "Choose a reason"),
            asks.longtext("note", "What has happened?", "Say what has happened"),
            *asks.next_action(required=True, side=Side.OFFICE),
        ),
        tells=(Tell(messages.ReferralReopened, Audience.OTHER_SIDE),),
        clock=ClockEffect.DECISION,
        consent=ConsentNeed.VALID,
    ),
    Transition(
        name="mark_entered_in_error",
        label="Mark as sent by mistake",
        past="entered_in_error",
        sources=(states.DRAFT, states.SUBMITTED),
        target=states.ENTERED_IN_ERROR,
        consent=ConsentNeed.NONE,
        ways={Side.GROUP: Permission.REFERRAL_SUBMIT, Side.OFFICE: Permission.REFERRAL_ASSIGN},
        asks=(
            asks.choice("reason", "What was the mistake?", "error_reasons", "Choose a reason"),
            asks.longtext("note", "Anything to add? (optional)", required=False),
        ),
        tells=(Tell(messages.ReferralEnteredInError, Audience.OTHER_SIDE),),
        tone=Tone.WARNING,
        clock=ClockEffect.END,
        explains="It is left out of every report.",
    ),
)
