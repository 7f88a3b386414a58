"""What residents said themselves: at closing, and four weeks later, with how many were asked and why some said nothing.

How to read it. `answers` gives one line for each combination that there is, so every figure is a sum over lines:

    found = answers(scope, period)
    at_closing, later = response(found, CLOSING), response(found, LATER)
    solved = sum(one.number for one in found if one.moment == LATER and one.is_solved == "yes")

A share of answers is of those who answered that question (yes, partly or no), and stands beside the response:
`later.answered` of `later.asked`. The two moments are of different people where not everybody answers twice, so they
are shown beside each other and never subtracted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import facts
from referrals.reporting.summaries.measures import AT_CLOSING, BETWEEN, LATER_ON
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import sums_of

CLOSING: Final = facts.CLOSING
LATER: Final = facts.LATER
ANSWERED: Final = "answered"
_MOMENTS: Final = {AT_CLOSING: CLOSING, LATER_ON: LATER}


@dataclass(frozen=True, slots=True)
class Answered:
    """How many residents are alike in everything here.

    `said` at closing: answered, declined, not_reached, not_asked. Later: answered, declined, not_reached, died, lapsed
    (the volunteer was told and nobody asked in time), waiting (the volunteer was told, and may still ask).
    The three answers: yes, partly, no, or another code or "" where there is none.
    """

    moment: str
    category: str
    said: str
    helped_forward: str
    is_solved: str
    less_worried: str
    number: int


@dataclass(frozen=True, slots=True)
class Response:
    """How many residents of a period could have been asked, and what became of that.

    `asked` are those whom somebody asked, or tried to: answered, declined and not reached together.
    """

    all: int
    asked: int
    answered: int
    declined: int
    not_reached: int


def answers(scope: Scope, period: Period) -> list[Answered]:
    """At closing: of the referrals closed in the period. Later: of those whose four weeks ended in it. One query.

    Nobody is in it who must not be asked: their agreement was taken back, or the referral was opened again before.
    """
    kinds = (ReportSum.measure, ReportSum.category, ReportSum.aspect, ReportSum.code)
    query = select(*kinds, func.sum(ReportSum.number)).where(sums_of(scope, period, *_MOMENTS)).group_by(*kinds)
    return [
        _line(_MOMENTS[measure], category, said, code.split(BETWEEN), int(number))
        for measure, category, said, code, number in db.session.execute(query)
    ]


def _line(moment: str, category: str, said: str, given: list[str], number: int) -> Answered:
    helped_forward, is_solved, less_worried = given
    return Answered(moment, category, said, helped_forward, is_solved, less_worried, number)


def response(found: Iterable[Answered], moment: str) -> Response:
    """The response at one of the two moments: CLOSING or LATER. Who has died is not counted in it."""
    lines = [one for one in found if one.moment == moment and one.said != "died"]

    def number(*said: str) -> int:
        return sum(one.number for one in lines if one.said in said)

    tried = (ANSWERED, "declined", "not_reached")
    return Response(
        all=sum(one.number for one in lines),
        asked=number(*tried),
        answered=number(ANSWERED),
        declined=number("declined"),
        not_reached=number("not_reached"),
    )
