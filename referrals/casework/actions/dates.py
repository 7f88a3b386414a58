"""Recording the dates that periods are counted from, and taking back those that were wrong."""

from datetime import date, datetime
from typing import Any

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import deadlines, policy
from referrals.casework.actions.answers import Fault, check_day, check_words
from referrals.casework.actions.warning import keep_limit, lock
from referrals.casework.models import DatedEvent, Referral
from referrals.casework.workflow import When
from referrals.casework.workflow.asks import LONGTEXT_LENGTH
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid


def record_date(
    referral: Referral, kind: str, day: date, moment: datetime | None = None, words: str = "", *, by: Viewer
) -> DatedEvent:
    """Record a date of deadlines/dates.toml, which both sides read; `moment` only where the time of day matters.

    The nearest limit is kept and the office warned at once where it is near. Raises NotFound, NotAllowed, IllegalMove
    (a draft), and Invalid under "kind", "day", "moment" and "words".
    """
    policy.must_keep_dates(referral, by)
    errors = _faults(kind, day, moment)
    if errors:
        raise Invalid(errors)
    text = checked_words(words, required=None)
    lock(referral.id)
    event = DatedEvent(
        referral=referral,
        referral_id=referral.id,
        kind=kind,
        day=day,
        moment=moment,
        recorded_by_id=by.person_id,
        organisation_id=by.organisation_id,
        role=by.role.value if by.role else "",
        created_at=clock.now(),
        words=text,
    )
    db.session.add(event)
    facts = {"date": str(event.id), "kind": kind, "day": day.isoformat()}
    keep_limit(referral, by=by)
    key = referral.seal_key()
    record("date.recorded", by=by, subject=("referral", referral.id), facts=facts, words=text, key=key)
    return event


def withdraw_date(event: DatedEvent, reason: str, *, by: Viewer) -> None:
    """Take back a date that was wrong, with all that follows from it; it stays in the history.

    Raises NotFound, NotAllowed, IllegalMove when it was taken back already, and Invalid under "reason".
    """
    referral = event.referral
    policy.must_keep_dates(referral, by)
    text = checked_words(reason, required="Say what was wrong with it", name="reason")
    lock(referral.id)
    db.session.refresh(event)
    if event.withdrawn_at is not None:
        raise IllegalMove("This date was taken back already.")
    event.withdrawn_at, event.withdrawn_by_id = clock.now(), by.person_id
    event.withdrawn_role = by.role.value if by.role else None
    event.reason = text
    keep_limit(referral, by=by)
    facts = {"date": str(event.id), "kind": event.kind}
    key = referral.seal_key()
    record("date.withdrawn", by=by, subject=("referral", referral.id), facts=facts, words=text, key=key)


def checked_words(words: str, *, required: str | None, name: str = "words") -> str | None:
    """The words, tidy, or None for none. Raises Invalid under `name` where they are missing or cannot be kept."""
    text = words.replace("\r\n", "\n").strip()
    if not text:
        if required:
            raise Invalid({name: required})
        return None
    try:
        check_words(text, LONGTEXT_LENGTH)
    except Fault as fault:
        raise Invalid({name: str(fault)}) from None
    return text


def day_fault(day: Any, *, may_lie_ahead: bool) -> str | None:
    """What is wrong with a day; None for a plausible one."""
    if not isinstance(day, date) or isinstance(day, datetime):
        return "Enter a real date, like 27 3 2026"
    try:
        check_day(day, None if may_lie_ahead else When.PAST)
    except Fault as fault:
        return str(fault)
    return None


def _faults(kind: str, day: Any, moment: datetime | None) -> dict[str, str]:
    try:
        trigger = deadlines.trigger(kind)
    except LookupError:
        return {"kind": "Choose what kind of date it is"}
    fault = day_fault(day, may_lie_ahead=trigger.may_lie_ahead)
    if fault:
        return {"day": fault}
    if moment is None:
        return {}
    if not trigger.timed or moment.tzinfo is None or clock.local_day(moment) != day:
        return {"moment": "Leave the time empty"}
    if moment > clock.now() and not trigger.may_lie_ahead:
        return {"moment": "Enter a time in the past"}
    return {}
