"""How long each turn lasted: those of the office and the group from the moves, those of bodies from the enquiries."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from referrals.casework.asking import REPLIES
from referrals.casework.models import Enquiry, Move, Referral
from referrals.casework.workflow import states
from referrals.foundation.clock import today
from referrals.reporting.days import day_number, london_day_number
from referrals.reporting.periods import Period
from referrals.reporting.queries.spreads import Spread, spreads
from referrals.reporting.queries.within import within
from referrals.reporting.scope import Scope

DECIDING: Final = "deciding"
WORKING: Final = "working"
ANSWERING: Final = "answering"
CHECKING: Final = "checking"
REPLYING: Final = "replying"
# The states that a turn lasts through. What a body is asked meanwhile is a turn of its own, beside the office's.
TURNS: Final[dict[str, tuple[str, ...]]] = {
    DECIDING: (states.SUBMITTED,),
    WORKING: (*states.WORKING_STATES, states.ON_HOLD),
    ANSWERING: (states.INFORMATION_REQUESTED,),
    CHECKING: (states.OUTCOME_RECORDED,),
}
OVER: Final = "over"


def turns_over(scope: Scope, period: Period) -> list[Spread]:
    """The days of each turn that ended in the period: the four of TURNS, and REPLYING; two queries."""
    return spreads([_moved(scope, period), _replied(scope, period)])


def turns_now(scope: Scope) -> list[Spread]:
    """The days of each turn that lasts at this moment, by whose it is (a code of workflow.Waiting); two queries."""
    # Typed, so that the database is told that it is a date.
    now = day_number(bindparam("now", today(), type_=Date))
    days = (now - london_day_number(Referral.waiting_on_since)).label("days")
    each = (
        select(Referral.waiting_on.label("kind"), days)
        .where(scope.covers(), Referral.ended_at.is_(None), Referral.waiting_on_since.is_not(None))
        .subquery()
    )
    return spreads([_counted(each.c.kind, each.c.days)])


def _moved(scope: Scope, period: Period) -> Select[*tuple[Any, ...]]:
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
        .join(Referral, Referral.id == Move.referral_id)
        .where(scope.covers())
        .subquery()
    )
    begun = (
        select(
            each.c.turn,
            each.c.at.label("begins"),
            func.lead(each.c.at).over(partition_by=each.c.referral_id, order_by=(each.c.at, each.c.id)).label("ends"),
        )
        .where(or_(each.c.turn_before.is_(None), each.c.turn != each.c.turn_before))
        .subquery()
    )
    days = london_day_number(begun.c.ends) - london_day_number(begun.c.begins)
    lasted = (
        select(begun.c.turn.label("kind"), days.label("days"))
        .where(begun.c.turn != OVER, *_ends_within(begun.c.ends, period))
        .subquery()
    )
    return _counted(lasted.c.kind, lasted.c.days)


def _replied(scope: Scope, period: Period) -> Select[*tuple[Any, ...]]:
    answered = [Enquiry.result.in_(REPLIES), Enquiry.ended_on <= period.last]
    if period.first is not None:
        answered.append(Enquiry.ended_on >= period.first)
    days = day_number(Enquiry.ended_on) - day_number(Enquiry.sent_on)
    lasted = (
        select(days.label("days"))
        .join(Referral, Referral.id == Enquiry.referral_id)
        .where(scope.covers(), and_(*answered))
        .subquery()
    )
    return _counted(literal(REPLYING), lasted.c.days)


def _turn(state: InstrumentedAttribute[str]) -> ColumnElement[str]:
    return case(*((state.in_(among), turn) for turn, among in TURNS.items()), else_=OVER)


def _ends_within(moment: Any, period: Period) -> list[Any]:
    return [moment.is_not(None), within(moment, period)]


def _counted(kind: ColumnElement[str], days: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    columns = (kind.label("kind"), literal("").label("part"), days.label("days"))
    return select(*columns, func.count().label("number")).group_by(kind, days)
