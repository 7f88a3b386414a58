"""Keeping the nearest limit of each referral for the queue, and warning the office of a last day that is near."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, update

from referrals.accounts.viewer import SERVICE, Viewer
from referrals.audit.actions import record
from referrals.casework import deadlines
from referrals.casework.actions.telling import tell
from referrals.casework.deadlines import Deadline
from referrals.casework.deadlines.following import near_until
from referrals.casework.models import DatedEvent, LimitNotice, Referral
from referrals.casework.queries.deadlines import of_each
from referrals.casework.workflow import OPEN_WITH_OFFICE, Audience
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.notifications.messages import LimitNear

BATCH: Final = 200
_OPEN: Final = (Referral.ended_at.is_(None), Referral.submitted_at.is_not(None))


def lock(referral_id: UUID) -> None:
    """Take the referral's row, so that what is read now of its dates is still true when the limit is written."""
    db.session.execute(select(Referral.id).where(Referral.id == referral_id).with_for_update())


def keep_limit(referral: Referral, *, by: Viewer) -> None:
    """Write the nearest limit after a change of dates or decisions, and warn the office where it is near.

    The row's version stays: what others are writing about the referral stays good. The caller holds the row's lock
    and records the event.
    """
    db.session.flush()
    found = of_each([referral.id])[referral.id]
    _write(referral.id, found, touched=True)
    db.session.refresh(referral, ["updated_at", "limit_on"])
    _warn(referral, found, by=by)


def warn_of_limits(limit: int = BATCH) -> int:
    """Warn the offices of every limit that has come near since the last time, once each; how many referrals had one.

    Looks at `limit` referrals at a time. A referral that somebody is writing at this moment waits for the next call.
    """
    near = Referral.limit_on <= near_until(clock.today())
    warned = 0
    for ids in _batches((*_OPEN, near), limit):
        found = of_each(ids)
        told = _told(ids)
        for referral_id in [one for one in ids if _new(found[one], told)]:
            warned += _warn_locked(referral_id)
    return warned


def recount_limits(limit: int = BATCH) -> int:
    """Count the nearest limit of every open referral with dates again; how many had another than was kept.

    There are some after a rule of the catalogue has changed, or a bank holiday was proclaimed.
    """
    with_dates = exists().where(DatedEvent.referral_id == Referral.id)
    changed = 0
    for ids in _batches((*_OPEN, with_dates), limit):
        kept = dict(db.session.execute(select(Referral.id, Referral.limit_on).where(Referral.id.in_(ids))).all())
        for referral_id, found in of_each(ids).items():
            if deadlines.nearest_limit(found) != kept[referral_id]:
                lock(referral_id)
                _write(referral_id, of_each([referral_id])[referral_id], touched=False)
                record("referral.limit_recounted", by=SERVICE, subject=("referral", referral_id))
                changed += 1
    return changed


def _batches(where: Sequence[ColumnElement[bool]], size: int) -> Iterator[list[UUID]]:
    """The ids of all matching referrals, so many at a time."""
    query = select(Referral.id).where(*where).order_by(Referral.id).limit(size)
    ids = list(db.session.scalars(query))
    while ids:
        yield ids
        ids = list(db.session.scalars(query.where(Referral.id > ids[-1])))


def _write(referral_id: UUID, found: Iterable[Deadline], *, touched: bool) -> None:
    values = {"limit_on": deadlines.nearest_limit(found)} | ({"updated_at": clock.now()} if touched else {})
    db.session.execute(
        update(Referral)
        .where(Referral.id == referral_id)
        .values(values)
        .execution_options(audit_subjects={referral_id}, synchronize_session=False)
    )


def _warn_locked(referral_id: UUID) -> bool:
    mine = select(Referral).where(Referral.id == referral_id).with_for_update(skip_locked=True)
    referral = db.session.scalar(mine.execution_options(populate_existing=True))
    if referral is None or not _warn(referral, of_each([referral_id])[referral_id], by=SERVICE):
        return False
    record("limit.warned", by=SERVICE, subject=("referral", referral_id))
    return True


def _warn(referral: Referral, found: Sequence[Deadline], *, by: Viewer) -> bool:
    """Tell the office of the limits that are near and were not told, by one message; False when there is none."""
    if referral.state not in OPEN_WITH_OFFICE:
        return False
    new = _new(found, _told([referral.id]))
    moment = clock.now()
    for one in new:
        notice = LimitNotice(
            referral_id=referral.id, event_id=one.event.id, rule=one.rule.code, day=one.day, told_at=moment
        )
        db.session.add(notice)
    if new:
        tell(referral, LimitNear, Audience.OFFICE, by=by)
    return bool(new)


def _new(found: Iterable[Deadline], told: set[tuple[object, ...]]) -> list[Deadline]:
    today = clock.today()
    near = [one for one in found if one.is_limit and one.is_near(today)]
    return [one for one in near if (one.event.id, one.rule.code, one.day) not in told]


def _told(referral_ids: Sequence[UUID]) -> set[tuple[object, ...]]:
    query = select(LimitNotice.event_id, LimitNotice.rule, LimitNotice.day)
    return {tuple(row) for row in db.session.execute(query.where(LimitNotice.referral_id.in_(referral_ids)))}
