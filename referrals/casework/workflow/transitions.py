"""Every transition, a row each: where it leads, who may, what it asks, what it does to the clock, whom it tells."""

from typing import Final

from referrals.accounts.roles import Permission, Side
from referrals.casework.workflow import asks, states
from referrals.casework.workflow.asks import Ask, AskKind, When
from referrals.casework.workflow.taking_on import TAKE_ON
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
from referrals.notifications import messages

_WORK: Final = {Side.OFFICE: Permission.REFERRAL_WORK}
_UNDECIDED: Final = (states.SUBMITTED, states.INFORMATION_REQUESTED)

_SENDING = (
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

_DECIDING = (
    Transition(
        name="accept",
        label="Accept",
        past="accepted",
        sources=_UNDECIDED,
        target=states.ACCEPTED,
        before_decision=True,
        told="status",
        ways=_WORK,
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
        ways=_WORK,
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
        ways=_WORK,
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
        ways=_WORK,
        asks=(
            asks.choice("reason", "Why can the office not take this on?", "decline_reasons", "Choose a reason"),
            asks.longtext("note", "Note to the group", "Enter a note to the group"),
            asks.longtext("instead", "What can they do instead?", "Say what they can do instead"),
        ),
        tells=(Tell(messages.ReferralDeclined, Audience.GROUP),),
        tone=Tone.WARNING,
        clock=ClockEffect.END,
        explains="The group is told why, and what to do instead. After 30 days the office can no longer read this.",
    ),
)

_WORKING = (
    Transition(
        name="assign",
        label="Assign",
        past="assigned",
        sources=states.OPEN_WITH_OFFICE,
        target=STAY,
        consent=ConsentNeed.NONE,
        ways=_WORK,
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
        ways=_WORK,
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
        ways=_WORK,
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
        ways=_WORK,
        asks=asks.next_action(required=False),
        tells=(Tell(messages.ReferralResumed, Audience.GROUP),),
        tone=Tone.PRIMARY,
        clock=ClockEffect.RESUME,
    ),
)

_FINISHING = (
    Transition(
        name="record_outcome",
        label="Record the outcome",
        past="outcome_recorded",
        sources=(*states.WORKING_STATES, states.ON_HOLD),
        target=states.OUTCOME_RECORDED,
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
            asks.choice(
                "helped_forward", "Resident: did it help you find a way forward?", "resident_answers", required=False
            ),
            asks.choice("is_solved", "Resident: is it solved?", "resident_answers", required=False),
            asks.choice("less_worried", "Resident: are you less worried?", "resident_answers", required=False),
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

_LEAVING = (
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

_ALL = (*_SENDING, *_DECIDING, *_WORKING, TAKE_ON, *_FINISHING, *_LEAVING)

TRANSITIONS: Final[dict[str, Transition]] = {transition.name: transition for transition in _ALL}
