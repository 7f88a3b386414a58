"""What is to be done after a contact: noted with who does it by when, changed, done, or not needed any more."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from referrals.accounts.queries import colleagues
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.engagement import policy
from referrals.engagement.models import Contact, FollowUp
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, Stale
from referrals.foundation.faults import faults_in, refuse, words_fault
from referrals.foundation.ids import new_id

LONGEST_WORDS: Final = 200
OPEN: Final = "open"
ENDINGS: Final = ("done", "dropped")


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """What is to be done, who does it (nobody of the group: the MP's office), and by when."""

    words: str
    owner_id: UUID | None
    due_on: date | None


def to_do_faults(to_do: ToDo, by: Viewer) -> dict[str, str]:
    """What is wrong with it, under "words", "owner" and "due"."""
    faults = faults_in({"words": words_fault(to_do.words, LONGEST_WORDS, "Say what is to be done")})
    if to_do.owner_id is not None and to_do.owner_id not in {one.person_id for one in colleagues(by)}:
        faults["owner"] = "Choose somebody of your group, or the MP’s office"
    if to_do.due_on is None or to_do.due_on < clock.today():
        faults["due"] = "Say by when: today or a later day"
    return faults


def note_follow_up(contact: Contact, to_do: ToDo, *, by: Viewer, known_as: UUID | None = None) -> FollowUp:
    """Note something to be done, for what has been checked already; `known_as` is its id."""
    assert by.person_id is not None
    assert to_do.due_on is not None
    row = FollowUp(
        id=known_as or new_id(),
        contact_id=contact.id,
        organisation_id=contact.organisation_id,
        owner_id=to_do.owner_id,
        noted_by_id=by.person_id,
        due_on=to_do.due_on,
        standing=OPEN,
    )
    row.words = to_do.words.strip()
    db.session.add(row)
    _note("follow_up.noted", row, by)
    return row


def add_follow_up(contact: Contact, to_do: ToDo, *, by: Viewer) -> FollowUp:
    """Note something more to be done after a contact. Raises NotFound, NotAllowed, Invalid as `to_do_faults`."""
    policy.must_write(contact, by)
    refuse(to_do_faults(to_do, by))
    return note_follow_up(contact, to_do, by=by)


def change_follow_up(row: FollowUp, to_do: ToDo, *, by: Viewer, version: int | None) -> None:
    """Change what is to be done, who does it or by when; a new day is reminded of anew.

    Raises NotFound, NotAllowed, IllegalMove once it is settled, Stale, and Invalid as `to_do_faults`.
    """
    _must_be_open(row, by)
    if version is not None and version != row.version:
        raise Stale
    refuse(to_do_faults(to_do, by))
    assert to_do.due_on is not None
    row.words, row.owner_id, row.due_on = to_do.words.strip(), to_do.owner_id, to_do.due_on
    _note("follow_up.changed", row, by)


def settle_follow_up(row: FollowUp, ending: str, *, by: Viewer) -> None:
    """Say that it is done, or "dropped": not needed any more. Raises NotFound, NotAllowed, IllegalMove, Invalid."""
    _must_be_open(row, by)
    if ending not in ENDINGS:
        raise Invalid({"ending": "Say whether it is done"})
    row.standing, row.settled_at, row.settled_by_id = ending, clock.now(), by.person_id
    _note("follow_up.settled", row, by, {"ending": ending})


def _must_be_open(row: FollowUp, by: Viewer) -> None:
    policy.must_write(row, by)
    if row.standing != OPEN:
        raise IllegalMove("This is settled already.")


def _note(action: str, row: FollowUp, by: Viewer, facts: dict[str, str] | None = None) -> None:
    known = {"follow_up": row.id, "owner": row.owner_id, "due_on": row.due_on}
    record(action, by=by, subject=("contact", row.contact_id), facts=known | (facts or {}))
