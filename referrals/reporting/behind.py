"""The referrals behind a number: for who owns them alone, and only those that the reader may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, and_, func, or_, select

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.queries import Line
from referrals.casework.queries.lines import page
from referrals.casework.queries.paging import Section, by_moment
from referrals.casework.queries.visible import visible_to
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.reporting.catalogue import Request
from referrals.reporting.cells import ASPECTS, LEFT_OPEN, Cell
from referrals.reporting.days import month_number, month_of, number_of
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope
from referrals.reporting.summaries.facts import AGREEMENTS, REFERRALS
from referrals.reporting.summaries.measures import KEPT_OF, LISTED_OF, RECEIVED, Make, Measured

PAGE_SIZE: Final = 50
_NEWEST_FIRST: Final = (Section((), by_moment(Referral.submitted_at, Referral.id, descending=True)),)


@dataclass(frozen=True, slots=True)
class Behind:
    """One page of the referrals behind a number. `hidden` is how many of `all` the reader does not see."""

    rows: list[Line]
    all: int
    hidden: int
    next_cursor: str | None


def behind(asked: Request, cell: Cell, viewer: Viewer, after: str | None = None) -> Behind:
    """The referrals of a cell, the newest first; four queries.

    Raises NotFound where numbers are not shown as they are, and for a measure that there is not; NotAllowed to who
    reads no referrals.
    """
    if asked.scope.threshold is not None or asked.scope.side is Side.PROGRAMME:
        raise NotFound
    viewer.must(Permission.REFERRAL_READ)
    ids = _ids(asked.scope, asked.period, cell)
    where: list[ColumnElement[bool]] = [Referral.id.in_(ids)]
    everything = db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    seen = db.session.scalar(select(func.count()).select_from(Referral).where(visible_to(viewer), *where)) or 0
    rows, cursor = page(where, _NEWEST_FIRST, viewer, after, PAGE_SIZE)
    return Behind(rows, everything, everything - seen, cursor)


def _ids(scope: Scope, period: Period, cell: Cell) -> Select[Any]:
    table, make = _found(RECEIVED if cell.of == LEFT_OPEN else cell.of)
    measured, columns = make(table.c), table.c
    last = number_of(period.last)
    when = [measured.day <= last]
    if cell.of == LEFT_OPEN:
        when.append(or_(columns.ended.is_(None), columns.ended > last))
    elif period.first is not None:
        when.append(measured.day >= number_of(period.first))
    if cell.month is not None:
        when.append(month_number(measured.day) == month_of(date.fromisoformat(f"{cell.month}-01")))
    owner = columns.office_id if scope.side is Side.OFFICE else columns.group_id
    narrowed = and_(owner == scope.organisation_id, measured.where, *when, *_narrowed(measured, cell))
    if table is AGREEMENTS:
        # Nobody opens a draft from a report.
        narrowed = and_(narrowed, columns.referral_id.in_(select(REFERRALS.c.referral_id)))
    return select(columns.referral_id).where(narrowed).distinct()


def _found(name: str) -> tuple[Table, Make]:
    for kept_or_listed in (KEPT_OF, LISTED_OF):
        for table, makes in kept_or_listed.items():
            if name in makes:
                return table, makes[name]
    raise NotFound


def _narrowed(measured: Measured, cell: Cell) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
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
