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
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from referrals.casework.models import LaterAnswer, Outcome, Referral
from referrals.casework.workflow import states
from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.queries.within import standing_results, within
from referrals.reporting.scope import Scope

CLOSING: Final = "closing"
LATER: Final = "later"
ANSWERED: Final = "answered"
# What somebody says who was asked and answered a question; anything else is no answer to it.
SAID: Final = ("yes", "partly", "no")


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
    """At closing: of the referrals closed in the period. Later: of those whose four weeks ended in it. Two queries.

    Nobody is in it who must not be asked: their agreement was taken back, or the referral was opened again before.
    """
    return [*_at_closing(scope, period), *_later(scope, period)]


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


def _at_closing(scope: Scope, period: Period) -> list[Answered]:
    kinds = (
        func.coalesce(Referral.category, ""),
        func.coalesce(Outcome.resident_said, "not_asked"),
        *(func.coalesce(column, "") for column in (Outcome.helped_forward, Outcome.is_solved, Outcome.less_worried)),
    )
    query = standing_results(scope, *kinds, func.count()).where(
        Referral.state == states.CLOSED, within(Referral.ended_at, period)
    )
    return [_line(CLOSING, *row) for row in db.session.execute(query.group_by(*kinds))]


def _later(scope: Scope, period: Period) -> list[Answered]:
    kinds = (
        func.coalesce(Referral.category, ""),
        LaterAnswer.standing,
        *(
            func.coalesce(column, "")
            for column in (LaterAnswer.helped_forward, LaterAnswer.is_solved, LaterAnswer.less_worried)
        ),
    )
    # What waits and was not told of is not due, or was not looked at by the service yet.
    told = or_(LaterAnswer.standing != "waiting", LaterAnswer.told_at.is_not(None))
    query = (
        select(*kinds, func.count())
        .select_from(Referral)
        .join(LaterAnswer, LaterAnswer.referral_id == Referral.id)
        .where(scope.covers(), _due_in(period), told, LaterAnswer.standing != "stopped")
    )
    return [_line(LATER, *row) for row in db.session.execute(query.group_by(*kinds))]


def _line(moment: str, category: str, said: str, *rest: Any) -> Answered:
    """One row of either query: the columns of Answered after its moment, in their order."""
    helped_forward, is_solved, less_worried, number = rest
    return Answered(moment, category, said, helped_forward, is_solved, less_worried, int(number))


def _due_in(period: Period) -> ColumnElement[bool]:
    until = LaterAnswer.due_on <= period.last
    return until if period.first is None else and_(LaterAnswer.due_on >= period.first, until)
