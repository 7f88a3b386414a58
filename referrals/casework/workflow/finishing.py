"""The transitions by which a case comes to its result, and the result is answered."""

from typing import Final

from referrals.accounts.roles import Permission, Side
from referrals.casework.workflow import asks, states
from referrals.casework.workflow.asks import Ask, AskKind
from referrals.casework.workflow.transition import (
    Audience,
    ClockEffect,
    ConsentNeed,
    Tell,
    Tone,
    Transition,
)
from referrals.notifications import messages

FINISHING: Final = (
    Transition(
        name="answer",
        label="Answer the question",
        past="answered",
        sources=(states.SUBMITTED, states.INFORMATION_REQUESTED, *states.WORKING_STATES, states.ON_HOLD),
        target=states.CLOSED,
        advice=True,
        ways={Side.OFFICE: Permission.OUTCOME_RECORD},
        asks=(asks.longtext("advice", "Your answer", "Enter your answer", "The group reads this."),),
        tells=(Tell(messages.RequestAnswered, Audience.GROUP),),
        tone=Tone.PRIMARY,
        clock=ClockEffect.END,
        explains="This finishes the request. The group can ask again.",
    ),
    Transition(
        name="record_outcome",
        label="Record the outcome",
        past="outcome_recorded",
        sources=(*states.WORKING_STATES, states.ON_HOLD),
        target=states.OUTCOME_RECORDED,
        advice=False,
        told="outcome",
        ways={Side.OFFICE: Permission.OUTCOME_RECORD},
        asks=(
            asks.choice("resolution", "Is it resolved?", "resolutions", "Say whether it is resolved"),
            Ask(
                "codes",
                AskKind.CODES,
                "What came of it?",
                "Choose everything that applies.",
                required=False,
                list_code="outcomes",
                missing="Choose at least one result, because you say it is resolved",
            ),
            Ask("money", AskKind.MONEY, "Money", "Leave this empty when there was none.", required=False),
            asks.choice("contribution", "What part did the MP play?", "contributions", "Say what part the MP played"),
            Ask(
                "evidenced",
                AskKind.YESNO,
                "Do you hold evidence of this?",
                "For example a decision letter.",
                keep=asks.Keep.FACTS,
                missing="Say whether you hold evidence",
            ),
            asks.longtext(
                "summary", "The result in your words", "Say what the result is", "The group and the resident read this."
            ),
        ),
        tells=(Tell(messages.OutcomeRecorded, Audience.GROUP),),
        tone=Tone.PRIMARY,
        clock=ClockEffect.CONFIRMATION,
        explains="The group is asked to check the result with the resident.",
    ),
    Transition(
        name="confirm_outcome",
        label="Confirm the result",
        past="outcome_confirmed",
        sources=(states.OUTCOME_RECORDED,),
        target=states.CLOSED,
        told="outcome",
        ways={Side.GROUP: Permission.OUTCOME_CONFIRM},
        asks=(
            asks.choice("agreed", "Is the result right?", "agreements", "Say whether the result is right"),
            *asks.of_resident(),
            asks.longtext("comment", "Anything to add? (optional)", required=False),
        ),
        tells=(Tell(messages.OutcomeConfirmed, Audience.OFFICE),),
        tone=Tone.PRIMARY,
        clock=ClockEffect.END,
        explains="This finishes the referral. If there is more to do, say that something is wrong instead.",
    ),
    Transition(
        name="dispute_outcome",
        label="Say that something is wrong",
        past="outcome_disputed",
        sources=(states.OUTCOME_RECORDED,),
        target=states.IN_PROGRESS,
        told="outcome",
        ways={Side.GROUP: Permission.OUTCOME_CONFIRM},
        asks=(
            asks.choice("reason", "What kind of thing is wrong?", "dispute_reasons", "Choose what is wrong"),
            asks.longtext("wrong", "What is wrong?", "Say what is wrong"),
        ),
        tells=(Tell(messages.OutcomeDisputed, Audience.OFFICE),),
        clock=ClockEffect.FIRST_ACTION,
        explains="The office is asked to look at it again.",
    ),
    Transition(
        name="close",
        label="Close",
        past="closed",
        sources=(states.OUTCOME_RECORDED,),
        target=states.CLOSED,
        consent=ConsentNeed.NONE,
        ways={Side.OFFICE: Permission.OUTCOME_RECORD},
        asks=(
            asks.longtext(
                "why",
                "Why close it now?",
                "Say why you are closing it before the group’s time to answer is over",
                "Needed only when the group still has time to answer.",
                required=False,
            ),
        ),
        tells=(Tell(messages.ReferralClosed, Audience.GROUP),),
        clock=ClockEffect.END,
        explains="The result stands as claimed by the office, and not confirmed by the group.",
        by_service=True,
    ),
)
