"""The measures of a referral: when it came to what, how long that took, how it was decided and what came of it."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ColumnElement, and_, case, or_

from referrals.casework.policy import ANSWERED
from referrals.casework.workflow import states
from referrals.reporting.summaries.measures.measured import NOTHING, Columns, Make, Measured

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
# What was decided about each referral that was received, as it stands today, and for what reason.
DECISION: Final = "decision"
DECISION_DAYS: Final = "decision_days"
# By group, for who compares them. The aspect of what was closed is SOLVED or "".
GROUP_RECEIVED: Final = "group_received"
GROUP_ACCEPTED: Final = "group_accepted"
GROUP_CLOSED: Final = "group_closed"
SOLVED: Final = "solved"
# Declined, and not erased; here `days` is the day on which it was declined.
DECLINED_KEPT: Final = "declined_kept"
ERASED: Final = "erased"

# What a group says to a result that it does not agree with.
DISPUTED: Final = "disputed"
_REFUSED: Final = (states.DECLINED, states.RETURNED_WITH_ADVICE, states.WITHDRAWN)
RESOLVED: Final = ("resolved_in_full", "resolved_in_part")


def _about(c: Columns, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(c.is_advice == 0, *conditions)


def _stage(day: str, took: str, *, by_category: bool = False) -> Make:
    return lambda c: Measured(
        day=c[day],
        where=_about(c, c[took].is_not(None)),
        category=c.category if by_category else NOTHING,
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
    """What was taken on once counts as taken on, whatever came after."""
    return case(
        (or_(c.accepted.is_not(None), c.started.is_not(None)), TAKEN_ON),
        (c.ended_as.in_(_REFUSED), c.ended_as),
        (c.undecided == 1, UNDECIDED),
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


def _decision(c: Columns) -> Measured:
    decision = _decided(c)
    reason = case((decision.in_(_REFUSED), c.end_reason), else_="")
    return Measured(c.sent, _about(c), c.category, code=reason, aspect=decision)


def _decision_days(c: Columns) -> Measured:
    """A withdrawal is no decision of the office, and of what it took up again nobody knows the day."""
    refused = and_(c.started.is_(None), c.ended_as.in_((states.DECLINED, states.RETURNED_WITH_ADVICE)))
    return Measured(
        c.sent,
        _about(c, or_(c.accepted.is_not(None), refused)),
        c.category,
        aspect=_decided(c),
        days=case((c.accepted.is_not(None), c.accepted), else_=c.ended) - c.sent,
    )


def _group_closed(c: Columns) -> Measured:
    return Measured(
        c.ended,
        _about(c, c.recorded.is_not(None), c.ended_as == states.CLOSED),
        code=c.group_code,
        aspect=case((c.resolution.in_(RESOLVED), SOLVED), else_=""),
        days=c.ended - c.sent,
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
    DECISION: _decision,
    DECISION_DAYS: _decision_days,
    GROUP_RECEIVED: lambda c: Measured(c.sent, _about(c), code=c.group_code),
    GROUP_ACCEPTED: lambda c: Measured(c.accepted, _about(c, c.accepted.is_not(None)), code=c.group_code),
    GROUP_CLOSED: _group_closed,
    DECLINED_KEPT: lambda c: Measured(c.ended, _about(c, c.ended_as == states.DECLINED, c.erased == 0), days=c.ended),
    ERASED: lambda c: Measured(c.sent, _about(c, c.erased == 1)),
    ADVICE_ASKED: lambda c: Measured(c.sent, c.is_advice == 1, c.category),
    ADVICE_ANSWERED: lambda c: Measured(c.ended, and_(c.is_advice == 1, c.ended_as == ANSWERED), c.category),
}
