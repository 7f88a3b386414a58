"""What comes again so often that it is worth a brief: one issue with one body among those who came to one MP's office.

A brief counts only the referrals that went to the office it is for. Members deal with their own constituents, so these
are the residents the MP can speak for; and as the office holds each of them already, with the resident's agreement, no
number in a brief can tell it of anybody it does not know.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import MatchToken, MoneyRow, Outcome, OutcomeCode, Referral
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation.clock import local_day, today
from referrals.foundation.database import db
from referrals.publishing.briefs.figures import Case, Figures, Ledger, figures_of, shown
from referrals.publishing.briefs.people import persons
from referrals.publishing.policy import briefs as policy
from referrals.reporting import catalogue, periods
from referrals.reporting.disclosure import Name, Profile, profile_of
from referrals.reporting.periods import Period
from referrals.reporting.queries import DAYS
from referrals.reporting.queries.within import within
from referrals.reporting.report import Report
from referrals.reporting.reports import agencies
from referrals.reporting.scope import Scope, scope_of

# Five residents make a pattern; whatever a programme has set, nothing smaller leaves the house.
LOWEST: Final = 5
# Issue, body and office.
Key = tuple[str, UUID, UUID]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One issue with one body among residents of one MP; as many as may be shown."""

    issue_type: str
    agency_id: UUID
    office_id: UUID
    residents: int
    threshold: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of one pattern, and the days they were counted over."""

    figures: Figures
    first: date
    last: date


def days_counted(side: Side) -> Period:
    """The days a brief counts: the last 90; for a programme those that end with the last whole month.

    Where somebody reads only what may leave the house, days that move every day would let them see in the difference of
    two days who came on one of them.
    """
    last = today() if side is not Side.PROGRAMME else today().replace(day=1) - timedelta(days=1)
    return Period("brief", f"{DAYS} days", last - timedelta(days=DAYS - 1), last)


def patterns(viewer: Viewer) -> list[Pattern]:
    """What the viewer may draft a brief from, the most residents first; two queries. Raises NotAllowed."""
    policy.must_write_briefs(viewer)
    scope = scope_of(viewer)
    threshold = _profile(scope).threshold or LOWEST
    place = (Referral.issue_type, Referral.agency_id, Referral.office_id)
    where = (_condition(scope), within(Referral.submitted_at, days_counted(scope.side)))
    numbers = select(*place, func.count().label("number")).where(*where).group_by(*place)
    found = db.session.execute(numbers.having(func.count() >= threshold)).all()
    again = _again(where) if found else {}
    lines = []
    for row in found:
        key = (row.issue_type, row.agency_id, row.office_id)
        people = int(row.number) - again.get(key, 0)
        if people >= threshold:
            lines.append(Pattern(*key, shown(people, threshold), threshold))
    return sorted(lines, key=lambda one: (-one.residents, one.issue_type, one.agency_id, one.office_id))


def counted(issue_type: str, agency_id: UUID, office_id: UUID, viewer: Viewer) -> Counted | None:
    """The figures of one pattern; None where it does not reach the threshold. Raises NotAllowed."""
    policy.must_write_briefs(viewer)
    scope, period = scope_of(viewer), days_counted(viewer.side)
    assert period.first is not None
    same = (
        _condition(scope),
        Referral.issue_type == issue_type,
        Referral.agency_id == agency_id,
        Referral.office_id == office_id,
        Referral.submitted_at < period.ends,
    )
    cases = _cases(same, period)
    person_of = persons([case.id for case in cases], _marks(same))
    profile = _profile(scope)
    figures = figures_of(
        cases, person_of, period.first, profile, _ledger(viewer, replace(scope, profile=profile), agency_id)
    )
    return Counted(figures, period.first, period.last) if figures else None


def _profile(scope: Scope) -> Profile:
    """The rules by which numbers leave the house: those of the programme, and the same for owners at the lowest."""
    return scope.profile if scope.threshold is not None else profile_of(Name.PROGRAMME, LOWEST)


def _condition(scope: Scope) -> ColumnElement[bool]:
    """What can be of a pattern. Of what was erased nobody knows any more whose it was, and so whether it is the same
    person's again.
    """
    known = Referral.issue_type.is_not(None) & Referral.agency_id.is_not(None) & Referral.office_id.is_not(None)
    return scope.covers() & known & Referral.erased_at.is_(None)


def _again(where: tuple[ColumnElement[bool], ...]) -> dict[Key, int]:
    """By how many there are fewer people than referrals; only for what has marks in common."""
    place = (Referral.issue_type, Referral.agency_id, Referral.office_id)
    each = select(
        MatchToken.token,
        MatchToken.referral_id,
        *place,
        func.count().over(partition_by=(MatchToken.token, *place)).label("times"),
    ).join(Referral, Referral.id == MatchToken.referral_id)
    marked = each.where(*where).subquery()
    shared: dict[Key, list[tuple[bytes, UUID]]] = defaultdict(list)
    for row in db.session.execute(select(marked).where(marked.c.times > 1)):
        shared[row.issue_type, row.agency_id, row.office_id].append((row.token, row.referral_id))
    return {key: _fewer(marks) for key, marks in shared.items()}


def _fewer(marks: list[tuple[bytes, UUID]]) -> int:
    leaders = persons({referral_id for _, referral_id in marks}, marks)
    return len(leaders) - len(set(leaders.values()))


def _marks(where: tuple[ColumnElement[bool], ...]) -> list[tuple[bytes, UUID]]:
    query = select(MatchToken.token, MatchToken.referral_id).join(Referral, Referral.id == MatchToken.referral_id)
    return [(row.token, row.referral_id) for row in db.session.execute(query.where(*where))]


def _cases(where: tuple[ColumnElement[bool], ...], period: Period) -> list[Case]:
    """Every referral of the pattern with its present result; three queries."""
    codes, money = defaultdict(list), defaultdict(list)
    for row in db.session.execute(_of_results(where, period, OutcomeCode, OutcomeCode.code)):
        codes[row.referral_id].append(row.code)
    columns = (MoneyRow.kind, MoneyRow.basis, func.coalesce(MoneyRow.annual_amount, MoneyRow.amount).label("pounds"))
    for row in db.session.execute(_of_results(where, period, MoneyRow, *columns)):
        money[row.referral_id].append((row.kind, row.basis, row.pounds))
    rows = db.session.execute(
        select(Referral.id, Referral.submitted_at, Referral.waiting_since, Referral.group_id).where(*where)
    )
    return [
        Case(
            id=row.id,
            sent_on=local_day(row.submitted_at),
            group_id=row.group_id,
            waited=_waited(row.waiting_since, local_day(row.submitted_at)),
            codes=tuple(codes[row.id]),
            money=tuple(money[row.id]),
        )
        for row in rows
    ]


def _waited(since: date | None, sent_on: date) -> int | None:
    return None if since is None else max((sent_on - since).days, 0)


def _of_results(where: tuple[ColumnElement[bool], ...], period: Period, of: Any, *columns: Any) -> Select[Any]:
    """Rows that hang on results recorded until the end of the days, which stand and are not disputed."""
    return (
        select(of.referral_id, *columns)
        .join(Outcome, Outcome.id == of.outcome_id)
        .join(Referral, Referral.id == Outcome.referral_id)
        .where(*where, Outcome.superseded_at.is_(None), Outcome.standing != "disputed")
        .where(Outcome.recorded_at < period.ends)
    )


def _ledger(viewer: Viewer, scope: Scope, agency_id: UUID) -> Ledger:
    """The lines of the ledger about this body, as the report shows them to others than those who asked."""
    if viewer.side is Side.PROGRAMME:
        report = catalogue.request(agencies.NAME, None, viewer).build()
    else:
        report = agencies.build(scope, periods.open_choices(None, today())[0])
    name = lists.label(lists.AGENCIES, directory.agency(agency_id).code)
    return Ledger(reply_days=_value(report, "days", name), kept_percent=_value(report, "target", name))


def _value(report: Report, key: str, label: str) -> int | None:
    table = next(table for table in report.tables if table.key == key)
    found = next((row.values[0] for row in table.rows if row.label == label), None)
    return None if found is None else int(found)
