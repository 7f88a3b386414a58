"""Keeping the sums: bringing them up to what the books say has changed, or counting from nothing, step by step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from referrals.casework.models import Referral
from referrals.foundation import locks
from referrals.foundation.database import db, reading
from referrals.reporting.summaries import marks
from referrals.reporting.summaries.adding import SUMS, count_again, count_first
from referrals.reporting.summaries.facts import NOW, between, these
from referrals.reporting.summaries.marks import Lag
from referrals.reporting.summaries.models import CountedReferral, Recount, ReportSum

LOCK: Final = "sums of reports"
# What who opens a report waits for; the rest is left to the worker.
FEW: Final = 2_000
# What the worker counts at once: entries of books, or referrals when it counts from nothing.
A_ROUND: Final = 20_000
A_STEP: Final = 5_000
# Referrals that are named in one statement.
NAMED_AT_ONCE: Final = 500
# From so many entries on, and so many for each referral that is counted, counting from nothing is less work.
MANY: Final = 200_000
MANY_EACH: Final = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the sums go: everything before `changed_since` (None: all that there is), or not all of it yet."""

    changed_since: datetime | None = None
    # Counted from nothing at this moment, so that any number may be too small.
    is_incomplete: bool = False


def bring_up() -> Standing:
    """Count what has changed, where it is not much and nobody else is counting; gives how far the sums then go.

    For whoever is about to read a report. Where only reading was promised, nothing is counted.
    """
    if _recount() is not None:
        return Standing(is_incomplete=True)
    found = marks.lags()
    if not found:
        return Standing()
    if not reading() and sum(lag.entries for lag in found) <= FEW and locks.hold_if_free(LOCK):
        _count(marks.first_of(found, FEW), db.session())
        found = found[marks.MOST_BOOKS :]
    return Standing(changed_since=marks.since(found))


def catch_up() -> int:
    """Count all that has changed, however much it is; gives how many referrals. For commands and tests."""
    locks.hold(LOCK)
    counted = 0
    while _recount() is None and (found := marks.first_of(marks.lags(), A_ROUND)):
        counted += _count(found, db.session())
    return counted


def keep_sums() -> int:
    """One round of the worker: a step of a count from nothing, or what has changed; gives how many referrals."""
    if not locks.hold_if_free(LOCK):
        return 0
    if _recount() is not None:
        return step()
    found = marks.lags()
    if marks.nothing_counted() or _is_too_much(found):
        begin()
        return step()
    return _count(marks.first_of(found, A_ROUND), db.session()) if found else 0


def _is_too_much(found: list[Lag]) -> bool:
    entries = sum(lag.entries for lag in found)
    if entries < MANY:
        return False
    counted = db.session.scalar(select(func.count()).select_from(CountedReferral)) or 0
    return entries > MANY_EACH * counted


def _count(found: list[Lag], session: Session) -> int:
    # Counting goes past the session, which may hold what its transaction has changed.
    session.flush()
    ids = marks.changed(found) if found else []
    count_these(ids, session)
    if found:
        marks.remember(found, session)
    return len(ids)


def count_these(ids: list[UUID], session: Session) -> None:
    """Count these referrals again."""
    for place in range(0, len(ids), NAMED_AT_ONCE):
        count_again(these(ids[place : place + NAMED_AT_ONCE]), session)


def begin() -> None:
    """Forget all that was counted, so that it is counted from nothing by `step`."""
    locks.hold(LOCK)
    session = db.session()
    marks.remember_all(session)
    for table in (SUMS, *NOW):
        session.connection().execute(delete(table))
    session.execute(delete(Recount))
    session.add(Recount(id=1, last_id=None, done=0))


def step(most: int = A_STEP) -> int:
    """Count the next referrals of a count from nothing; gives how many, 0 when there is none under way.

    What changes meanwhile stands in the books after the numbers that `begin` remembered, and is counted afterwards.
    """
    locks.hold(LOCK)
    recount = _recount()
    if recount is None:
        return 0
    query = select(Referral.id).order_by(Referral.id).limit(most)
    if recount.last_id is not None:
        query = query.where(Referral.id > recount.last_id)
    ids: list[UUID] = list(db.session.scalars(query))
    if ids:
        count_first(between(recount.last_id, ids[-1]), db.session())
    if len(ids) < most:
        db.session.delete(recount)
    else:
        recount.last_id, recount.done = ids[-1], recount.done + len(ids)
    return len(ids)


def left_to_count() -> int:
    """Begin a count from nothing, or go on with the one that is under way; gives how many referrals are left."""
    if not is_under_way():
        begin()
    recount = _recount()
    total = db.session.scalar(select(func.count()).select_from(Referral)) or 0
    return max(0, total - (recount.done if recount else 0))


def is_under_way() -> bool:
    """Whether a count from nothing has been begun and not ended."""
    return _recount() is not None


def _recount() -> Recount | None:
    return db.session.scalar(select(Recount).execution_options(populate_existing=True))


def tidy_sums() -> int:
    """Remove the sums of which nothing is left; gives how many."""
    locks.hold(LOCK)
    gone = delete(ReportSum).where(ReportSum.number == 0, ReportSum.pence == 0)
    return int(db.session.connection().execute(gone).rowcount)
