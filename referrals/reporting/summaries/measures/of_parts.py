"""The measures of what a referral can have several of: codes of its result, money, and enquiries."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_

from referrals.casework.asking import NO_REPLY
from referrals.reporting.summaries.facts import GIVEN_UP, REPLIED, WAITING
from referrals.reporting.summaries.measures.measured import Columns, Make, Measured
from referrals.reporting.summaries.models import CODE, ENQUIRY, GAIN, MONEY

OUTCOME_CODE: Final = "outcome_code"
MONEY_CLAIMED: Final = "money"
MONEY_CONFIRMED: Final = "money_confirmed"
MONEY_EVIDENCED: Final = "money_evidenced"
# Referrals with different amounts in two of the three sums: those behind the difference.
APART_CONFIRMED: Final = "apart_confirmed"
APART_EVIDENCED: Final = "apart_evidenced"
APART_BOTH: Final = "apart_both"
# The same money beside each code of its result, which stands where money has its category.
GAIN_CLAIMED: Final = "gain"
GAIN_CONFIRMED: Final = "gain_confirmed"
GAIN_EVIDENCED: Final = "gain_evidenced"
ASKED: Final = "asked"
REPLY: Final = "reply"
# Here `days` is the day on which it was sent, because what is still waited for grows by itself.
STILL: Final = "still"
KEPT: Final = "kept"
PROMISED: Final = "promised"
# Not answered; here `days` is the day by which an answer was promised.
MISSED: Final = "missed"


def _money(
    kind: str, where: Callable[[Columns], ColumnElement[bool]], pence: Callable[[Columns], ColumnElement[int]]
) -> Make:
    return lambda c: Measured(
        day=c.day, where=and_(c.kind == kind, where(c)), category=c.part, code=c.code, aspect=c.basis, pence=pence(c)
    )


def _of(kind: str, column: str) -> Make:
    return _money(kind, lambda c: c[column] > 0, lambda c: c[column])


def _apart(one: str, other: str) -> Make:
    return _money(MONEY, lambda c: c[one] != c[other], lambda c: func.abs(c[one] - c[other]))


def _asked(c: Columns, *conditions: ColumnElement[bool], **divided: ColumnElement[Any]) -> Measured:
    return Measured(day=c.day, where=and_(c.kind == ENQUIRY, *conditions), code=c.code, **divided)


def _came_of_it(c: Columns) -> ColumnElement[str]:
    return case((c.standing == NO_REPLY, GIVEN_UP), else_=c.standing)


OF_PARTS: Final[Mapping[str, Make]] = {
    OUTCOME_CODE: lambda c: Measured(c.day, c.kind == CODE, code=c.code, aspect=c.standing, evidenced=c.evidenced),
    MONEY_CLAIMED: _of(MONEY, "claimed"),
    MONEY_CONFIRMED: _of(MONEY, "confirmed"),
    MONEY_EVIDENCED: _of(MONEY, "proved"),
    APART_CONFIRMED: _apart("claimed", "confirmed"),
    APART_EVIDENCED: _apart("claimed", "proved"),
    APART_BOTH: _apart("confirmed", "proved"),
    GAIN_CLAIMED: _of(GAIN, "claimed"),
    GAIN_CONFIRMED: _of(GAIN, "confirmed"),
    GAIN_EVIDENCED: _of(GAIN, "proved"),
    ASKED: lambda c: _asked(c, aspect=_came_of_it(c)),
    REPLY: lambda c: _asked(c, c.standing == REPLIED, days=c.ended - c.day),
    STILL: lambda c: _asked(c, c.standing == WAITING, days=c.day),
    KEPT: lambda c: _asked(c, c.standing == REPLIED, c.ended <= c.target),
    PROMISED: lambda c: _asked(c, c.standing == REPLIED, c.target.is_not(None)),
    MISSED: lambda c: _asked(
        c, or_(c.standing == WAITING, c.standing == NO_REPLY), c.target.is_not(None), days=c.target
    ),
}
