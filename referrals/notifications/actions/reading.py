"""Marking notices as read: one, those of a referral or a page that is opened, or all that a page has shown."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, or_, update

from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.notifications.models import Notice
from referrals.notifications.notices import Holder


def read_notice(notice_id: UUID, *, by: Holder) -> None:
    """Mark one notice as read; one that was read stays as it is. NotFound for somebody else's."""
    notice = db.session.get(Notice, notice_id)
    if notice is None or (notice.person_id, notice.organisation_id) != (by.person_id, by.organisation_id):
        raise NotFound
    _read(Notice.id == notice_id, by=by)


def read_all(until: UUID, *, by: Holder) -> int:
    """Mark everything up to this notice as read; what came after it was on nobody's page. How many there were."""
    return _read(Notice.id <= until, by=by)


def read_of_referral(reference: str, *, by: Holder) -> int:
    """Mark what tells of a referral as read, because its page is open; how many there were."""
    return _read(or_(Notice.reference == reference, Notice.path == f"/referrals/{reference}"), by=by)


def read_of_page(path: str, *, by: Holder) -> int:
    """Mark what leads to a page as read, because it is open; how many there were."""
    return _read(Notice.path == path, by=by)


def _read(which: ColumnElement[bool], *, by: Holder) -> int:
    mine = (Notice.person_id == by.person_id, Notice.organisation_id == by.organisation_id, Notice.read_at.is_(None))
    marking = update(Notice).where(*mine, which).values(read_at=clock.now())
    marking = marking.execution_options(synchronize_session=False)
    return cast(CursorResult[Any], db.session.execute(marking)).rowcount
