"""Writing on a referral: notes of one side, messages to the other, and dated steps on the way."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import update

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.actions.answers import Fault, check_day, check_words
from referrals.casework.actions.moving import move
from referrals.casework.actions.telling import tell
from referrals.casework.actions.timing import deadline
from referrals.casework.clocks import FIRST_ACTION
from referrals.casework.models import Milestone, Note, Referral
from referrals.casework.workflow import Audience, When, states
from referrals.casework.workflow.asks import LONGTEXT_LENGTH
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound
from referrals.notifications.messages import MilestoneRecorded, NoteShared

FIRST_ENQUIRY: Final = "first_enquiry_sent"
# How much of a case the office must be allowed to tell the group for these to be written for its eyes.
SHARED_NOTES: Final = "full"
MILESTONES: Final = "outcome"


def write_note(referral: Referral, words: str, *, shared: bool, by: Viewer) -> Note:
    """Write a note for one's own side, or, `shared`, a message to the other side, which is told.

    Raises NotFound, NotAllowed, IllegalMove (a draft has no other side) and Invalid under "words".
    """
    policy.must_write(referral, by, Permission.NOTE_WRITE)
    text = _text(words, "Write something first")
    if shared:
        must_reach_other_side(referral, by)
    moment = clock.now()
    note = Note(
        referral=referral,
        referral_id=referral.id,
        organisation_id=by.organisation_id,
        author_id=by.person_id,
        role=by.role.value if by.role else "",
        created_at=moment,
        shared_at=moment if shared else None,
        shared_by_id=by.person_id if shared else None,
        words=text,
    )
    db.session.add(note)
    _touch(referral)
    _record("note.sent" if shared else "note.written", referral, by, {"note": str(note.id)}, text)
    if shared:
        tell(referral, NoteShared, Audience.OTHER_SIDE, by=by)
    return note


def share_note(note: Note, *, by: Viewer) -> None:
    """Let the other side read a note of one's own side; once shared it stays so.

    Raises NotFound for a note of the other side, NotAllowed, and IllegalMove when it is shared already.
    """
    referral = note.referral
    policy.must_see(referral, by)
    if note.organisation_id != by.organisation_id:
        raise NotFound
    policy.must_write(referral, by, Permission.NOTE_WRITE)
    must_reach_other_side(referral, by)
    if note.shared_at is not None:
        raise IllegalMove("This note is shared already.")
    note.shared_at, note.shared_by_id = clock.now(), by.person_id
    _touch(referral)
    _record("note.shared", referral, by, {"note": str(note.id)})
    tell(referral, NoteShared, Audience.OTHER_SIDE, by=by)


def record_milestone(
    referral: Referral,
    code: str,
    happened_on: date,
    words: str = "",
    source: tuple[str, UUID] | None = None,
    *,
    by: Viewer,
) -> Milestone:
    """Note a dated step on the way, which both sides read; the office's first enquiry also starts the work.

    `code` is of the list milestones, `source` what it was made from where it was not noted by hand. Raises NotFound,
    NotAllowed, IllegalMove (a draft), and Invalid under "code", "happened_on" and "words".
    """
    permission = Permission.REFERRAL_WORK if by.side is Side.OFFICE else Permission.REFERRAL_ANSWER
    policy.must_write(referral, by, permission)
    if referral.submitted_at is None:
        raise IllegalMove("A draft has no steps yet.")
    errors = _milestone_faults(code, happened_on)
    if errors:
        raise Invalid(errors)
    text = _text(words) if words.strip() else None
    milestone = Milestone(
        referral=referral,
        referral_id=referral.id,
        code=code,
        happened_on=happened_on,
        recorded_by_id=by.person_id,
        organisation_id=by.organisation_id,
        created_at=clock.now(),
        source=source[0] if source else None,
        source_id=source[1] if source else None,
        words=text,
    )
    db.session.add(milestone)
    _touch(referral)
    facts = {"milestone": str(milestone.id), "code": code, "happened_on": happened_on.isoformat()}
    _record("milestone.recorded", referral, by, facts, text)
    if by.side is Side.GROUP or policy.told_to_group_at_least(referral, MILESTONES):
        tell(referral, MilestoneRecorded, Audience.OTHER_SIDE, by=by)
    if code == FIRST_ENQUIRY and by.side is Side.OFFICE and referral.state == states.ACCEPTED:
        start_work(referral, happened_on, by=by)
    return milestone


def start_work(referral: Referral, started_on: date, *, by: Viewer) -> None:
    """Start the work on an accepted referral, because its first enquiry was sent; errors as `move`."""
    answers = {"started_on": started_on}
    planned = referral.next_action_on
    if planned is None or planned < clock.today():
        # The action that was planned is this one; the next has the usual time.
        answers["next_action_on"] = deadline(referral, FIRST_ACTION, clock.today())
    move(referral, "start", answers, by=by, version=None)


def _milestone_faults(code: str, happened_on: Any) -> dict[str, str]:
    errors = {}
    if code not in lists.codes("milestones"):
        errors["code"] = "Choose what happened"
    if not isinstance(happened_on, date):
        return errors | {"happened_on": "Enter a real date, like 27 3 2026"}
    try:
        check_day(happened_on, When.PAST)
    except Fault as fault:
        errors["happened_on"] = str(fault)
    return errors


def must_reach_other_side(referral: Referral, by: Viewer) -> None:
    """Raise IllegalMove for a draft, and NotAllowed where the resident has not agreed to it reaching the other side."""
    if referral.submitted_at is None:
        raise IllegalMove("A draft has no other side yet.")
    if by.side is Side.OFFICE and not policy.told_to_group_at_least(referral, SHARED_NOTES):
        raise NotAllowed("The resident has not agreed that the office tells the group this much.")
    if by.side is Side.GROUP and not policy.may_go_on(referral):
        raise NotAllowed(policy.WITHDRAWN_MESSAGE)


def _text(words: str, missing: str = "Enter this in words") -> str:
    text = words.replace("\r\n", "\n").strip()
    if not text:
        raise Invalid({"words": missing})
    try:
        check_words(text, LONGTEXT_LENGTH)
    except Fault as fault:
        raise Invalid({"words": str(fault)}) from None
    return text


def _touch(referral: Referral) -> None:
    """It changed now, without a new version: what others are writing about it stays good."""
    touch(referral.id)
    db.session.refresh(referral, ["updated_at"])


def touch(referral_id: UUID, *, told: bool = False) -> None:
    """Note in the row that something hanging on it has changed; a new version is for changes of the row itself.

    `told` says that the group hears of it now, so that it waits anew before it may ask for news.
    """
    db.session.flush()
    moment = clock.now()
    db.session.execute(
        update(Referral)
        .where(Referral.id == referral_id)
        .values(updated_at=moment, **({"told_at": moment} if told else {}))
        .execution_options(audit_subjects={referral_id}, synchronize_session="evaluate")
    )


def _record(action: str, referral: Referral, by: Viewer, facts: Mapping[str, Any], words: str | None = None) -> None:
    record(action, by=by, subject=("referral", referral.id), facts=facts, words=words, key=referral.seal_key())
