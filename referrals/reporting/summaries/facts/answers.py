"""What came of asking residents: at closing with the result, and four weeks later with the asking that follows it."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, literal, or_, select

from referrals.casework.models import LaterAnswer, Outcome
from referrals.casework.workflow import states
from referrals.reporting.days import day_number
from referrals.reporting.summaries.facts.tables import ANSWERS, Chosen, named
from referrals.reporting.summaries.models import CountedReferral

CLOSING: Final = "closing"
LATER: Final = "later"


def answers_now(chosen: Chosen) -> list[Select[Any]]:
    """The rows of `counted_answers` of referrals about a resident that are counted already, column by column.

    Nobody is in it who must not be asked: their agreement was taken back, or the referral was opened again before.
    """
    return [_at_closing(chosen), _later(chosen)]


def _at_closing(chosen: Chosen) -> Select[Any]:
    said = func.coalesce(Outcome.resident_said, "not_asked")
    return (
        select(*_of_counted(CLOSING, literal(1), CountedReferral.ended, said, Outcome))
        .join(Outcome, Outcome.id == CountedReferral.outcome_id)
        .where(*_picked(chosen), CountedReferral.ended_as == states.CLOSED)
    )


def _later(chosen: Chosen) -> Select[Any]:
    # What waits and was not told of is not due, or was not looked at by the service yet.
    told = or_(LaterAnswer.standing != "waiting", LaterAnswer.told_at.is_not(None))
    place = func.row_number().over(partition_by=LaterAnswer.referral_id, order_by=(LaterAnswer.due_on, LaterAnswer.id))
    return (
        select(*_of_counted(LATER, place, day_number(LaterAnswer.due_on), LaterAnswer.standing, LaterAnswer))
        .join(LaterAnswer, LaterAnswer.referral_id == CountedReferral.referral_id)
        .where(*_picked(chosen), told, LaterAnswer.standing != "stopped")
    )


def _of_counted(moment: str, place: Any, day: Any, said: Any, answered: type[Outcome] | type[LaterAnswer]) -> list[Any]:
    counted = CountedReferral
    given = (answered.helped_forward, answered.is_solved, answered.less_worried)
    columns: list[Any] = [
        *(counted.referral_id, literal(moment), place, counted.office_id, counted.group_id, counted.programme_id),
        *(counted.category, day, said, *(func.coalesce(one, "") for one in given)),
    ]
    return named(ANSWERS, columns)


def _picked(chosen: Chosen) -> list[ColumnElement[bool]]:
    return [chosen(CountedReferral.referral_id), CountedReferral.is_advice == 0]
