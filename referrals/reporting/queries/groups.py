"""Groups side by side: what each sent in a period, what was taken on, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select

from referrals.accounts.roles import Side
from referrals.directory.models import Group, Organisation
from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.queries.medians import days_of
from referrals.reporting.queries.spreads import Spread, spreads_of
from referrals.reporting.scope import Scope
from referrals.reporting.summaries import measures
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import number_of, sums_ever, sums_of


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
    """One line for each group that has anything in the period; one query."""
    query = (
        select(
            ReportSum.code,
            number_of(measures.GROUP_RECEIVED).label("received"),
            number_of(measures.GROUP_ACCEPTED).label("taken_on"),
            number_of(measures.GROUP_CLOSED).label("closed"),
            number_of(measures.GROUP_CLOSED, ReportSum.aspect == measures.SOLVED).label("solved"),
        )
        .where(
            sums_of(scope, period, measures.GROUP_RECEIVED, measures.GROUP_ACCEPTED, measures.GROUP_CLOSED),
        )
        .group_by(ReportSum.code)
    )
    return [
        OfGroup(row.code, int(row.received), int(row.taken_on), int(row.closed), int(row.solved))
        for row in db.session.execute(query)
    ]


def days_of_groups(scope: Scope, period: Period) -> list[Spread]:
    """Days from sent to closed of the referrals closed with a result in the period, by group; two queries."""
    return spreads_of(days_of(scope, period, measures.GROUP_CLOSED, part=ReportSum.code.expression))


def group_names(scope: Scope) -> Mapping[str, str]:
    """The groups to compare by their code, in the order of their names; one query.

    Of a programme all its groups, so that the list itself tells nothing; of an office those that it has heard from.
    """
    query = select(Organisation.code, Organisation.name).join(Group, Group.organisation_id == Organisation.id)
    if scope.side is Side.OFFICE:
        heard_from = select(ReportSum.code).where(sums_ever(scope, measures.GROUP_RECEIVED))
        query = query.where(Organisation.code.in_(heard_from))
    else:
        query = query.where(or_(Organisation.id == scope.organisation_id, Group.programme_id == scope.organisation_id))
    rows = sorted(db.session.execute(query).all(), key=lambda row: row.name.casefold())
    return {row.code: row.name for row in rows}
