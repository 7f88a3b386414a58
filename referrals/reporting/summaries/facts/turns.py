"""How long each turn lasted: those of the office and the group from the moves, those of bodies from the enquiries."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from referrals.casework.asking import REPLIES
from referrals.casework.models import Enquiry, Move
from referrals.casework.workflow import states
from referrals.reporting.days import day_number, london_day_number
from referrals.reporting.summaries.facts.tables import TURNS, Chosen, named
from referrals.reporting.summaries.models import CountedReferral

DECIDING: Final = "deciding"
WORKING: Final = "working"
ANSWERING: Final = "answering"
CHECKING: Final = "checking"
REPLYING: Final = "replying"
# The states that a turn lasts through. What a body is asked meanwhile is a turn of its own, beside the office's.
_STATES: Final[dict[str, tuple[str, ...]]] = {
    DECIDING: (states.SUBMITTED,),
    WORKING: (*states.WORKING_STATES, states.ON_HOLD),
    ANSWERING: (states.INFORMATION_REQUESTED,),
    CHECKING: (states.OUTCOME_RECORDED,),
}
_OVER: Final = "over"


def turns_now(chosen: Chosen) -> list[Select[Any]]:
    """The turns that are over of referrals about a resident that are counted already, column by column."""
    return [_moved(chosen), _replied(chosen)]


def _moved(chosen: Chosen) -> Select[Any]:
    in_order: dict[str, Any] = {"partition_by": Move.referral_id, "order_by": (Move.at, Move.id)}
    turn = _turn(Move.state_to)
    # A move within a turn, such as a pause and its end, begins no other.
    each = (
        select(
            Move.referral_id,
            Move.at,
            Move.id,
            turn.label("turn"),
            func.lag(turn).over(**in_order).label("turn_before"),
        )
        .where(chosen(Move.referral_id))
        .subquery("each_move")
    )
    begun = (
        select(
            each.c.referral_id,
            each.c.turn,
            each.c.at.label("begins"),
            func.lead(each.c.at).over(partition_by=each.c.referral_id, order_by=(each.c.at, each.c.id)).label("ends"),
            _place(each.c.referral_id, each.c.turn, order=(each.c.at, each.c.id)).label("place"),
        )
        .where(or_(each.c.turn_before.is_(None), each.c.turn != each.c.turn_before))
        .subquery("begun")
    )
    ended = london_day_number(begun.c.ends)
    return _of_counted(
        begun.c.referral_id, begun.c.turn, begun.c.place, ended, ended - london_day_number(begun.c.begins)
    ).where(begun.c.turn != _OVER, begun.c.ends.is_not(None))


def _replied(chosen: Chosen) -> Select[Any]:
    """Each answer ends a turn of the body that was asked."""
    place = _place(Enquiry.referral_id, order=(Enquiry.sent_on, Enquiry.id))
    answered = (
        select(Enquiry.referral_id, Enquiry.sent_on, Enquiry.ended_on, place.label("place"))
        .where(chosen(Enquiry.referral_id), Enquiry.result.in_(REPLIES), Enquiry.ended_on.is_not(None))
        .subquery("answered")
        .c
    )
    ended = day_number(answered.ended_on)
    return _of_counted(
        answered.referral_id, literal(REPLYING), answered.place, ended, ended - day_number(answered.sent_on)
    )


def _of_counted(referral_id: ColumnElement[Any], turn: Any, place: Any, ended: Any, days: Any) -> Select[Any]:
    counted = CountedReferral
    owners = (counted.office_id, counted.group_id, counted.programme_id)
    return (
        select(*named(TURNS, [referral_id, turn, place, *owners, ended, days]))
        .select_from(referral_id.table)
        .join(counted, counted.referral_id == referral_id)
        .where(counted.is_advice == 0)
    )


def _place(*partition: Any, order: Any) -> ColumnElement[int]:
    return func.row_number().over(partition_by=partition, order_by=order)


def _turn(state: InstrumentedAttribute[str]) -> ColumnElement[str]:
    return case(*((state.in_(among), turn) for turn, among in _STATES.items()), else_=_OVER)
