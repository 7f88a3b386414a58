"""“Any news?”: the group asks while it waits, at most so often, and the office says how things stand."""

from datetime import date

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.actions.answers import Fault, check_day, check_words
from referrals.casework.actions.telling import tell
from referrals.casework.actions.warning import lock
from referrals.casework.actions.writing import touch
from referrals.casework.models import NewsRequest, Referral
from referrals.casework.queries.any_news import WILL_WRITE, WORDS, any_news, last_request, may_answer, may_ask
from referrals.casework.queries.timeline import timeline
from referrals.casework.workflow import Audience, When
from referrals.casework.workflow.asks import LONGTEXT_LENGTH
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed
from referrals.notifications.messages import NewsAsked, NewsGiven


def ask_for_news(referral: Referral, *, by: Viewer) -> NewsRequest:
    """Ask the office how things stand; it is told, and its clocks run on as they were.

    Raises NotFound, NotAllowed where this person may not ask of this referral, and IllegalMove before the day comes.
    """
    policy.must_see(referral, by)
    # Of two who ask at the same moment the second finds that it was asked today.
    lock(referral.id)
    if not may_ask(referral, by):
        raise NotAllowed("You can ask for news while the referral waits on the MP’s office or a public body.")
    known = any_news(referral, by)
    day = known.next_on([*timeline(referral, by), *known.timeline()])
    if clock.today() < day:
        raise IllegalMove(f"You can ask for news on {day.day} {day:%B %Y}.")
    asked = NewsRequest(
        referral=referral,
        referral_id=referral.id,
        asked_by_id=by.person_id,
        asked_role=by.role.value if by.role else "",
        asked_at=clock.now(),
    )
    db.session.add(asked)
    touch(referral.id)
    record("news.asked", by=by, subject=("referral", referral.id), facts={"request": str(asked.id)})
    tell(referral, NewsAsked, Audience.OFFICE, by=by)
    return asked


def answer_news(
    referral: Referral, answer: str, write_by: date | None = None, words: str = "", *, by: Viewer
) -> NewsRequest:
    """Say how things stand to the group that asked, which is told.

    `answer` is of the list news_answers; `write_by` belongs to will_write alone. Raises NotFound, NotAllowed,
    IllegalMove where nothing waits for an answer, and Invalid under "answer", "write_by" and "words".
    """
    policy.must_see(referral, by)
    lock(referral.id)
    if not may_answer(referral, by):
        raise NotAllowed
    asked = last_request(referral)
    if asked is None or asked.answered_at is not None:
        raise IllegalMove("This was answered already.")
    text = words.replace("\r\n", "\n").strip()
    errors = _faults(referral, answer, write_by, text)
    if errors:
        raise Invalid(errors)
    asked.answer, asked.write_by = answer, write_by if answer == WILL_WRITE else None
    asked.office_id = by.organisation_id
    asked.answered_by_id, asked.answered_role = by.person_id, by.role.value if by.role else None
    asked.answered_at, asked.words = clock.now(), text or None
    touch(referral.id)
    facts = {"request": str(asked.id), "answer": answer}
    key = referral.seal_key()
    record("news.given", by=by, subject=("referral", referral.id), facts=facts, words=text or None, key=key)
    tell(referral, NewsGiven, Audience.GROUP, by=by)
    return asked


def _faults(referral: Referral, answer: str, write_by: date | None, text: str) -> dict[str, str]:
    errors = {}
    if answer not in lists.codes("news_answers"):
        errors["answer"] = "Choose how things stand"
    if answer == WILL_WRITE:
        errors |= {"write_by": fault} if (fault := _day_fault(write_by)) else {}
    if text and not policy.told_to_group_at_least(referral, WORDS):
        errors["words"] = "The resident has not agreed that the office tells the group this much. Leave this empty"
    try:
        check_words(text, LONGTEXT_LENGTH)
    except Fault as fault:
        errors["words"] = str(fault)
    return errors


def _day_fault(write_by: date | None) -> str | None:
    if not isinstance(write_by, date):
        return "Enter the day by which you will write"
    try:
        check_day(write_by, When.FROM_TODAY)
    except Fault as fault:
        return str(fault)
    return None
