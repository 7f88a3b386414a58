"""What a number of a report counts, in words: one line for each measure whose referrals can be listed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from referrals.casework.workflow import STATES, states
from referrals.directory import lists
from referrals.directory.queries import organisation_by_code
from referrals.foundation.errors import NotFound
from referrals.reporting.cells import COULD_BE_ASKED, LEFT_OPEN, NOT_ANSWERED, WAS_ASKED, Cell
from referrals.reporting.days import day_of
from referrals.reporting.summaries import facts, measures
from referrals.reporting.summaries.measures import AT_CLOSING, LATER_ON, answered

# What codes are of that are not those of a list.
_STATES: Final = "states"
_GROUPS: Final = "groups"
_TURNS: Final = "turns"


@dataclass(frozen=True, slots=True)
class Words:
    """What a measure counts, the list that its codes are of, and what its aspects are called."""

    words: str
    codes: str = ""
    aspects: Mapping[str, str] = field(default_factory=dict)
    # The list that stands in the place of categories.
    categories: str = "categories"
    # Whether `days` is a day of the calendar.
    is_dated: bool = False


_ANSWERED: Final = {"confirmed": "confirmed", "disputed": "disputed", NOT_ANSWERED: "not answered"}
_REPLIED: Final = {"answered": "answered", "waiting": "still waiting", "given_up": "given up"}
_SAID: Final = {
    "answered": "answered",
    "declined": "did not want to",
    "not_reached": "not reached",
    WAS_ASKED: "asked",
    COULD_BE_ASKED: "could be asked",
}
_DECIDED: Final = {
    measures.TAKEN_ON: "taken on",
    states.DECLINED: "declined",
    states.RETURNED_WITH_ADVICE: "sent back with advice",
    states.WITHDRAWN: "withdrawn before a decision",
    measures.UNDECIDED: "not decided yet",
}
_REASONS: Final = {
    states.DECLINED: "decline_reasons",
    states.RETURNED_WITH_ADVICE: "return_reasons",
    states.WITHDRAWN: "withdrawal_reasons",
}
_TURNS_OF: Final = {
    facts.DECIDING: "the MP’s office, to decide",
    facts.WORKING: "the MP’s office, to work on it",
    facts.ANSWERING: "the group, to answer a question",
    facts.CHECKING: "the group, to check a result",
    facts.REPLYING: "a body, to answer an enquiry",
}
_QUESTIONS: Final = {
    "helped_forward": "Found a way forward",
    "is_solved": "Is it solved",
    "less_worried": "Less worried",
}
_MOMENTS: Final = {AT_CLOSING: "when it was closed", LATER_ON: "four weeks later"}
_APPROVED: Final = {facts.APPROVED: "approved", facts.UNAPPROVED: "waits for approval"}
_MONEY: Final = {"confirmed": "paid or decided", "estimated": "estimated", "predicted": "expected"}

_WORDS: Final[Mapping[str, Words]] = {
    measures.RECEIVED: Words("Received"),
    measures.ACCEPTED: Words("Accepted"),
    measures.ENDED: Words("Ended", _STATES),
    LEFT_OPEN: Words("Still open"),
    measures.WAITED: Words("Waited before it was sent"),
    measures.RESULT: Words("With a result", "resolutions", _ANSWERED),
    measures.CLOSED: Words("Closed", "resolutions", _ANSWERED),
    measures.OUTCOME_CODE: Words("With an outcome", "outcomes", _ANSWERED),
    measures.DECISION: Words("Received", aspects=_DECIDED),
    measures.SEEN: Words("Opened by the office"),
    measures.TAKEN_ON: Words("Taken on"),
    measures.STARTED: Words("Work begun"),
    measures.HAS_RESULT: Words("From work begun to a result"),
    measures.ANSWERED_RESULT: Words("From the result to the end"),
    measures.WHOLE: Words("Ended"),
    measures.GROUP_RECEIVED: Words("Received", _GROUPS),
    measures.GROUP_ACCEPTED: Words("Taken on", _GROUPS),
    measures.GROUP_CLOSED: Words("Closed with a result", _GROUPS),
    measures.ASKED: Words("A body was asked", lists.AGENCIES, _REPLIED),
    measures.TURN: Words("A turn ended", _TURNS),
    measures.MONEY_CLAIMED: Words("With money", "money_kinds", _MONEY),
    measures.GAIN_CLAIMED: Words("With money", "money_kinds", _MONEY, categories="outcomes"),
    measures.AGREED: Words("Agreed", "consent_kinds", {measures.WITHDRAWN: "taken back"}, "consent_scopes"),
    measures.AGREED_UNTIL: Words(
        "Agreed for a time", "consent_kinds", {measures.OPEN: "on open cases"}, "consent_scopes", is_dated=True
    ),
    measures.UNAPPROVED_AGREED: Words("Waits for approval", "consent_kinds", categories="consent_scopes"),
    measures.GROUND: Words("Agreed", "consent_grounds", _APPROVED),
    measures.TAKEN_BACK: Words("An agreement was taken back"),
    measures.DECLINED_KEPT: Words("Declined", is_dated=True),
    **{moment: Words(f"Asked {words}", aspects=_SAID) for moment, words in _MOMENTS.items()},
    **{
        answered(moment, question): Words(f"{label}, {words}", "later_answers")
        for moment, words in _MOMENTS.items()
        for question, label in _QUESTIONS.items()
    },
}


def words_of(cell: Cell) -> str:
    """What a cell counts, like "Received: Housing". Raises NotFound for codes that there are not."""
    if cell.of not in _WORDS:
        raise NotFound
    of = _WORDS[cell.of]
    parts = (
        _code(of, cell),
        _category(of, cell.category),
        _aspect(of, cell.aspect),
        "evidenced" if cell.evidenced else "",
        f"{date.fromisoformat(f'{cell.month}-01'):%B %Y}" if cell.month else "",
        _span(of, cell.days),
    )
    found = ", ".join(part for part in parts if part)
    return f"{of.words}: {found}" if found else of.words


def _code(of: Words, cell: Cell) -> str:
    if cell.code is None:
        return ""
    if of.codes == _STATES and cell.code in STATES:
        return STATES[cell.code].label_office
    if of.codes == _TURNS and cell.code in _TURNS_OF:
        return _TURNS_OF[cell.code]
    if of.codes == _GROUPS and (group := organisation_by_code(cell.code)):
        return group.name
    if cell.of == measures.DECISION and cell.code == "":
        return "no reason given"
    return _label(_REASONS.get(cell.aspect or "", "") if cell.of == measures.DECISION else of.codes, cell.code)


def _category(of: Words, category: str | None) -> str:
    if category == "":
        return "no category" if of.categories == "categories" else ""
    return _label(of.categories, category) if category else ""


def _label(of: str, code: str) -> str:
    # The lists of these names are none.
    if of in ("", _STATES, _GROUPS, _TURNS) or code not in [item.code for item in lists.items(of)]:
        raise NotFound
    return lists.label(of, code)


def _aspect(of: Words, aspect: str | None) -> str:
    if aspect is None:
        return ""
    if aspect not in of.aspects:
        raise NotFound
    return of.aspects[aspect]


def _span(of: Words, days: tuple[int | None, int | None] | None) -> str:
    if days is None:
        return ""
    low, high = (None if one is None else _day(one) if of.is_dated else f"{one:,}" for one in days)
    unit = "" if of.is_dated else " days"
    if low is None:
        return f"until {high}" if of.is_dated else f"up to {high}{unit}"
    return f"{low} to {high}{unit}" if high is not None else f"{low}{unit} or more"


def _day(number: int) -> str:
    day = day_of(number)
    return f"{day.day} {day:%B %Y}"
