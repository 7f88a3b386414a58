"""The measures: what in a counted referral counts as what, on which day, and by what it is divided.

A sum and the list of the referrals behind it are both made from what stands here, so they cannot tell different things.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, literal, or_

from referrals.casework.asking import NO_REPLY
from referrals.casework.policy import ANSWERED
from referrals.casework.workflow import states
from referrals.reporting.summaries.facts import GIVEN_UP, REPLIED, WAITING
from referrals.reporting.summaries.models import CODE, ENQUIRY, MONEY

# The columns of one of the two tables, or of rows chosen from it.
Columns = Any

RECEIVED: Final = "received"
ACCEPTED: Final = "accepted"
ENDED: Final = "ended"
# Received and ended, on the later of the two days: what is left open is what was received less this.
OVER: Final = "over"
WAITED: Final = "waited"
RESULT: Final = "result"
CLOSED: Final = "closed"
RESULT_DAYS: Final = "result_days"
# The stages, each by the day it ended.
SEEN: Final = "seen"
TAKEN_ON: Final = "taken_on"
STARTED: Final = "started"
HAS_RESULT: Final = "has_result"
ANSWERED_RESULT: Final = "answered_result"
WHOLE: Final = "whole"
# How each referral that was received stands today.
BECAME: Final = "became"
UNDECIDED: Final = "undecided"
NO_RESULT_YET: Final = "no_result_yet"
# Withdrawn or sent back after it was taken on: over, without a result.
LEFT: Final = "left"
ADVICE_ASKED: Final = "advice_asked"
ADVICE_ANSWERED: Final = "advice_answered"
OUTCOME_CODE: Final = "outcome_code"
MONEY_CLAIMED: Final = "money"
MONEY_CONFIRMED: Final = "money_confirmed"
MONEY_EVIDENCED: Final = "money_evidenced"
# Referrals with different amounts in two of the three sums: those behind the difference.
APART_CONFIRMED: Final = "apart_confirmed"
APART_EVIDENCED: Final = "apart_evidenced"
APART_BOTH: Final = "apart_both"
ASKED: Final = "asked"
REPLY: Final = "reply"
# Here `days` is the day on which it was sent, because what is still waited for grows by itself.
STILL: Final = "still"
KEPT: Final = "kept"
PROMISED: Final = "promised"
# Not answered; here `days` is the day by which an answer was promised.
MISSED: Final = "missed"


# What a group says to a result that it does not agree with.
DISPUTED: Final = "disputed"
_REFUSED: Final = (states.DECLINED, states.RETURNED_WITH_ADVICE, states.WITHDRAWN)
_NOTHING: Final = literal("")
_ZERO: Final = literal(0)


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure over the columns of its table. What it is not divided by is "" or 0."""

    day: ColumnElement[int]
    where: ColumnElement[bool]
    category: ColumnElement[str] = _NOTHING
    code: ColumnElement[str] = _NOTHING
    # What the group says to a result, the basis of money, or what came of an enquiry.
    aspect: ColumnElement[str] = _NOTHING
    evidenced: ColumnElement[int] = _ZERO
    days: ColumnElement[int] = _ZERO
    pence: ColumnElement[int] = _ZERO


Make = Callable[[Columns], Measured]


def _about(c: Columns, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(c.is_advice == 0, *conditions)


def _stage(day: str, took: str, *, by_category: bool = False) -> Make:
    return lambda c: Measured(
        day=c[day],
        where=_about(c, c[took].is_not(None)),
        category=c.category if by_category else _NOTHING,
        days=c[took],
    )


def _result(c: Columns, day: ColumnElement[int], *conditions: ColumnElement[bool]) -> Measured:
    return Measured(
        day=day,
        where=_about(c, c.recorded.is_not(None), *conditions),
        category=c.category,
        code=c.resolution,
        aspect=c.standing,
        evidenced=c.evidenced,
    )


def _decided(c: Columns) -> ColumnElement[str]:
    """What was taken on once counts as taken on, whatever came after; as in queries/decisions.py."""
    return case(
        (or_(c.accepted.is_not(None), c.started.is_not(None)), TAKEN_ON),
        (c.ended_as.in_(_REFUSED), c.ended_as),
        (c.ended_as == "", UNDECIDED),
        else_=TAKEN_ON,
    )


def _became(c: Columns) -> ColumnElement[str]:
    """What came of what was taken on; a result that the group disputes, so that the work goes on, is none yet."""
    goes_on = and_(c.ended_as == "", c.standing == DISPUTED)
    return case(
        (_decided(c) != TAKEN_ON, ""),
        (c.ended_as.in_(_REFUSED), LEFT),
        (and_(c.resolution != "", ~goes_on), c.resolution),
        (c.ended_as == "", NO_RESULT_YET),
        else_=LEFT,
    )


def _later(c: Columns) -> ColumnElement[int]:
    return case((c.ended > c.sent, c.ended), else_=c.sent)


OF_REFERRALS: Final[Mapping[str, Make]] = {
    RECEIVED: lambda c: Measured(c.sent, _about(c), c.category),
    ACCEPTED: lambda c: Measured(c.accepted, _about(c, c.accepted.is_not(None)), c.category),
    ENDED: lambda c: Measured(c.ended, _about(c, c.ended.is_not(None)), c.category, c.ended_as),
    OVER: lambda c: Measured(_later(c), _about(c, c.ended.is_not(None)), c.category),
    WAITED: lambda c: Measured(c.sent, _about(c, c.waited.is_not(None)), c.category, days=c.waited),
    RESULT: lambda c: _result(c, c.recorded),
    CLOSED: lambda c: _result(c, c.ended, c.ended_as == states.CLOSED),
    RESULT_DAYS: lambda c: Measured(
        c.recorded, _about(c, c.recorded.is_not(None)), c.category, days=c.recorded - c.sent
    ),
    SEEN: _stage("seen", "took_seen"),
    TAKEN_ON: _stage("accepted", "took_accepted"),
    STARTED: _stage("started", "took_started"),
    HAS_RESULT: _stage("outcome", "took_result"),
    ANSWERED_RESULT: _stage("ended", "took_answered"),
    WHOLE: _stage("ended", "took_whole", by_category=True),
    BECAME: lambda c: Measured(c.sent, _about(c), code=_decided(c), aspect=_became(c)),
    ADVICE_ASKED: lambda c: Measured(c.sent, c.is_advice == 1, c.category),
    ADVICE_ANSWERED: lambda c: Measured(c.ended, and_(c.is_advice == 1, c.ended_as == ANSWERED), c.category),
}


def _money(where: Callable[[Columns], ColumnElement[bool]], pence: Callable[[Columns], ColumnElement[int]]) -> Make:
    return lambda c: Measured(
        day=c.day, where=and_(c.kind == MONEY, where(c)), code=c.code, aspect=c.basis, pence=pence(c)
    )


def _of(column: str) -> Make:
    return _money(lambda c: c[column] > 0, lambda c: c[column])


def _apart(one: str, other: str) -> Make:
    return _money(lambda c: c[one] != c[other], lambda c: func.abs(c[one] - c[other]))


def _asked(c: Columns, *conditions: ColumnElement[bool], **divided: ColumnElement[Any]) -> Measured:
    return Measured(day=c.day, where=and_(c.kind == ENQUIRY, *conditions), code=c.code, **divided)


def _came_of_it(c: Columns) -> ColumnElement[str]:
    return case((c.standing == NO_REPLY, GIVEN_UP), else_=c.standing)


OF_PARTS: Final[Mapping[str, Make]] = {
    OUTCOME_CODE: lambda c: Measured(c.day, c.kind == CODE, code=c.code, aspect=c.standing, evidenced=c.evidenced),
    MONEY_CLAIMED: _of("claimed"),
    MONEY_CONFIRMED: _of("confirmed"),
    MONEY_EVIDENCED: _of("proved"),
    APART_CONFIRMED: _apart("claimed", "confirmed"),
    APART_EVIDENCED: _apart("claimed", "proved"),
    APART_BOTH: _apart("confirmed", "proved"),
    ASKED: lambda c: _asked(c, aspect=_came_of_it(c)),
    REPLY: lambda c: _asked(c, c.standing == REPLIED, days=c.ended - c.day),
    STILL: lambda c: _asked(c, c.standing == WAITING, days=c.day),
    KEPT: lambda c: _asked(c, c.standing == REPLIED, c.ended <= c.target),
    PROMISED: lambda c: _asked(c, c.standing == REPLIED, c.target.is_not(None)),
    MISSED: lambda c: _asked(
        c, or_(c.standing == WAITING, c.standing == NO_REPLY), c.target.is_not(None), days=c.target
    ),
}
