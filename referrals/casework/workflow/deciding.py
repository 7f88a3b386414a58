"""The transitions by which an office decides about what was sent, and what it asks before that."""

from typing import Final

from referrals.accounts.roles import Permission, Side
from referrals.casework.workflow import asks, states
from referrals.casework.workflow.asks import Ask, AskKind, When
from referrals.casework.workflow.transition import (
    BACK,
    WORK,
    Audience,
    ClockEffect,
    ConsentNeed,
    Tell,
    Tone,
    Transition,
)
from referrals.notifications import messages

_UNDECIDED: Final = (states.SUBMITTED, states.INFORMATION_REQUESTED)

DECIDING: Final = (
    Transition(
        name="accept",
        label="Accept",
        past="accepted",
        sources=_UNDECIDED,
        target=states.ACCEPTED,
        before_decision=True,
        told="status",
        ways=WORK,
        asks=(
            Ask("assignee", AskKind.PERSON, "Who will work on this?", missing="Choose who will work on this"),
            asks.choice("category", "Category", "categories", "Choose a category", "Check that this is right."),
            Ask(
                "issue_type",
                AskKind.CHOICE,
                "Type of issue",
                required=False,
                list_code="issue_types",
                parent="category",
                keep=asks.Keep.FACTS,
            ),
            *asks.next_action(required=True),
            asks.longtext("message", "Message to the group (optional)", required=False),
            *asks.facets(),
        ),
        tells=(Tell(messages.ReferralAccepted, Audience.GROUP), Tell(messages.ReferralAssigned, Audience.ASSIGNEE)),
        tone=Tone.PRIMARY,
        clock=ClockEffect.NEXT_ACTION,
        explains="The office takes this on, and the group is told.",
    ),
    Transition(
        name="request_information",
        label="Ask for information",
        past="information_requested",
        sources=(states.SUBMITTED, *states.WORKING_STATES),
        target=states.INFORMATION_REQUESTED,
        ways=WORK,
        asks=(
            asks.longtext("question", "What do you need to know?", "Enter your question"),
            asks.day(
                "due_on", "By which day?", When.FUTURE, "Enter the day you need the answer by", clock="information"
            ),
        ),
        tells=(Tell(messages.InformationRequested, Audience.GROUP),),
        clock=ClockEffect.STOP,
        explains="The group is told, and your clock stops until they answer.",
    ),
    Transition(
        name="provide_information",
        label="Answer the question",
        past="information_provided",
        sources=(states.INFORMATION_REQUESTED,),
        target=BACK,
        ways={Side.GROUP: Permission.REFERRAL_ANSWER},
        asks=(asks.longtext("answer", "Your answer", "Enter your answer"),),
        tells=(Tell(messages.InformationProvided, Audience.OFFICE),),
        tone=Tone.PRIMARY,
        clock=ClockEffect.RESUME,
        explains="The office is told that you have answered.",
    ),
    Transition(
        name="return_with_advice",
        label="Send back with advice",
        past="returned_with_advice",
        sources=_UNDECIDED,
        target=states.RETURNED_WITH_ADVICE,
        before_decision=True,
        advice=False,
        ways=WORK,
        asks=(
            asks.choice("reason", "Why are you sending it back?", "return_reasons", "Choose a reason"),
            asks.longtext("advice", "Your advice", "Enter your advice"),
        ),
        tells=(Tell(messages.ReferralReturned, Audience.GROUP),),
        clock=ClockEffect.END,
        explains="The group can act on your advice, and send the referral again.",
    ),
    Transition(
        name="decline",
        label="Decline",
        past="declined",
        sources=_UNDECIDED,
        target=states.DECLINED,
        before_decision=True,
        consent=ConsentNeed.NONE,
        ways=WORK,
        asks=(
            asks.choice("reason", "Why can the office not take this on?", "decline_reasons", "Choose a reason"),
            asks.longtext("note", "Note to the group", "Enter a note to the group"),
            asks.longtext("instead", "What can they do instead?", "Say what they can do instead"),
            asks.SAME_AS,
        ),
        tells=(Tell(messages.ReferralDeclined, Audience.GROUP),),
        tone=Tone.WARNING,
        clock=ClockEffect.END,
        explains="The group is told why, and what to do instead. After 30 days the office can no longer read this.",
    ),
)
