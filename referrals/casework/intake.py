"""The catalogue of intake: its pages in order, the questions of each, and when a page or an answer is needed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from referrals.casework.models import Consent, Referral

Answers = Mapping[str, Any]

ADVICE: Final = "request_for_advice"
# Chosen in place of a way of agreeing, when the resident did not ask; one of the four grounds must follow.
NOT_ASKED: Final = "none"
OWN_REQUEST: Final = "own_request"
# The two kinds of consent that the intake asks for.
TO_OFFICE: Final = "group_to_office"
TO_GROUP: Final = "office_to_group"
# What is kept in place of a reason, or of an answer to a warning, when there was nothing to say.
BY_POSTCODE: Final = "by_postcode"
NONE_FOUND: Final = "none_found"
DIFFERENT: Final = "seen_and_different"

PARTS: Final = ("What is wrong", "The person", "What they agree to", "Check and send")


class Kind(StrEnum):
    """What an answer is, and so how it is cleaned."""

    LINE = "line"
    WORDS = "words"
    CHOICE = "choice"
    CODES = "codes"
    YES = "yes"
    DAY = "day"
    PAST_DAY = "past_day"
    COMING_DAY = "coming_day"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Question:
    """One answer of a page. `ask` is what the person is told when it is needed and missing."""

    name: str
    kind: Kind
    ask: str = ""
    required: bool = False
    # Needed only in some cases, seen from the page's other answers and from what the draft holds.
    needed_when: Callable[[Answers, Referral], bool] | None = None
    longest: int = 200
    list_code: str | None = None

    def needed(self, answers: Answers, referral: Referral) -> bool:
        """Whether the draft cannot be sent without this answer."""
        return self.required or (self.needed_when is not None and self.needed_when(answers, referral))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the intake; `part` counts from 1, and 0 is before the draft exists."""

    code: str
    part: int
    title: str
    questions: tuple[Question, ...] = ()
    applies: Callable[[Referral, Sequence[Consent]], bool] = lambda *_: True


def is_about_a_resident(referral: Referral) -> bool:
    """Whether there is a person behind it; a request for advice has none (DOMAIN section 4)."""
    return referral.issue_type != ADVICE


def consent_of(consents: Iterable[Consent], kind: str) -> Consent | None:
    """The consent of this kind that is not withdrawn, if there is one."""
    return next((consent for consent in consents if consent.kind == kind and consent.withdrawn_at is None), None)


def _has_a_resident(referral: Referral, _: Sequence[Consent]) -> bool:
    return is_about_a_resident(referral)


def _was_asked(referral: Referral, consents: Sequence[Consent]) -> bool:
    # Who did not ask for the referral cannot have said what the group may hear of it: then the group hears nothing.
    consent = consent_of(consents, TO_OFFICE)
    return is_about_a_resident(referral) and (consent is None or consent.ground == OWN_REQUEST)


def _may_be_a_duplicate(referral: Referral, _: Sequence[Consent]) -> bool:
    return is_about_a_resident(referral) and referral.duplicates_checked != NONE_FOUND


def _nothing_else_reaches(answers: Answers, _: Referral) -> bool:
    return not any(answers.get(name) for name in ("email", "post_ok", "through_volunteer"))


def _is_urgent(answers: Answers, _: Referral) -> bool:
    return answers.get("urgency") == "urgent"


def _not_asked(answers: Answers, _: Referral) -> bool:
    return answers.get("agreed") == NOT_ASKED


def _health_must_be_agreed(answers: Answers, referral: Referral) -> bool:
    # Health data needs explicit consent to leave the group (UK GDPR article 9(2)(a)).
    return referral.category == "health" and answers.get("agreed") not in {None, "", NOT_ASKED}


START = Page(
    "start",
    0,
    "Is anybody in danger right now?",
    (Question("danger", Kind.CHOICE, "Say whether anybody is in danger right now", required=True),),
)

PAGES: Final[tuple[Page, ...]] = (
    Page(
        "issue",
        1,
        "What is it about?",
        (Question("issue_type", Kind.CHOICE, "Choose what it is about", required=True, list_code="issue_types"),),
    ),
    Page(
        "story",
        1,
        "What has happened?",
        (
            Question("story", Kind.WORDS, "Write what has happened", required=True, longest=6000),
            Question("summary", Kind.LINE, "Say it again in one line", required=True, longest=120),
        ),
    ),
    Page(
        "hopes",
        1,
        "What do they want to happen?",
        (
            Question("wanted", Kind.WORDS, "Write what they want to happen", required=True, longest=2000),
            Question("tried", Kind.WORDS, longest=3000),
        ),
        _has_a_resident,
    ),
    Page(
        "waiting",
        1,
        "How long has this gone on?",
        (
            Question("waiting_since", Kind.PAST_DAY, "Say since when, for example March 2026", required=True),
            Question(
                "key_date_note",
                Kind.LINE,
                "Say what happens on that date",
                needed_when=lambda a, _: bool(a.get("key_date")),
            ),
            Question("key_date", Kind.DAY, "Enter the date too", needed_when=lambda a, _: bool(a.get("key_date_note"))),
        ),
        _has_a_resident,
    ),
    Page(
        "urgency",
        1,
        "How urgent is it?",
        (
            Question("urgency", Kind.CHOICE, "Choose how urgent it is", required=True, list_code="urgencies"),
            Question("urgency_note", Kind.WORDS, "Say why it is urgent", needed_when=_is_urgent, longest=500),
            Question("urgent_by", Kind.COMING_DAY, "Enter the date it must be dealt with by", needed_when=_is_urgent),
        ),
    ),
    Page(
        "background",
        1,
        "Who else is involved?",
        (
            Question("agency", Kind.CHOICE, list_code="agencies"),
            Question("agency_reference", Kind.LINE, longest=60),
            Question("helpers", Kind.WORDS, longest=1000),
            Question("plan_priority", Kind.YES),
            Question("trusted_body_conflict", Kind.YES),
        ),
    ),
    Page(
        "person",
        2,
        "Who are you helping?",
        (
            Question("name", Kind.LINE, "Enter their name", required=True, longest=120),
            Question(
                "postcode",
                Kind.LINE,
                "Enter their postcode, or say that there is none",
                needed_when=lambda a, _: not a.get("no_postcode"),
            ),
            Question("no_postcode", Kind.YES),
            Question("address", Kind.WORDS, longest=400),
        ),
        _has_a_resident,
    ),
    Page(
        "office",
        2,
        "Where it goes",
        (
            Question(
                "office",
                Kind.OFFICE,
                "Choose the MP’s office it should go to",
                needed_when=lambda _, referral: referral.office_id is None,
            ),
            Question(
                "routing",
                Kind.CHOICE,
                "Choose why the postcode does not decide",
                needed_when=lambda a, _: bool(a.get("office")),
                list_code="routing_reasons",
            ),
            Question("routing_note", Kind.LINE, longest=300),
        ),
    ),
    Page(
        "contact",
        2,
        "How can the office reach them safely?",
        (
            Question(
                "phone",
                Kind.LINE,
                "Enter a phone number that is safe to call, or another safe way to reach them",
                needed_when=_nothing_else_reaches,
                longest=40,
            ),
            Question("message_ok", Kind.YES),
            Question("text_ok", Kind.YES),
            Question("email", Kind.LINE, longest=254),
            Question("post_ok", Kind.YES),
            Question("through_volunteer", Kind.YES),
            Question("times", Kind.LINE, longest=200),
            Question("caution", Kind.WORDS, longest=500),
        ),
        _has_a_resident,
    ),
    Page(
        "needs",
        2,
        "Is there anything the office should know to talk with them well?",
        (
            Question("needs", Kind.CODES, list_code="communication_needs"),
            Question("language", Kind.LINE, longest=80),
            Question("needs_note", Kind.LINE, longest=300),
            Question("household", Kind.WORDS, longest=500),
        ),
        _has_a_resident,
    ),
    Page(
        "consent",
        3,
        "Have they agreed to this?",
        (
            Question("agreed", Kind.CHOICE, "Choose how they agreed", required=True, list_code="consent_methods"),
            Question(
                "ground",
                Kind.CHOICE,
                "Choose why it is sent without their agreement",
                needed_when=_not_asked,
                list_code="consent_grounds",
            ),
            Question(
                "covers_health",
                Kind.YES,
                "Ask them, and tick this when they agree. Without it no health issue can be sent",
                needed_when=_health_must_be_agreed,
            ),
            Question("given_by", Kind.CHOICE, list_code="consent_capacities"),
            Question("given_on", Kind.PAST_DAY),
        ),
        _has_a_resident,
    ),
    Page(
        "feedback",
        3,
        "What may the office tell you?",
        (Question("scope", Kind.CHOICE, "Choose what it may tell you", required=True, list_code="consent_scopes"),),
        _was_asked,
    ),
    Page(
        "duplicates",
        4,
        "Has this been sent before?",
        (Question("different", Kind.YES, "Tick this when it is a different issue", required=True),),
        _may_be_a_duplicate,
    ),
)

BY_CODE: Final = {page.code: page for page in PAGES}


def _numbered() -> dict[str, str]:
    found: dict[str, str] = {}
    for part in range(1, len(PARTS) + 1):
        asked = [question.name for page in PAGES if page.part == part for question in page.questions]
        found |= {name: f"{part}.{place}" for place, name in enumerate(asked, 1)}
    return found


# The number of each question by its name, "2.1" the first of the second part: the same on the screen and on paper.
NUMBERS: Final[Mapping[str, str]] = _numbered()


def pages_for(referral: Referral, consents: Sequence[Consent]) -> list[Page]:
    """The pages that this draft asks, in order."""
    return [page for page in PAGES if page.applies(referral, consents)]
