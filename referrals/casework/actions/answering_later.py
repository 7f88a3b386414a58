"""Four weeks after closing: telling the volunteer that it is time to ask, once, and writing down what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, select

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import SERVICE, Viewer
from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.actions.answers import Fault, check_day, check_words
from referrals.casework.actions.asking_later import LAPSED, STOPPED, WAITING
from referrals.casework.actions.telling import tell
from referrals.casework.actions.warning import lock
from referrals.casework.actions.writing import touch
from referrals.casework.models import LaterAnswer, Referral
from referrals.casework.workflow import Audience, When
from referrals.casework.workflow.asks import LONGTEXT_LENGTH
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed
from referrals.notifications.messages import LaterAnswerDue

BATCH: Final = 200
ANSWERED: Final = "answered"
# The resident's three questions, by the names of the columns.
QUESTIONS: Final = ("helped_forward", "is_solved", "less_worried")
# Said where a question of somebody who answered others was left out.
NOT_SAID: Final = "declined"


@dataclass(frozen=True, slots=True)
class Said:
    """What came of asking: `result` of the list later_results; the rest only where they answered."""

    result: str
    helped_forward: str | None = None
    is_solved: str | None = None
    less_worried: str | None = None
    way: str | None = None
    on: date | None = None
    words: str = ""


def answer_later(asked: LaterAnswer, said: Said, *, by: Viewer) -> None:
    """Write down what came of asking, which ends it.

    Raises NotFound, NotAllowed, IllegalMove where it is not due, is over or must not be asked, and Invalid under the
    names of `Said`.
    """
    referral = asked.referral
    policy.must_see(referral, by)
    policy.must_write(referral, by, Permission.OUTCOME_CONFIRM)
    lock(referral.id)
    # Of two who answer at the same moment the second finds that it is done.
    db.session.refresh(asked, with_for_update=True)
    db.session.refresh(referral)
    _must_be_open(asked, referral)
    text = said.words.replace("\r\n", "\n").strip()
    errors = _faults(said, asked, text)
    if errors:
        raise Invalid(errors)
    answered = said.result == ANSWERED
    asked.standing, asked.ended_at = said.result, clock.now()
    asked.answered_by_id, asked.answered_role = by.person_id, by.role.value if by.role else None
    asked.answered_on = said.on or clock.today()
    asked.way = said.way if answered else None
    for name in QUESTIONS:
        setattr(asked, name, (getattr(said, name) or NOT_SAID) if answered else None)
    asked.words = text or None
    touch(referral.id)
    facts = {"later": str(asked.id), "result": said.result, **{name: getattr(asked, name) for name in QUESTIONS}}
    key = referral.seal_key()
    record("later.answered", by=by, subject=("referral", referral.id), facts=facts, words=text or None, key=key)


def ask_later(limit: int = BATCH) -> int:
    """Tell volunteers, once each, of every resident who is to be asked now, and end what nobody asked in time.

    At most `limit` of each kind; the rest waits for the next call. How many were told or ended.
    """
    day = clock.today()
    # What is over is not told of any more.
    lapsed = _each((LaterAnswer.ends_on < day,), LaterAnswer.ends_on, limit)
    for one in lapsed:
        _end(one, LAPSED, "later.lapsed")
    due = _each((LaterAnswer.due_on <= day, LaterAnswer.told_at.is_(None)), LaterAnswer.due_on, limit)
    for one in due:
        if not policy.may_be_asked_later(one.referral):
            # An agreement may have run out by itself since.
            _end(one, STOPPED, "later.stopped")
            continue
        one.told_at = clock.now()
        record("later.asked", by=SERVICE, subject=("referral", one.referral_id), facts={"later": str(one.id)})
        tell(one.referral, LaterAnswerDue, Audience.GROUP, by=SERVICE)
    return len(lapsed) + len(due)


def _each(where: Sequence[ColumnElement[bool]], order: Any, limit: int) -> Sequence[LaterAnswer]:
    query = select(LaterAnswer).where(LaterAnswer.standing == WAITING, *where).order_by(order, LaterAnswer.id)
    # Somebody may be answering one of them at this very moment: leave that one for later.
    return db.session.scalars(query.limit(limit).with_for_update(skip_locked=True, of=LaterAnswer)).all()


def _end(one: LaterAnswer, standing: str, action: str) -> None:
    one.standing, one.ended_at = standing, clock.now()
    record(action, by=SERVICE, subject=("referral", one.referral_id), facts={"later": str(one.id)})


def _must_be_open(asked: LaterAnswer, referral: Referral) -> None:
    if asked.standing != WAITING or not policy.may_be_asked_later(referral):
        raise IllegalMove("This cannot be done now: it was answered, it lapsed, or it must not be asked any more.")
    if clock.today() < asked.due_on:
        raise NotAllowed(f"This is asked from {asked.due_on.day} {asked.due_on:%B %Y}.")


def _faults(said: Said, asked: LaterAnswer, text: str) -> dict[str, str]:
    errors = {}
    if said.result not in lists.codes("later_results"):
        errors["result"] = "Say what came of asking"
    if said.result == ANSWERED:
        errors |= _answer_faults(said, asked)
    try:
        check_words(text, LONGTEXT_LENGTH)
    except Fault as fault:
        errors["words"] = str(fault)
    return errors


def _answer_faults(said: Said, asked: LaterAnswer) -> dict[str, str]:
    errors = {}
    given = {name: getattr(said, name) for name in QUESTIONS if getattr(said, name)}
    if not given:
        errors[QUESTIONS[0]] = "Say what they answered to at least one of the three questions"
    known = lists.codes("later_answers")
    errors |= {name: "Choose one of the answers on the list" for name, code in given.items() if code not in known}
    if said.way not in lists.codes("later_ways"):
        errors["way"] = "Say how you asked"
    if fault := _day_fault(said.on, asked):
        errors["on"] = fault
    return errors


def _day_fault(day: date | None, asked: LaterAnswer) -> str | None:
    if not isinstance(day, date):
        return "Enter the day they answered"
    try:
        check_day(day, When.PAST)
    except Fault as fault:
        return str(fault)
    return "Enter a date after the referral was finished" if day < clock.local_day(asked.closed_at) else None
