"""Checking the sums against the tables they were counted from: what differs, in numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Table, except_, func, or_, select, true, union_all

from referrals.casework.models import Referral
from referrals.foundation.database import db
from referrals.reporting.summaries.adding import SUMS, added_up
from referrals.reporting.summaries.facts import NOW, REFERRALS, Chosen, between

AT_ONCE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Faults:
    """How many rows should be there and are not, or the other way round, of each kind."""

    referrals: int
    parts: int
    sums: int

    @property
    def none(self) -> bool:
        """Whether all is as it should be."""
        return not (self.referrals or self.parts or self.sums)


def faults() -> Faults:
    """Compare everything; it reads all referrals, and should have caught up before."""
    ranges = list(_ranges())
    return Faults(
        referrals=sum(_differing(REFERRALS, some) for some in ranges),
        parts=sum(_differing(table, some) for table in NOW if table is not REFERRALS for some in ranges),
        sums=_differing_sums(),
    )


def _ranges() -> Iterator[Chosen]:
    """All ids there can be, cut where so many referrals lie between."""
    last: UUID | None = None
    while True:
        query = select(Referral.id).order_by(Referral.id).offset(AT_ONCE - 1).limit(1)
        following = db.session.scalar(query if last is None else query.where(Referral.id > last))
        if following is None:
            yield _after(last)
            return
        yield between(last, following)
        last = following


def _after(last: UUID | None) -> Chosen:
    def chosen(column: Any) -> ColumnElement[bool]:
        return true() if last is None else column > last

    return chosen


def _differing(table: Table, chosen: Chosen) -> int:
    wanted = NOW[table](chosen)
    return _apart(
        select(table).where(chosen(table.c.referral_id)), wanted[0] if len(wanted) == 1 else union_all(*wanted)
    )


def _differing_sums() -> int:
    kept = select(SUMS).where(or_(SUMS.c.number != 0, SUMS.c.pence != 0))
    return _apart(kept, added_up(_after(None)))


def _apart(one: Any, other: Any) -> int:
    """How many rows are in one of the two alone."""
    left, right = one.subquery(), other.subquery()
    found = 0
    for here, there in ((left, right), (right, left)):
        rest = except_(select(*here.c), select(*there.c)).subquery()
        found += db.session.scalar(select(func.count()).select_from(rest)) or 0
    return found
