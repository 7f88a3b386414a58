"""Groups side by side: what each sent in a period, what was taken on, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, func, literal, or_, select

from referrals.accounts.roles import Side
from referrals.casework.models import Outcome, Referral
from referrals.casework.workflow import states
from referrals.directory.models import Group, Organisation
from referrals.foundation.database import db
from referrals.reporting.days import london_day_number
from referrals.reporting.periods import Period
from referrals.reporting.queries.spreads import Spread, spreads
from referrals.reporting.queries.within import count_where, within
from referrals.reporting.scope import Scope

SOLVED: Final = ("resolved_in_full", "resolved_in_part")
TO_THE_END: Final = "end"


@dataclass(frozen=True, slots=True)
class OfGroup:
    """What happened in the period to the referrals of one group, by its code."""

    group: str
    received: int
    taken_on: int
    # Closed with a result, and of those the ones resolved in full or in part.
    closed: int
    solved: int


def of_groups(scope: Scope, period: Period) -> list[OfGroup]:
    """One line for each group that sent anything before the period was over; one query."""
    closed = and_(Referral.state == states.CLOSED, within(Referral.ended_at, period), Outcome.id.is_not(None))
    # Each referral has one standing result at most, so that joining it counts nothing twice.
    standing = and_(Outcome.referral_id == Referral.id, Outcome.superseded_at.is_(None))
    query = (
        select(
            Organisation.code,
            count_where(within(Referral.submitted_at, period)).label("received"),
            count_where(within(Referral.accepted_at, period)).label("taken_on"),
            count_where(closed).label("closed"),
            count_where(and_(closed, Outcome.resolution.in_(SOLVED))).label("solved"),
        )
        .select_from(Referral)
        .join(Organisation, Organisation.id == Referral.group_id)
        .outerjoin(Outcome, standing)
        .where(scope.covers(), Referral.submitted_at < period.ends)
        .group_by(Organisation.code)
    )
    return [
        OfGroup(row.code, int(row.received), int(row.taken_on), int(row.closed), int(row.solved))
        for row in db.session.execute(query)
    ]


def days_of_groups(scope: Scope, period: Period) -> list[Spread]:
    """Days from sent to closed of the referrals closed with a result in the period, by group; two queries."""
    days = (london_day_number(Referral.ended_at) - london_day_number(Referral.submitted_at)).label("days")
    query = (
        select(literal(TO_THE_END).label("kind"), Organisation.code.label("part"), days, func.count().label("number"))
        .select_from(Referral)
        .join(Organisation, Organisation.id == Referral.group_id)
        .join(Outcome, and_(Outcome.referral_id == Referral.id, Outcome.superseded_at.is_(None)))
        .where(scope.covers(), Referral.state == states.CLOSED, within(Referral.ended_at, period))
        .group_by(Organisation.code, days)
    )
    return spreads([query])


def group_names(scope: Scope) -> Mapping[str, str]:
    """The groups to compare by their code, in the order of their names; one query.

    Of a programme all its groups, so that the list itself tells nothing; of an office those that it has heard from.
    """
    query = select(Organisation.code, Organisation.name).join(Group, Group.organisation_id == Organisation.id)
    if scope.side is Side.OFFICE:
        query = query.where(Organisation.id.in_(select(Referral.group_id).where(scope.covers())))
    else:
        query = query.where(or_(Organisation.id == scope.organisation_id, Group.programme_id == scope.organisation_id))
    rows = sorted(db.session.execute(query).all(), key=lambda row: row.name.casefold())
    return {row.code: row.name for row in rows}
