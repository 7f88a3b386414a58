"""How mail comes to a person: what they choose, and the digest of a day for those who chose one."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID, uuid5

from sqlalchemy import CursorResult, exists, or_, select, update

from referrals.accounts.queries import memberships_of, recipient
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.foundation import clock, locks
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid, NotFound
from referrals.notifications.actions import queue
from referrals.notifications.messages import Digest
from referrals.notifications.models import MailWish, Notice
from referrals.notifications.queries import Wish
from referrals.notifications.quiet_hours import hour_is_quiet, last_digest
from referrals.notifications.wishes import DAILY, NEVER, WAYS

HOURS: Final = range(24)
# Of more referrals than these a digest says how many there are.
MOST_LINES: Final = 20
# Names the mail of one person's day, so that a second of it is the same mail.
_SPACE: Final = UUID("5f0f4f5c-6a5c-4c0e-9b52-6d2f3f7a9c11")


def choose_telling(wish: Wish, *, by: Viewer) -> None:
    """Keep how the viewer wants ordinary mail to come.

    What waited for a digest goes out at once where it comes at once from now on, so that nothing is lost.
    Raises Invalid under "way", "digest_hour", "quiet_from" and "quiet_until".
    """
    _check(wish)
    if by.person_id is None:
        raise NotFound
    locks.hold(f"mail wish of {by.person_id}")
    row = db.session.get(MailWish, by.person_id, populate_existing=True)
    if row is None:
        row = MailWish(person_id=by.person_id)
        db.session.add(row)
    row.way, row.digest_hour = wish.way, wish.digest_hour
    row.quiet_from, row.quiet_until, row.quiet_weekends = wish.quiet_from, wish.quiet_until, wish.quiet_weekends
    db.session.flush()
    if wish.way != DAILY:
        waiting = _take(by.person_id, clock.now())
        if wish.way != NEVER:
            _post(by.person_id, waiting)
    facts = {"way": wish.way, "quiet": wish.quiet_from is not None, "quiet_weekends": wish.quiet_weekends}
    record("person.telling_chosen", by=by, subject=("person", by.person_id), facts=facts)


def send_digests() -> int:
    """Queue the digest of everybody whose hour has come and who has something unread; how many there were.

    Safe to carry out twice, also at the same moment: the day is taken in the transaction that queues the mail.
    """
    now = clock.now()
    today = clock.local_day(now)
    waits = exists().where(Notice.person_id == MailWish.person_id, Notice.for_digest)
    wishes = db.session.scalars(
        select(MailWish)
        .where(MailWish.way == DAILY, or_(MailWish.digest_on.is_(None), MailWish.digest_on < today), waits)
        .order_by(MailWish.person_id)
    ).all()
    return sum(_send(wish, now) for wish in wishes)


def _send(wish: MailWish, now: datetime) -> bool:
    day, due = last_digest(wish, wish.digest_hour, now)
    return _take_day(wish.person_id, day) and _post(wish.person_id, _take(wish.person_id, due), day)


def _take_day(person_id: UUID, day: date) -> bool:
    """Whether this is the one that makes the digest of the day."""
    taking = update(MailWish).where(
        MailWish.person_id == person_id,
        MailWish.way == DAILY,
        or_(MailWish.digest_on.is_(None), MailWish.digest_on < day),
    )
    taking = taking.values(digest_on=day).execution_options(synchronize_session=False)
    return cast(CursorResult[Any], db.session.execute(taking)).rowcount == 1


def _take(person_id: UUID, until: datetime) -> list[str | None]:
    """Of what waits for a digest since before a moment: the references of the unread, where the person still belongs.

    It waits no more.
    """
    here = {membership.organisation_id for membership in memberships_of(person_id)}
    taking = update(Notice).where(Notice.person_id == person_id, Notice.for_digest, Notice.at <= until)
    taking = taking.values(for_digest=False).execution_options(synchronize_session=False)
    found = db.session.execute(taking.returning(Notice.organisation_id, Notice.reference, Notice.read_at))
    return [row.reference for row in found if row.read_at is None and row.organisation_id in here]


def _post(person_id: UUID, references: Sequence[str | None], day: date | None = None) -> bool:
    to = recipient(person_id)
    if to is None or not references:
        return False
    told = Counter(reference for reference in references if reference).most_common()
    digest = Digest(
        path="/notices",
        number=str(len(references)),
        references=" ".join(f"{reference}:{number}" for reference, number in told[:MOST_LINES]),
        further=str(max(0, len(told) - MOST_LINES)),
    )
    queue(digest, to=[to], mail_id=str(uuid5(_SPACE, f"{person_id} {day}")) if day else None)
    return True


def _check(wish: Wish) -> None:
    errors = {}
    if wish.way not in WAYS:
        errors["way"] = "Choose how mail comes to you"
    if (wish.quiet_from is None) != (wish.quiet_until is None):
        missing = "quiet_from" if wish.quiet_from is None else "quiet_until"
        errors[missing] = "Choose when the quiet hours begin and when they end, or neither"
    elif wish.quiet_from is not None and wish.quiet_from == wish.quiet_until:
        errors["quiet_until"] = "Choose another hour for the end of the quiet hours"
    given = {"digest_hour": wish.digest_hour, "quiet_from": wish.quiet_from, "quiet_until": wish.quiet_until}
    errors |= {name: "Choose a full hour" for name, hour in given.items() if hour is not None and hour not in HOURS}
    if not errors and wish.way == DAILY and hour_is_quiet(wish, wish.digest_hour):
        errors["digest_hour"] = "Choose an hour outside your quiet hours"
    if errors:
        raise Invalid(errors)
