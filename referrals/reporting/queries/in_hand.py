"""What is under way at this moment, by whatever it is divided: how much, how urgent, how late, and how long already."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Date, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute

from referrals.accounts.roles import Side
from referrals.casework.models import Referral
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.reporting.days import day_number, london_day_number
from referrals.reporting.queries.within import count_where
from referrals.reporting.scope import Scope


@dataclass(frozen=True, slots=True)
class Held:
    """The open referrals of one part, such as one person's; `part` None is of those that are nobody's."""

    part: Any
    open: int
    urgent: int
    overdue: int
    # Calendar days since the oldest began.
    longest: int


def held_by_turn(scope: Scope) -> list[Held]:
    """One line for each whose turn it is (a code of workflow.Waiting), with the longest turn; one query."""
    return _held(scope, Referral.waiting_on.expression, Referral.waiting_on_since)


def held_by_person(scope: Scope) -> list[Held]:
    """One line a person: in an office the assignee, in a group who looks after it, or else sent it; one query."""
    looks_after = func.coalesce(Referral.referrer_id, Referral.submitted_by_id)
    who = Referral.assignee_id.expression if scope.side is Side.OFFICE else looks_after
    return _held(scope, who, Referral.submitted_at)


def held_by_category(scope: Scope) -> list[Held]:
    """One line for each category; one query."""
    return _held(scope, Referral.category.expression, Referral.submitted_at)


def _held(scope: Scope, part: ColumnElement[Any], since: InstrumentedAttribute[Any]) -> list[Held]:
    # Typed, so that the database is told that it is a date.
    day = bindparam("now", today(), type_=Date)
    query = (
        select(
            part.label("part"),
            func.count().label("open"),
            count_where(Referral.urgency == "urgent").label("urgent"),
            count_where(Referral.due_on < today()).label("overdue"),
            func.max(day_number(day) - london_day_number(since)).label("longest"),
        )
        .where(scope.covers(), Referral.ended_at.is_(None))
        .group_by(part)
    )
    return [
        Held(row.part, int(row.open), int(row.urgent), int(row.overdue), int(row.longest or 0))
        for row in db.session.execute(query)
    ]
