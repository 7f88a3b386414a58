"""Deciding about a deadline: another last day with a reason, that it was met, or that it no longer applies."""

from datetime import date
from typing import Any, Final

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.actions.dates import checked_words, day_fault
from referrals.casework.actions.warning import keep_limit, lock
from referrals.casework.deadlines import Deadline, following
from referrals.casework.models import DeadlineDecision, Referral
from referrals.casework.queries.deadlines import deadline
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid

# What each decision is called in the books.
_EVENTS: Final = {
    following.MOVED: "deadline.moved",
    following.COUNTED_AGAIN: "deadline.counted_again",
    following.MET: "deadline.met",
    following.DROPPED: "deadline.dropped",
    following.OPENED_AGAIN: "deadline.opened_again",
}


def move_deadline(one: Deadline, day: date, reason: str, *, by: Viewer) -> None:
    """Give a deadline another last day than its rule counts, because the letter says so, or more time was given.

    Raises NotFound, NotAllowed, IllegalMove when it is over, and Invalid under "day" and "reason".
    """
    errors = {}
    if fault := day_fault(day, may_lie_ahead=True):
        errors["day"] = fault
    if not reason.strip():
        errors["reason"] = "Say why the last day is another one"
    if errors:
        raise Invalid(errors)
    one = _open(one, by)
    text = checked_words(reason, required=None, name="reason")
    _decide(one, following.MOVED, by, day=day, words=text)


def count_again(one: Deadline, *, by: Viewer) -> None:
    """Take back another last day: the rule counts again. Raises as `move_deadline`."""
    one = _open(one, by)
    if one.moved is None:
        raise IllegalMove("This last day is counted by its rule already.")
    _decide(one, following.COUNTED_AGAIN, by)


def meet_deadline(one: Deadline, day: date, *, by: Viewer) -> None:
    """Note on which day what was to be done was done. Raises as `move_deadline`, Invalid under "day"."""
    if fault := day_fault(day, may_lie_ahead=False):
        raise Invalid({"day": fault})
    _decide(_open(one, by), following.MET, by, day=day)


def drop_deadline(one: Deadline, reason: str, *, by: Viewer) -> None:
    """Note that a deadline no longer applies, and why. Raises as `move_deadline`, Invalid under "reason"."""
    text = checked_words(reason, required="Say why it no longer applies", name="reason")
    _decide(_open(one, by), following.DROPPED, by, words=text)


def open_deadline_again(one: Deadline, *, by: Viewer) -> None:
    """Take back that a deadline is over. Raises NotFound, NotAllowed, and IllegalMove when it is not."""
    one = _present(one, by)
    if one.ended is None or one.ended.rule != one.rule.code:
        raise IllegalMove("There is nothing to open again: it is open, or it ended with something else.")
    _decide(one, following.OPENED_AGAIN, by)


def _open(one: Deadline, by: Viewer) -> Deadline:
    present = _present(one, by)
    if not present.is_open:
        raise IllegalMove("This deadline is over. Open it again first.")
    return present


def _present(one: Deadline, by: Viewer) -> Deadline:
    """The deadline as it is now, with its referral's row locked."""
    referral: Referral = one.event.referral
    policy.must_keep_dates(referral, by)
    lock(referral.id)
    db.session.refresh(one.event)
    return deadline(referral, one.event.id, one.rule.code, by)


def _decide(one: Deadline, decision: str, by: Viewer, *, day: date | None = None, words: str | None = None) -> None:
    referral: Referral = one.event.referral
    made = DeadlineDecision(
        referral=referral,
        referral_id=referral.id,
        event_id=one.event.id,
        rule=one.rule.code,
        decision=decision,
        day=day,
        by_id=by.person_id,
        organisation_id=by.organisation_id,
        role=by.role.value if by.role else "",
        at=clock.now(),
        words=words,
    )
    db.session.add(made)
    keep_limit(referral, by=by)
    facts: dict[str, Any] = {"date": str(one.event.id), "rule": one.rule.code}
    facts |= {"day": day.isoformat()} if day else {}
    key = referral.seal_key()
    record(_EVENTS[decision], by=by, subject=("referral", referral.id), facts=facts, words=words, key=key)
