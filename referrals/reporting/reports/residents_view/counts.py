"""The counts of residents' answers as one net, so that what one table hides no other gives away."""

from collections.abc import Sequence
from typing import Final

from referrals.reporting.deduction import Edge, Key
from referrals.reporting.queries import CLOSING, LATER, Answered
from referrals.reporting.reports.outcomes.counts import CLOSED, flow

MOMENTS: Final = (CLOSING, LATER)
# The questions by the columns that hold their answers, and what can be answered.
QUESTIONS: Final = ("helped_forward", "is_solved", "less_worried")
ANSWERS: Final = ("yes", "partly", "no")
ANSWERED: Final = "answered"
SILENT: Final = "silent"
# What came of asking at all; the rest are those whom nobody asked.
SAID: Final = (ANSWERED, "declined", "not_reached")
REST: Final = "rest"
EVERYBODY: Final = "everybody"
ASKED: Final = "asked"


def said(moment: str, question: str, answer: str) -> Key:
    """The key of how often a question was answered so; ANSWERED is any of the answers, SILENT none."""
    return "resident", moment, question, answer


def response(moment: str, which: str) -> Key:
    """The key of how many residents one of SAID is true of, or REST, ASKED (all of SAID), or EVERYBODY."""
    # Who could be asked at closing are all that were closed: the same number as in the report on outcomes.
    return flow(CLOSED) if (moment, which) == (CLOSING, EVERYBODY) else ("resident", moment, which)


def number(found: Sequence[Answered], question: str, *answers: str) -> int:
    """How often a question was answered in one of these ways."""
    return sum(one.number for one in found if getattr(one, question) in answers)


def edges_of(found: Sequence[Answered]) -> list[Edge]:
    """For each moment: everybody by what came of asking, then by each question; one after the other, with one total."""
    alive = [one for one in found if one.said != "died"]
    return [edge for moment in MOMENTS for edge in _moment(moment, [one for one in alive if one.moment == moment])]


def _moment(moment: str, found: Sequence[Answered]) -> list[Edge]:
    whole = sum(one.number for one in found)
    edges = _said(moment, found, whole)
    for place, question in enumerate(QUESTIONS):
        start, middle = (moment, str(place), "start"), (moment, str(place), "middle")
        end = (moment, str(place + 1), "start")
        given = [Edge(said(moment, question, one), start, middle, number(found, question, one)) for one in ANSWERS]
        answered = sum(edge.value for edge in given)
        edges += [*given, Edge(said(moment, question, ANSWERED), middle, end, answered)]
        edges.append(Edge(said(moment, question, SILENT), start, end, whole - answered, shown=False))
    last = (moment, str(len(QUESTIONS)), "start")
    return [*edges, Edge(response(moment, EVERYBODY), last, (moment, "said"), whole)]


def _said(moment: str, found: Sequence[Answered], whole: int) -> list[Edge]:
    start, middle, end = (moment, "said"), (moment, "asked"), (moment, "0", "start")
    numbers = {which: sum(one.number for one in found if one.said == which) for which in SAID}
    asked = sum(numbers.values())
    return [
        *(Edge(response(moment, which), start, middle, count) for which, count in numbers.items()),
        Edge(response(moment, ASKED), middle, end, asked),
        Edge(response(moment, REST), start, end, whole - asked, shown=False),
    ]
