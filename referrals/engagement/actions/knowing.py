"""Noting what an area knows: of its MP's staff, of other elected people, of how they are reached, and of interests."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import lists
from referrals.engagement import policy, queries
from referrals.engagement.models import ContactDetail, Interest, KnownPerson
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, Stale
from referrals.foundation.faults import length_fault, refuse, words_fault

LONGEST_NAME: Final = 120
LONGEST_WORDS: Final = 200
LONGEST_VALUE: Final = 300


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who they are, what they do or were elected for, and since and until when as far as known."""

    name: str
    role: str = ""
    begins_on: date | None = None
    ends_on: date | None = None


def note_person(person: Person, term_id: UUID | None, *, by: Viewer) -> KnownPerson:
    """Note somebody of the staff of an MP of the group, or, for no term, another elected person.

    Raises NotAllowed, NotFound for an MP who is not the group's, and Invalid under the names of `Person`.
    """
    organisation_id = policy.must_keep_log(by)
    if term_id is not None:
        queries.term_of(term_id, by)
    _refuse(person)
    assert by.person_id is not None
    row = KnownPerson(organisation_id=organisation_id, term_id=term_id, noted_by_id=by.person_id)
    _take(row, person)
    db.session.add(row)
    record("known_person.noted", by=by, subject=("known_person", row.id), facts={"term": term_id})
    return row


def change_person(row: KnownPerson, person: Person, *, by: Viewer, version: int | None) -> None:
    """Change what is known of somebody, also that they have left. Raises NotFound, NotAllowed, Stale, Invalid."""
    policy.must_keep(row.organisation_id, by)
    if version is not None and version != row.version:
        raise Stale
    _refuse(person)
    _take(row, person)
    record("known_person.changed", by=by, subject=("known_person", row.id), facts={"ends_on": person.ends_on})


def note_detail(row: KnownPerson, kind: str, value: str, from_on: date, *, by: Viewer) -> ContactDetail:
    """Note how somebody is reached from a day on; what was right before of the same kind ends on that day.

    Raises NotFound, NotAllowed, and Invalid under "kind", "value" and "from_on".
    """
    policy.must_keep(row.organisation_id, by)
    before = [one for one in queries.details_of([row.id])[row.id] if one.kind == kind and one.until_on is None]
    faults = {
        "kind": "" if kind in lists.codes("contact_detail_kinds") else "Choose what it is",
        "value": "" if 0 < len(value.strip()) <= LONGEST_VALUE else f"Enter at most {LONGEST_VALUE} characters",
        "from_on": _day_fault(from_on, before),
    }
    if any(faults.values()):
        raise Invalid({name: fault for name, fault in faults.items() if fault})
    for one in before:
        one.until_on = from_on
    made = ContactDetail(known_person_id=row.id, kind=kind, from_on=from_on)
    made.value = value.strip()
    db.session.add(made)
    record("known_person.detail_noted", by=by, subject=("known_person", row.id), facts={"kind": kind})
    return made


def end_detail(made: ContactDetail, *, by: Viewer) -> None:
    """Say that somebody is not reached like this any more; it stays in their history. Raises as `note_detail`."""
    row = queries.known_person(made.known_person_id, by)
    policy.must_keep(row.organisation_id, by)
    if made.until_on is not None:
        raise IllegalMove("This has ended already.")
    made.until_on = clock.today()
    record("known_person.detail_ended", by=by, subject=("known_person", row.id), facts={"kind": made.kind})


def note_interest(term_id: UUID, words: str, source: str = "", *, by: Viewer) -> Interest:
    """Note something that an MP cares about. Raises NotAllowed, NotFound, and Invalid under "words" and "source"."""
    organisation_id = policy.must_keep_log(by)
    queries.term_of(term_id, by)
    missing = "Say what it is"
    refuse({"words": words_fault(words, LONGEST_WORDS, missing), "source": length_fault(source, LONGEST_VALUE)})
    assert by.person_id is not None
    row = Interest(organisation_id=organisation_id, term_id=term_id, noted_at=clock.now(), noted_by_id=by.person_id)
    row.words, row.source = words.strip(), source.strip()
    db.session.add(row)
    record("mp_interest.noted", by=by, subject=("mp_interest", row.id), facts={"term": term_id})
    return row


def remove_interest(row: Interest, *, by: Viewer) -> None:
    """Take out what is not so. Raises NotFound, NotAllowed."""
    policy.must_keep(row.organisation_id, by)
    db.session.delete(row)
    record("mp_interest.removed", by=by, subject=("mp_interest", row.id))


def _take(row: KnownPerson, person: Person) -> None:
    row.name, row.role = person.name.strip(), person.role.strip()
    row.begins_on, row.ends_on = person.begins_on, person.ends_on


def _refuse(person: Person) -> None:
    ends_first = person.begins_on and person.ends_on and person.ends_on < person.begins_on
    refuse(
        {
            "name": words_fault(person.name, LONGEST_NAME, "Enter a name"),
            "role": length_fault(person.role, LONGEST_NAME),
            "ends_on": "The end must be after the beginning" if ends_first else "",
        }
    )


def _day_fault(from_on: date, before: list[ContactDetail]) -> str:
    if from_on > clock.today():
        return "The day must be today or in the past"
    if any(one.from_on > from_on for one in before):
        return "What is noted now began later. Check the day"
    return ""
