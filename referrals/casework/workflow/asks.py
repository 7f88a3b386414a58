"""What a transition asks of the person who makes it: one Ask a question, from which forms and checks are built."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from referrals.accounts.roles import Side


class AskKind(StrEnum):
    """The kind of answer: what a form draws, and what `move()` takes.

    text, longtext: str. date: datetime.date. choice: a code. codes: a list of codes. person: a person's UUID.
    yesno: bool. money: a list of dicts of the fields in `MONEY_FIELDS`.
    """

    TEXT = "text"
    LONGTEXT = "longtext"
    DATE = "date"
    CHOICE = "choice"
    CODES = "codes"
    PERSON = "person"
    YESNO = "yesno"
    MONEY = "money"


class When(StrEnum):
    """Which days are plausible for a date."""

    PAST = "past"  # today or up to ten years back
    FUTURE = "future"  # after today, up to two years ahead
    FROM_TODAY = "from_today"  # today, or up to two years ahead


class Keep(StrEnum):
    """Where an answer is kept."""

    WORDS = "words"  # sealed in the move, read by both sides
    FACTS = "facts"  # plain codes and dates of the move
    ELSEWHERE = "elsewhere"  # an effect puts it where it belongs


TEXT_LENGTH: Final = 200
LONGTEXT_LENGTH: Final = 5_000


# How a timeline names an answer, where its question would read oddly there; empty where the title says it all.
SHOWN_AS: Final = {
    "question": "",
    "answer": "",
    "advice": "",
    "what_changed": "",
    "wrong": "",
    "assignee": "Assigned to",
    "referrer": "Given to",
    "next_action": "Next action",
    "next_action_on": "Planned for",
    "due_on": "Answer by",
    "started_on": "Since",
    "review_on": "Looked at again on",
    "reason": "Reason",
    "asked_by": "Asked for by",
    "note": "Note",
    "message": "Message",
    "comment": "Comment",
    "instead": "What to do instead",
    "why": "Why now",
    "postcode": "Postcode",
    "correction": "Why",
    "resolution": "Result",
    "contribution": "The MP’s part",
    "evidenced": "Evidence held",
    "summary": "In words",
    "agreed": "Is the result right",
    "no_answer": "Why the resident did not answer",
    "sensitivity": "How sensitive",
    "transferability": "If the MP changes",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `name` is the field's name and the key of its answer."""

    name: str
    kind: AskKind
    label: str
    hint: str = ""
    required: bool = True
    # The closed list an answer comes from.
    list_code: str | None = None
    # The ask whose answer is the parent of this list's codes, or "category" for the referral's own.
    parent: str | None = None
    max_length: int | None = None
    when: When | None = None
    keep: Keep = Keep.ELSEWHERE
    # What to say when a required answer is missing.
    missing: str = "Answer this question"
    # Asked of one side only.
    side: Side | None = None
    # The clock whose end is offered as the date.
    clock: str | None = None
    # Whether the form folds it away with the others of its kind: good to know, and not needed to go on.
    folded: bool = False

    @property
    def shown_as(self) -> str:
        """What its answer is called where it is read again."""
        return SHOWN_AS.get(self.name, self.label)


def longtext(name: str, label: str, missing: str = "", hint: str = "", *, required: bool = True) -> Ask:
    """Several lines of words, read by both sides."""
    return Ask(
        name, AskKind.LONGTEXT, label, hint, required, max_length=LONGTEXT_LENGTH, keep=Keep.WORDS, missing=missing
    )


def choice(name: str, label: str, list_code: str, missing: str = "", hint: str = "", *, required: bool = True) -> Ask:
    """One code of a closed list, kept among the facts of the move."""
    return Ask(name, AskKind.CHOICE, label, hint, required, list_code, keep=Keep.FACTS, missing=missing)


def facets() -> tuple[Ask, Ask]:
    """Two of the four facets that the office gives a case; the other two, category and urgency, are asked by name."""
    return (
        Ask(
            "sensitivity",
            AskKind.CHOICE,
            "How sensitive is it?",
            "Decides how carefully it is handled. Everybody in your office can still open it.",
            required=False,
            list_code="sensitivities",
            keep=Keep.FACTS,
            folded=True,
        ),
        Ask(
            "transferability",
            AskKind.CHOICE,
            "What should happen to it if the MP changes?",
            "Casework never passes to a successor by itself: the resident decides. Choose what you know.",
            required=False,
            list_code="transferabilities",
            keep=Keep.FACTS,
            folded=True,
        ),
    )


def of_resident() -> tuple[Ask, ...]:
    """The three questions to the resident at closing, none of them needed, and why there is no answer."""
    return (
        choice("helped_forward", "Resident: did it help you find a way forward?", "resident_answers", required=False),
        choice("is_solved", "Resident: is it solved?", "resident_answers", required=False),
        choice("less_worried", "Resident: are you less worried?", "resident_answers", required=False),
        choice("no_answer", "If the resident answered none of these, why not?", "no_answer_reasons", required=False),
    )


def day(
    name: str, label: str, when: When, missing: str, hint: str = "", *, required: bool = True, clock: str | None = None
) -> Ask:
    """A date, kept among the facts of the move."""
    return Ask(name, AskKind.DATE, label, hint, required, when=when, keep=Keep.FACTS, missing=missing, clock=clock)


def next_action(*, required: bool, side: Side | None = None) -> tuple[Ask, Ask]:
    """The two questions that keep a case from standing naked: what the office does next, and on which day."""
    return (
        Ask(
            "next_action",
            AskKind.TEXT,
            "What will you do next?",
            "The group reads this. For example: Write to the department.",
            required,
            max_length=TEXT_LENGTH,
            keep=Keep.WORDS,
            missing="Say what you will do next",
            side=side,
        ),
        Ask(
            "next_action_on",
            AskKind.DATE,
            "On which day?",
            "",
            required,
            when=When.FROM_TODAY,
            keep=Keep.FACTS,
            missing="Enter the day of the next action",
            side=side,
            clock="first_action",
        ),
    )


# Of a decline: what the two have to do with each other is kept as a link, not with the move.
SAME_AS: Final = Ask(
    "same_as",
    AskKind.TEXT,
    "Which one is already open? (optional)",
    "Only where that is the reason: its reference. The two are then linked.",
    required=False,
    max_length=40,
)
