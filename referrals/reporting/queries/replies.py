"""How bodies answered the enquiries that were sent in a period: counts, and medians of days."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import ColumnElement, Date, Select, Subquery, and_, bindparam, func, literal, or_, select, union_all

from referrals.accounts.roles import Side
from referrals.casework.asking import NO_REPLY, REPLIES
from referrals.casework.models import Enquiry, Referral
from referrals.directory.models import Agency
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.reporting.days import day_number
from referrals.reporting.periods import Period
from referrals.reporting.queries.medians import added_up, middle
from referrals.reporting.queries.within import count_where
from referrals.reporting.scope import Scope

REPLY: Final = "reply"
STILL: Final = "still"


@dataclass(frozen=True, slots=True)
class Replies:
    """What came of the enquiries to one body. `agency` is its code."""

    agency: str
    sent: int
    answered: int
    waiting: int
    given_up: int
    # Those with a published target whose day has come or that were answered, and of them those answered by that day.
    promised: int
    kept: int


@dataclass(frozen=True, slots=True)
class Lasted:
    """The median of calendar days until a reply, or of those still waited; `agency` is None for all bodies."""

    kind: str
    agency: str | None
    median: Decimal


def replies(scope: Scope, period: Period) -> list[Replies]:
    """One line for each body that was asked; one query."""
    each = _sent(scope, period)
    column = each.c
    answered, open_now = column.result.in_(REPLIES), column.ended_on.is_(None)
    missed = and_(or_(open_now, column.result == NO_REPLY), column.target_on < today())
    promised = and_(column.target_on.is_not(None), or_(answered, missed))
    query = (
        select(
            Agency.code,
            func.count().label("sent"),
            count_where(answered).label("answered"),
            count_where(open_now).label("waiting"),
            count_where(promised).label("promised"),
            count_where(and_(answered, column.ended_on <= column.target_on)).label("kept"),
        )
        .select_from(each)
        .join(Agency, Agency.id == column.agency_id)
        .group_by(Agency.code)
    )
    return [
        Replies(
            agency=row.code,
            sent=int(row.sent),
            answered=int(row.answered),
            waiting=int(row.waiting),
            given_up=int(row.sent) - int(row.answered) - int(row.waiting),
            promised=int(row.promised),
            kept=int(row.kept),
        )
        for row in db.session.execute(query)
    ]


def lasted(scope: Scope, period: Period) -> list[Lasted]:
    """One line for each kind and body, and for all bodies together; one query."""
    each = _sent(scope, period)
    column = each.c
    until_reply = day_number(column.ended_on) - day_number(column.sent_on)
    # Typed, so that the database is told that it is a date.
    until_now = day_number(bindparam("now", today(), type_=Date)) - day_number(column.sent_on)
    days = union_all(
        _days(each, REPLY, until_reply, column.result.in_(REPLIES)),
        _days(each, STILL, until_now, column.ended_on.is_(None)),
    ).cte("days")
    added = added_up(days)
    query = union_all(middle(added, by_part=True), middle(added, by_part=False))
    return [
        # With an even number the median lies between two of them.
        Lasted(row.kind, None if row.whole else row.part, Decimal(int(row.low) + int(row.high)) / 2)
        for row in db.session.execute(query)
    ]


def _days(
    each: Subquery, kind: str, days: ColumnElement[int], where: ColumnElement[bool]
) -> Select[str, str, int, int]:
    counted = days.label("days")
    return (
        select(literal(kind).label("kind"), Agency.code.label("part"), counted, func.count().label("number"))
        .select_from(each)
        .join(Agency, Agency.id == each.c.agency_id)
        .where(where)
        .group_by(Agency.code, counted)
    )


def _sent(scope: Scope, period: Period) -> Subquery:
    """The enquiries of the scope that were sent in the period.

    An office counts all that it sent. For everybody else only the first of a referral to a body counts, so that no
    number stands for fewer residents than it says.
    """
    columns = (Enquiry.agency_id, Enquiry.sent_on, Enquiry.ended_on, Enquiry.result, Enquiry.target_on)
    within = [Enquiry.sent_on <= period.last]
    if period.first is not None:
        within.append(Enquiry.sent_on >= period.first)
    if scope.side is Side.OFFICE:
        return select(*columns).where(Enquiry.office_id == scope.organisation_id, *within).subquery("sent")
    order = func.row_number().over(
        partition_by=(Enquiry.referral_id, Enquiry.agency_id), order_by=(Enquiry.sent_on, Enquiry.id)
    )
    first = (
        select(*columns, order.label("place"))
        .join(Referral, Referral.id == Enquiry.referral_id)
        .where(scope.covers())
        .subquery("first")
    )
    column = first.c
    inside = [column.sent_on <= period.last]
    if period.first is not None:
        inside.append(column.sent_on >= period.first)
    return (
        select(column.agency_id, column.sent_on, column.ended_on, column.result, column.target_on)
        .where(column.place == 1, *inside)
        .subquery("sent")
    )
