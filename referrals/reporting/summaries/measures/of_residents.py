"""The measures of turns, of what residents agreed to, and of what they answered."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, case

from referrals.reporting.summaries import facts
from referrals.reporting.summaries.facts import UNAPPROVED
from referrals.reporting.summaries.measures.measured import Columns, Make, Measured

TURN: Final = "turn"

# Agreements by kind, with their extent where others have a category; the aspect is WITHDRAWN or "".
AGREED: Final = "agreed"
WITHDRAWN: Final = "withdrawn"
# Those that were not taken back and have a last day, which `days` is; the aspect is OPEN or "".
AGREED_UNTIL: Final = "agreed_until"
OPEN: Final = "open"
# Those that wait for approval.
UNAPPROVED_AGREED: Final = "unapproved"
# By ground; the aspect is APPROVED, UNAPPROVED or "".
GROUND: Final = "ground"
TAKEN_BACK: Final = "taken_back"

# What came of asking at one of the two moments; the code holds the three answers, parted by BETWEEN.
AT_CLOSING: Final = "at_closing"
LATER_ON: Final = "later_on"
BETWEEN: Final = ":"
# The questions, by the columns that hold their answers.
QUESTIONS: Final = ("helped_forward", "is_solved", "less_worried")
# What somebody says who was asked and answered a question; anything else is no answer to it.
SAID: Final = ("yes", "partly", "no")
_MOMENTS: Final = {AT_CLOSING: facts.CLOSING, LATER_ON: facts.LATER}
_PLACES: Final = {AT_CLOSING: "closing", LATER_ON: "later"}


def answered(moment: str, question: str) -> str:
    """The measure of one question at a moment, of which there are lists only: all who answered it, by their answer."""
    return f"{_PLACES[moment]}_{question}"


OF_TURNS: Final[Mapping[str, Make]] = {
    TURN: lambda c: Measured(c.ended, c.ended.is_not(None), code=c.turn, days=c.days)
}


def _agreed(c: Columns, where: ColumnElement[bool], **divided: ColumnElement[Any]) -> Measured:
    return Measured(c.given, where, category=c.extent, code=c.kind, **divided)


OF_AGREEMENTS: Final[Mapping[str, Make]] = {
    AGREED: lambda c: _agreed(c, c.given.is_not(None), aspect=case((c.withdrawn.is_not(None), WITHDRAWN), else_="")),
    AGREED_UNTIL: lambda c: _agreed(
        c,
        c.withdrawn.is_(None) & c.until.is_not(None),
        aspect=case((c.is_open == 1, OPEN), else_=""),
        days=c.until,
    ),
    UNAPPROVED_AGREED: lambda c: _agreed(c, c.approval == UNAPPROVED),
    GROUND: lambda c: Measured(c.given, c.given.is_not(None), code=c.ground, aspect=c.approval),
    TAKEN_BACK: lambda c: Measured(c.withdrawn, c.withdrawn.is_not(None)),
}


def _asked(moment: str) -> Make:
    return lambda c: Measured(
        c.day,
        c.moment == moment,
        category=c.category,
        code=c.helped_forward + BETWEEN + c.is_solved + BETWEEN + c.less_worried,
        aspect=c.said,
    )


def _answer(moment: str, question: str) -> Make:
    return lambda c: Measured(
        c.day, (c.moment == moment) & c[question].in_(SAID), category=c.category, code=c[question]
    )


OF_ANSWERS: Final[Mapping[str, Make]] = {name: _asked(moment) for name, moment in _MOMENTS.items()}
LISTED_ANSWERS: Final[Mapping[str, Make]] = {
    answered(name, question): _answer(moment, question) for name, moment in _MOMENTS.items() for question in QUESTIONS
}
