"""Asking a body: an enquiry is sent, changed, and answered or given up, and the turn goes with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import asking, clocks, indexing
from referrals.casework.actions.agreeing import Agreement, record_consent
from referrals.casework.actions.answers import Fault, check_day, check_words
from referrals.casework.actions.filling import ANSWERED, FIRST_ENQUIRY, REPLY, SENT, fill_in
from referrals.casework.actions.giving_up import end_enquiry
from referrals.casework.actions.planning import give_turn, hold, set_next_action
from referrals.casework.actions.timing import deadline
from referrals.casework.actions.writing import start_work, touch
from referrals.casework.models import Enquiry, Referral
from referrals.casework.workflow import WORKING_STATES, Waiting, When, states
from referrals.casework.workflow.asks import LONGTEXT_LENGTH, TEXT_LENGTH
from referrals.directory import lists
from referrals.directory.models import Agency
from referrals.directory.queries import agency as agency_of
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotFound

NO_DAY: Final = "Enter a real date, like 27 3 2026"


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of whom, as a form gives it; codes of the lists, days as dates."""

    agency_id: UUID
    channel: str
    asked: str
    sent_on: date
    # By when an answer is expected; None for the office's usual time.
    due_on: date | None = None
    # Theirs.
    agency_reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came of an enquiry; `result` is a code of enquiry_results, `on` the day it came or was given up."""

    result: str
    on: date
    words: str = ""
    # What the office does next with it, where it is the office's turn again; without them what was planned, in the
    # usual time.
    next_action: str = ""
    next_action_on: date | None = None


def send_enquiry(referral: Referral, question: Question, agreement: Agreement | None = None, *, by: Viewer) -> Enquiry:
    """Note that a body was asked; the first time of an accepted referral the work starts, and the turn is the body's.

    `agreement` is recorded with it where the resident has not yet agreed to this body. Raises NotFound, NotAllowed,
    Stale, IllegalMove unless the case is being worked on, and Invalid by the names of the fields, under "agency" for
    the body, and under "consent" without the resident's agreement.
    """
    asking.must_ask(referral, by)
    hold(referral, None)
    body = _body(question.agency_id)
    errors = _faults(referral, question)
    if errors:
        raise Invalid(errors)
    if agreement is not None and asking.needs_agreement(referral, body.id, clock.today()):
        record_consent(referral, agreement, by=by)
    _must_agree(referral, body)
    enquiry = _made(referral, body, question, by)
    db.session.add(enquiry)
    touch(referral.id, told=asking.group_hears(referral))
    facts = {"agency": body.code, "channel": enquiry.channel, "sent_on": enquiry.sent_on.isoformat()}
    fill_in(referral, FIRST_ENQUIRY, enquiry.sent_on, (SENT, enquiry.id), by=by)
    note("enquiry.sent", enquiry, by, facts | {"due_on": enquiry.due_on.isoformat()}, enquiry.asked)
    if referral.state == states.ACCEPTED:
        start_work(referral, enquiry.sent_on, by=by)
    wait_for_bodies(referral, by=by)
    if enquiry.agency_reference:
        indexing.reindex(referral)
    return enquiry


def change_enquiry(enquiry: Enquiry, due_on: date, agency_reference: str, *, by: Viewer) -> None:
    """Expect the answer by another day, or note the body's own reference.

    Raises NotFound, NotAllowed, Stale, IllegalMove once it is over, and Invalid under "due_on" and "agency_reference".
    """
    referral = enquiry.referral
    asking.must_note(referral, by)
    hold(referral, None)
    db.session.refresh(enquiry)
    if enquiry.ended_on is not None:
        raise IllegalMove("This enquiry is over.")
    errors = day_fault("due_on", due_on, None, since=enquiry.sent_on) | _reference_fault(agency_reference)
    if errors:
        raise Invalid(errors)
    enquiry.due_on = due_on
    enquiry.agency_reference = agency_reference.strip() or None
    touch(referral.id)
    note("enquiry.changed", enquiry, by, {"due_on": due_on.isoformat()}, enquiry.agency_reference)
    keep_waiting(referral, by=by)
    indexing.reindex(referral)


def answer_enquiry(enquiry: Enquiry, answer: Answer, *, by: Viewer) -> None:
    """Note the answer of a body, or that none is waited for; with the last one the turn is the office's again.

    An answer may also come after the enquiry was given up, or after the case is over. Raises NotFound, NotAllowed,
    Stale, IllegalMove when it was answered already, and Invalid under "result", "on", "words", "next_action" and
    "next_action_on".
    """
    referral = enquiry.referral
    asking.must_note(referral, by)
    hold(referral, None)
    db.session.refresh(enquiry)
    if not asking.may_be_answered(enquiry):
        raise IllegalMove("The answer to this enquiry is recorded already.")
    errors = _answer_faults(enquiry, answer)
    if errors:
        raise Invalid(errors)
    end_enquiry(enquiry, answer.result, answer.on, by=by, moment=clock.now())
    enquiry.reply = _tidy(answer.words) or None
    touch(referral.id, told=asking.group_hears(referral))
    if asking.is_reply(answer.result):
        fill_in(referral, REPLY, answer.on, (ANSWERED, enquiry.id), by=by)
    note("enquiry.ended", enquiry, by, {"result": answer.result, "on": answer.on.isoformat()}, enquiry.reply)
    if open_of(referral):
        keep_waiting(referral, by=by)
    elif _waits_for_bodies(referral):
        words = answer.next_action.strip() or referral.next_action or ""
        day = answer.next_action_on or usual_next_day(referral)
        set_next_action(referral, words, day, by=by, version=None)


def usual_next_day(referral: Referral) -> date:
    """By when the office acts once the last answer is there: with the days its clock had left, or the usual time."""
    if referral.days_left:
        return clocks.add_working_days(clock.today(), referral.days_left)
    return deadline(referral, clocks.FIRST_ACTION, clock.today())


def usual_reply_day(referral: Referral, start: date) -> date:
    """By when the office expects the answer to a question of that day, where nothing else is said."""
    return deadline(referral, clocks.AGENCY_REPLY, start)


def open_of(referral: Referral) -> Sequence[Enquiry]:
    """The enquiries of a referral that wait for an answer, the soonest due first."""
    db.session.flush()
    query = select(Enquiry).where(Enquiry.referral_id == referral.id, Enquiry.ended_on.is_(None))
    return db.session.scalars(query.order_by(Enquiry.due_on, Enquiry.id)).all()


def wait_for_bodies(referral: Referral, *, by: Viewer) -> None:
    """Give the turn to the bodies that were asked, until the first of them should answer."""
    waiting = open_of(referral)
    if referral.state not in WORKING_STATES or not waiting:
        return
    if not _waits_for_bodies(referral) or referral.due_on != waiting[0].due_on:
        give_turn(referral, Waiting.AGENCY, waiting[0].due_on, by=by)


def keep_waiting(referral: Referral, *, by: Viewer) -> None:
    """The same where it is their turn already; a turn that the office took back stays with it."""
    if _waits_for_bodies(referral):
        wait_for_bodies(referral, by=by)


def note(action: str, enquiry: Enquiry, by: Viewer, facts: dict[str, Any], words: str | None = None) -> None:
    """Leave the event of a change of an enquiry."""
    found = {"enquiry": str(enquiry.id), **facts}
    key = enquiry.seal_key()
    record(action, by=by, subject=("referral", enquiry.referral_id), facts=found, words=words, key=key)


def must_be_agreed(enquiry: Enquiry) -> None:
    """Raise Invalid under "consent" unless the resident still agrees to the body of an enquiry being contacted."""
    _must_agree(enquiry.referral, agency_of(enquiry.agency_id))


def _must_agree(referral: Referral, body: Agency) -> None:
    fault = asking.agreement_fault(referral, body, clock.today())
    if fault:
        raise Invalid({"consent": fault})


def _made(referral: Referral, body: Agency, question: Question, by: Viewer) -> Enquiry:
    target = lists.item(lists.AGENCIES, body.code).target
    enquiry = Enquiry(
        referral=referral,
        referral_id=referral.id,
        agency_id=body.id,
        office_id=by.organisation_id,
        channel=question.channel,
        sent_on=question.sent_on,
        due_on=question.due_on or usual_reply_day(referral, question.sent_on),
        chase_on=deadline(referral, clocks.AGENCY_CHASE, question.sent_on),
        target_on=clocks.add_working_days(question.sent_on, target.days) if target else None,
        sent_by_id=by.person_id,
        role=by.role.value if by.role else "",
        created_at=clock.now(),
    )
    enquiry.asked = _tidy(question.asked)
    enquiry.agency_reference = question.agency_reference.strip() or None
    return enquiry


def _waits_for_bodies(referral: Referral) -> bool:
    return referral.state in WORKING_STATES and referral.waiting_on == Waiting.AGENCY.value


def _body(agency_id: UUID) -> Agency:
    try:
        found = agency_of(agency_id)
    except NotFound:
        raise Invalid({"agency": "Choose the body you are asking"}) from None
    if found.code not in lists.codes(lists.AGENCIES):
        raise Invalid({"agency": "Choose the body you are asking"})
    return found


def _faults(referral: Referral, question: Question) -> dict[str, str]:
    sent = clock.local_day(referral.submitted_at) if referral.submitted_at else None
    errors = {} if question.channel in lists.codes("enquiry_channels") else {"channel": "Choose how you are asking"}
    errors |= words_fault("asked", question.asked, missing="Write what you are asking")
    errors |= _reference_fault(question.agency_reference)
    errors |= day_fault("sent_on", question.sent_on, When.PAST, since=sent, what="the referral was sent to you")
    if question.due_on is not None and "sent_on" not in errors:
        errors |= day_fault("due_on", question.due_on, None, since=question.sent_on)
    return errors


def _answer_faults(enquiry: Enquiry, answer: Answer) -> dict[str, str]:
    known = answer.result in lists.codes("enquiry_results")
    errors = {} if known else {"result": "Choose what came of it"}
    errors |= day_fault("on", answer.on, When.PAST, since=enquiry.sent_on)
    missing = "Write what the body answered" if asking.is_reply(answer.result) else None
    return errors | words_fault("words", answer.words, missing=missing)


def words_fault(name: str, words: str, *, missing: str | None) -> dict[str, str]:
    """What is wrong with words under the name of their field; `missing` is said where they must be there."""
    text = _tidy(words)
    if not text:
        return {name: missing} if missing else {}
    try:
        check_words(text, LONGTEXT_LENGTH)
    except Fault as fault:
        return {name: str(fault)}
    return {}


def _reference_fault(reference: str) -> dict[str, str]:
    text = reference.strip()
    try:
        check_words(text, TEXT_LENGTH)
    except Fault as fault:
        return {"agency_reference": str(fault)}
    return {"agency_reference": "Enter this on one line"} if "\n" in text else {}


def day_fault(name: str, day: Any, when: When | None, *, since: date | None, what: str = "you asked") -> dict[str, str]:
    """What is wrong with a day under the name of its field; it may not lie before `since`, the day of `what`."""
    if not isinstance(day, date) or isinstance(day, datetime):
        return {name: NO_DAY}
    try:
        check_day(day, when)
    except Fault as fault:
        return {name: str(fault)}
    return {name: f"Enter the day {what}, or a later one"} if since is not None and day < since else {}


def _tidy(words: str) -> str:
    return words.replace("\r\n", "\n").strip()
