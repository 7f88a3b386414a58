"""Keeping the log: a contact is written down with what follows from it, corrected, or taken out again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from referrals.accounts.queries import colleagues
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.engagement import policy, queries
from referrals.engagement.actions.following_up import ToDo, note_follow_up, to_do_faults
from referrals.engagement.models import Contact
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, NotFound, Stale
from referrals.foundation.faults import faults_in, length_fault, refuse, words_fault
from referrals.foundation.ids import new_id

LONGEST_SUBJECT: Final = 120
LONGEST_AGREED: Final = 2000
LONGEST_PEOPLE: Final = 200


@dataclass(frozen=True, kw_only=True)
class Told:
    """A contact as a form gives it; codes of mp_channels, engagement_types and mp_contributions."""

    term_id: UUID
    happened_on: date
    channel: str
    types: Sequence[str]
    subject: str
    agreed: str = ""
    contributions: Sequence[str] = ()
    # People of the group, and whoever else came with them.
    ours: Sequence[UUID] = ()
    others: str = ""
    # Of the MP's staff, those whom the group knows.
    staff: Sequence[UUID] = ()
    member_there: bool = False
    theirs: str = ""
    came_of_id: UUID | None = None
    # By the number of its row on the form.
    to_do: Mapping[int, ToDo] = field(default_factory=dict)


def log_contact(told: Told, *, by: Viewer) -> Contact:
    """Write a contact into the log of the viewer's group, with what is to be done after it.

    Raises NotAllowed, NotFound for an earlier contact that is not theirs, and Invalid under the names of `Told`, and
    of the parts of what is to be done as "words_1", "owner_1", "due_1" and so on.
    """
    organisation_id = policy.must_keep_log(by)
    earlier = queries.contact(told.came_of_id, by) if told.came_of_id else None
    if earlier is not None and earlier.organisation_id != organisation_id:
        raise NotFound
    faults = _faults(told, organisation_id, by)
    faults |= _order_fault(told, earlier)
    for place, one in told.to_do.items():
        faults |= {f"{name}_{place}": fault for name, fault in to_do_faults(one, by).items()}
    refuse(faults)
    assert by.person_id is not None
    contact = Contact(
        organisation_id=organisation_id,
        came_of_id=earlier.id if earlier else None,
        logged_at=clock.now(),
        logged_by_id=by.person_id,
    )
    contact.story_id = earlier.story_id if earlier else contact.id
    _take(contact, told)
    db.session.add(contact)
    db.session.flush()
    _note("contact.logged", contact, by, {"came_of": contact.came_of_id})
    # Made in the same millisecond, they still stand in the order in which somebody wrote them.
    for one, known_as in zip(told.to_do.values(), sorted(new_id() for _ in told.to_do), strict=True):
        note_follow_up(contact, one, by=by, known_as=known_as)
    return contact


def correct_contact(contact: Contact, told: Told, *, by: Viewer, version: int | None) -> None:
    """Correct what the log says; what it came of and what follows from it stay.

    Raises NotFound, NotAllowed, Stale when it is no longer at `version`, and Invalid under the names of `Told`.
    """
    policy.must_write(contact, by)
    if version is not None and version != contact.version:
        raise Stale
    faults = _faults(told, contact.organisation_id, by, known={contact.term_id}, there=contact.ours)
    faults |= _order_fault(told, queries.contact(contact.came_of_id, by) if contact.came_of_id else None)
    refuse(faults)
    _take(contact, told)
    _note("contact.corrected", contact, by)


def take_out_contact(contact: Contact, *, by: Viewer) -> None:
    """Take out what should not be in the log, with what was to be done after it.

    Raises NotFound, NotAllowed, and IllegalMove where another contact came of it.
    """
    policy.must_take_out(contact, by)
    if queries.has_following(contact):
        raise IllegalMove("Another contact came of this one. Take that one out first.")
    for one in queries.follow_ups_of([contact.id])[contact.id]:
        db.session.delete(one)
    db.session.flush()
    db.session.delete(contact)
    _note("contact.taken_out", contact, by)


def _take(contact: Contact, told: Told) -> None:
    contact.term_id, contact.happened_on, contact.channel = told.term_id, told.happened_on, told.channel
    contact.types, contact.contributions = list(told.types), list(told.contributions)
    contact.ours, contact.member_there = [str(one) for one in told.ours], told.member_there
    contact.staff = [str(one) for one in told.staff]
    contact.subject, contact.agreed = told.subject.strip(), told.agreed.strip()
    contact.others, contact.theirs = told.others.strip(), told.theirs.strip()


def _faults(
    told: Told,
    organisation_id: UUID,
    by: Viewer,
    *,
    known: Collection[UUID] = (),
    there: Sequence[str] = (),
) -> dict[str, str]:
    people = {one.person_id for one in colleagues(by)} | {UUID(one) for one in there}
    terms = {term.id for term in directory.terms_of_group(organisation_id)} | set(known)
    wrong = {
        "term_id": "Choose an MP of your area" if told.term_id not in terms else "",
        "happened_on": "The day must be today or in the past" if told.happened_on > clock.today() else "",
        "channel": "" if told.channel in lists.codes("mp_channels") else "Say how you were in touch",
        "types": _codes_fault("engagement_types", told.types) or ("" if told.types else "Say what it was for"),
        "contributions": _codes_fault("mp_contributions", told.contributions),
        "ours": "Choose people of your group" if set(told.ours) - people else "",
        "staff": _staff_fault(told, by),
        "subject": words_fault(told.subject, LONGEST_SUBJECT, "Say what it was about"),
        "agreed": length_fault(told.agreed, LONGEST_AGREED),
        "others": length_fault(told.others, LONGEST_PEOPLE),
        "theirs": length_fault(told.theirs, LONGEST_PEOPLE),
    }
    return faults_in(wrong)


def _staff_fault(told: Told, by: Viewer) -> str:
    if not told.staff:
        return ""
    known = {one.id for one in queries.known_people(by, told.term_id)}
    return "Choose people who work for this MP" if set(told.staff) - known else ""


def _order_fault(told: Told, earlier: Contact | None) -> dict[str, str]:
    if earlier is None or earlier.happened_on <= told.happened_on:
        return {}
    return {"happened_on": "The contact that it came of was later. Check both days"}


def _codes_fault(list_code: str, found: Sequence[str]) -> str:
    return "Choose from the answers on the page" if set(found) - lists.codes(list_code) else ""


def _note(action: str, contact: Contact, by: Viewer, facts: dict[str, Any] | None = None) -> None:
    codes = {"channel": contact.channel, "types": list(contact.types), "happened_on": contact.happened_on}
    record(action, by=by, subject=("contact", contact.id), facts=codes | (facts or {}))
