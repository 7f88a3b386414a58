"""The referrals behind a number: for who owns them alone, and only those that the reader may see.

What such a list costs must not grow with what there is. The sums say beforehand how many there can be. Few are found
once, and named. Many need no search: wherever one looks, the next one is near, so the reader's referrals are walked
through from the newest, each looked up by its id among what is counted, until the page is full.

Where a resident lets a group hear nothing of how it goes on, the group finds their referral only behind what it knows.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, case, false, func, or_, select, true

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.queries import Line
from referrals.casework.queries.hearing import hushed_for
from referrals.casework.queries.lines import page
from referrals.casework.queries.paging import Section, by_moment
from referrals.casework.queries.visible import visible_to
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.reporting.catalogue import Request
from referrals.reporting.cells import ASPECTS, LEFT_OPEN, Cell
from referrals.reporting.days import month_of, number_of
from referrals.reporting.periods import Period, month
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.facts import AGREEMENTS, REFERRALS
from referrals.reporting.summaries.measures import KEPT_OF, LISTED_OF, OVER, RECEIVED, Make, Measured
from referrals.reporting.summaries.models import ReportSum
from referrals.reporting.summaries.reading import number_of as number_of_sums
from referrals.reporting.summaries.reading import sums_of, sums_until

PAGE_SIZE: Final = 50
# So many are counted one by one; of more it is enough to know that they are more.
FEW: Final = 1_000
# What a group that hears nothing knows of a referral all the same: that it was sent, and whether it has ended.
_KNOWN: Final = (RECEIVED, LEFT_OPEN)
_NEWEST_FIRST: Final = (Section((), by_moment(Referral.submitted_at, Referral.id, descending=True)),)


@dataclass(frozen=True, slots=True)
class Behind:
    """One page of the referrals behind a number.

    `hidden` is how many of `all` the reader does not see; both are None where there are more than `FEW`.
    """

    rows: list[Line]
    all: int | None
    hidden: int | None
    next_cursor: str | None


def behind(asked: Request, cell: Cell, viewer: Viewer, after: str | None = None) -> Behind:
    """The referrals of a cell, the newest first; four queries at most.

    Raises NotFound where numbers are not shown as they are, and for a measure that there is not; NotAllowed to who
    reads no referrals.
    """
    if asked.scope.threshold is not None or asked.scope.side is Side.PROGRAMME:
        raise NotFound
    viewer.must(Permission.REFERRAL_READ)
    search = _search(asked.scope, asked.period, cell)
    most = _at_most(asked.scope, asked.period, cell)
    if most == 0:
        return Behind([], 0, 0, None)
    heard = true() if cell.of in _KNOWN or search.table is AGREEMENTS else ~hushed_for(viewer)
    ids = search.few() if most is None or most <= FEW else None
    if ids is None:
        rows, cursor = page(search.found_by_id(heard), _NEWEST_FIRST, viewer, after, PAGE_SIZE)
        return Behind(rows, None, None, cursor)
    where: list[ColumnElement[bool]] = [Referral.id.in_(ids), heard]
    seen = db.session.scalar(select(func.count()).select_from(Referral).where(visible_to(viewer), *where)) or 0
    rows, cursor = page(where, _NEWEST_FIRST, viewer, after, PAGE_SIZE)
    return Behind(rows, len(ids), len(ids) - seen, cursor)


@dataclass(frozen=True, slots=True)
class _Search:
    """Where to look for the referrals of a cell, and what they have in common."""

    table: Table
    where: ColumnElement[bool]
    # The end of the period.
    ends: datetime

    def few(self) -> list[UUID] | None:
        """All of them, or None where they are more than `FEW`; one query."""
        query = select(self.table.c.referral_id).where(self.where)
        if self.table is AGREEMENTS:
            # Nobody opens a draft from a report.
            query = query.where(self.table.c.referral_id.in_(select(REFERRALS.c.referral_id)))
        found = list(db.session.scalars(query.distinct().limit(FEW + 1)))
        return found if len(found) <= FEW else None

    def found_by_id(self, heard: ColumnElement[bool]) -> list[ColumnElement[bool]]:
        """The conditions on a referral that it is one of them, and that `heard`, which costs more to know.

        Its rows are found by its id and by nothing else: a planner that knows of more may search by day and owner
        instead, once for each referral that is walked past.
        """
        is_one = func.max(case((self.where, 1), else_=0))
        found = select(is_one).where(self.table.c.referral_id == Referral.id).scalar_subquery() == 1
        found = case((found, heard), else_=false())
        # Agreed is before it is sent; everything else happens afterwards, so that nothing newer need be looked up.
        sent = Referral.submitted_at
        return [sent.is_not(None) if self.table is AGREEMENTS else sent < self.ends, found]


def _search(scope: Scope, period: Period, cell: Cell) -> _Search:
    table, make = _found(RECEIVED if cell.of == LEFT_OPEN else cell.of)
    measured, columns = make(table.c), table.c
    # One month of it: days, unlike months, are found in an index.
    period = period if cell.month is None else month(_first_of(cell.month))
    last = number_of(period.last)
    when = [measured.day <= last]
    if cell.of == LEFT_OPEN:
        when.append(or_(columns.ended.is_(None), columns.ended > last))
    elif period.first is not None:
        when.append(measured.day >= number_of(period.first))
    owner = columns.office_id if scope.side is Side.OFFICE else columns.group_id
    narrowed = and_(owner == scope.organisation_id, measured.where, *when, *_narrowed(measured, cell))
    return _Search(table, narrowed, period.ends)


def _at_most(scope: Scope, period: Period, cell: Cell) -> int | None:
    """How many they can be, as the sums have it; one query. None where no sums are kept."""
    if cell.of == LEFT_OPEN:
        where, number = (
            sums_until(scope, period, RECEIVED, OVER),
            number_of_sums(RECEIVED) - number_of_sums(OVER),
        )
    elif any(cell.of in makes for makes in KEPT_OF.values()):
        where, number = sums_of(scope, period, cell.of), number_of_sums(cell.of)
    else:
        return None
    query = select(number).where(where, *_narrowed(ReportSum, cell))
    if cell.month is not None:
        query = query.where(ReportSum.month == month_of(_first_of(cell.month)))
    return int(db.session.scalar(query) or 0)


def _first_of(code: str) -> date:
    return date.fromisoformat(f"{code}-01")


def _found(name: str) -> tuple[Table, Make]:
    for kept_or_listed in (KEPT_OF, LISTED_OF):
        for table, makes in kept_or_listed.items():
            if name in makes:
                return table, makes[name]
    raise NotFound


def _narrowed(measured: Measured | type[ReportSum], cell: Cell) -> list[Any]:
    """What narrows the rows of a measure to a cell, and its sums alike, because both are divided by the same."""
    found: list[Any] = []
    if cell.category is not None:
        found.append(measured.category == cell.category)
    if cell.code is not None:
        found.append(measured.code == cell.code)
    if cell.aspect is not None:
        found.append(measured.aspect.in_(ASPECTS.get(cell.aspect, (cell.aspect,))))
    if cell.evidenced:
        found.append(measured.evidenced == 1)
    if cell.days is not None:
        low, high = cell.days
        found += [] if low is None else [measured.days >= low]
        found += [] if high is None else [measured.days <= high]
    return found
