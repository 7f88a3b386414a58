"""Planning what an area and its MP meet for: a meeting is planned, changed or cancelled, and who is invited is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from referrals.accounts.queries import colleagues, mail_recipients
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.engagement import queries, scheduling
from referrals.engagement.models import Meeting
from referrals.engagement.policy import KEEPERS
from referrals.engagement.policy import meetings as policy
from referrals.engagement.queries import meetings as read
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, NotFound, Stale
from referrals.foundation.faults import faults_in, length_fault, refuse, words_fault
from referrals.notifications.actions import queue
from referrals.notifications.messages import MeetingCancelled, MeetingChanged, MeetingPlanned, Message

LONGEST_SUBJECT: Final = 120
LONGEST_PLACE: Final = 200
LONGEST_LINK: Final = 300
LONGEST_GUESTS: Final = 1000
# In minutes; a whole day is the longest.
LONGEST: Final = 12 * 60
MOST_GUESTS: Final = 10_000


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A meeting as a form gives it: codes of meeting_kinds and meeting_rhythms, a day and a time in London."""

    term_id: UUID
    kind: str
    subject: str
    on: date
    at: time
    minutes: int
    place: str = ""
    link: str = ""
    member_invited: bool = True
    ours: Sequence[UUID] = ()
    known: Sequence[UUID] = ()
    guests: str = ""
    expected: int | None = None
    rhythm: str = "once"


def plan_meeting(plan: Plan, *, by: Viewer, after: Meeting | None = None, came_of_id: UUID | None = None) -> Meeting:
    """Plan a meeting of the viewer's group, alone or after another of its series, and tell its people.

    Raises NotAllowed, NotFound for what is not theirs, and Invalid under the names of `Plan`.
    """
    organisation_id = policy.must_plan_for(by)
    if after is not None:
        policy.must_plan(after, by)
    earlier = queries.contact(came_of_id, by) if came_of_id else None
    if earlier is not None and earlier.organisation_id != organisation_id:
        raise NotFound
    refuse(_faults(plan, organisation_id, by) | _past_fault(plan))
    assert by.person_id is not None
    made = Meeting(
        organisation_id=organisation_id,
        after_id=after.id if after else None,
        came_of_id=earlier.id if earlier else None,
        planned_at=clock.now(),
        planned_by_id=by.person_id,
        sequence=0,
        changed_at=clock.now(),
        dropped=[],
    )
    _take(made, plan)
    db.session.add(made)
    db.session.flush()
    _note("meeting.planned", made, by)
    _tell(MeetingPlanned, made, made.ours, by)
    return made


def change_meeting(found: Meeting, plan: Plan, *, by: Viewer, version: int | None) -> None:
    """Change what is planned; whoever is invited hears of it, and calendars take the new invitation for the old one.

    Raises NotFound, NotAllowed, Stale, IllegalMove once it is cancelled or in the log, and Invalid as `plan_meeting`.
    """
    _must_be_open(found, by)
    if version is not None and version != found.version:
        raise Stale
    faults = _faults(plan, found.organisation_id, by, known={found.term_id}, there=(*found.ours, *found.known))
    moved = scheduling.moment_of(plan.on, plan.at) != found.starts_at
    refuse(faults | (_past_fault(plan) if moved else {}))
    before, invited, acquainted = _said(found), set(found.ours), list(found.known)
    _take(found, plan)
    # Whoever comes back in gets the invitation again, which takes the place of a cancellation.
    found.dropped = [one for one in dict.fromkeys([*found.dropped, *acquainted]) if one not in found.known]
    # Who does not go any more hears of it in any case.
    told = invited - set(found.ours)
    if _said(found) != before:
        found.sequence, found.changed_at, told = found.sequence + 1, clock.now(), invited
    _tell(MeetingChanged, found, told, by)
    _tell(MeetingPlanned, found, set(found.ours) - invited, by)
    _note("meeting.changed", found, by)


def cancel_meeting(found: Meeting, *, by: Viewer) -> None:
    """Say that it will not be held. Raises NotFound, NotAllowed, IllegalMove once it is cancelled or in the log."""
    _must_be_open(found, by)
    found.cancelled_at = found.changed_at = clock.now()
    found.cancelled_by_id, found.sequence = by.person_id, found.sequence + 1
    _note("meeting.cancelled", found, by)
    _tell(MeetingCancelled, found, found.ours, by)


def _must_be_open(found: Meeting, by: Viewer) -> None:
    policy.must_plan(found, by)
    # Read anew, because somebody may have been first while we waited.
    db.session.refresh(found, with_for_update=True)
    if found.cancelled_at is not None:
        raise IllegalMove("This is cancelled already.")
    if found.contact_id is not None:
        raise IllegalMove("This is in the log already. Correct it there.")


def _take(found: Meeting, plan: Plan) -> None:
    moment = scheduling.moment_of(plan.on, plan.at)
    assert moment is not None
    found.starts_at, found.minutes, found.kind, found.rhythm = moment, plan.minutes, plan.kind, plan.rhythm
    found.term_id, found.member_invited, found.expected = plan.term_id, plan.member_invited, plan.expected
    found.ours, found.known = [str(one) for one in plan.ours], [str(one) for one in plan.known]
    found.subject, found.place, found.link = plan.subject.strip(), plan.place.strip(), plan.link.strip()
    found.guests = plan.guests.strip()


def _said(found: Meeting) -> tuple[Any, ...]:
    """What the invitation says."""
    return (
        found.kind,
        found.term_id,
        found.starts_at,
        found.minutes,
        found.place or "",
        found.link or "",
        *found.known,
    )


def _faults(
    plan: Plan, organisation_id: UUID, by: Viewer, *, known: Collection[UUID] = (), there: Collection[str] = ()
) -> dict[str, str]:
    terms = {term.id for term in directory.terms_of_group(organisation_id)} | set(known)
    kept = {UUID(one) for one in there}
    people = {one.person_id for one in colleagues(by)} | kept
    acquainted = {one.id for one in read.known_by_id([str(one) for one in plan.known], organisation_id)} | kept
    wrong = {
        "term_id": "" if plan.term_id in terms else "Choose an MP of your area",
        "kind": "" if plan.kind in lists.codes("meeting_kinds") else "Say what is planned",
        "rhythm": "" if plan.rhythm in lists.codes("meeting_rhythms") else "Say how often you meet",
        "subject": words_fault(plan.subject, LONGEST_SUBJECT, "Say what it is about"),
        "at": "" if scheduling.moment_of(plan.on, plan.at) else "The clocks go forward then, and there is no such time",
        "minutes": "" if 0 < plan.minutes <= LONGEST else "Say how long it takes",
        "place": length_fault(plan.place, LONGEST_PLACE) or ("" if _is_somewhere(plan) else "Say where it is"),
        "link": _link_fault(plan.link),
        "ours": "Choose people of your group" if set(plan.ours) - people else "",
        "known": "Choose people whom your group knows" if set(plan.known) - acquainted else "",
        "guests": length_fault(plan.guests, LONGEST_GUESTS),
        "expected": "" if 0 <= (plan.expected or 0) <= MOST_GUESTS else f"This must be {MOST_GUESTS:,} or fewer",
    }
    return faults_in(wrong)


def _is_somewhere(plan: Plan) -> bool:
    return bool(plan.place.strip() or plan.link.strip())


def _past_fault(plan: Plan) -> dict[str, str]:
    moment: datetime | None = scheduling.moment_of(plan.on, plan.at)
    if moment is None or moment > clock.now():
        return {}
    name = "on" if plan.on < clock.today() else "at"
    return {name: "This is over already. Log it as a contact instead"}


def _link_fault(link: str) -> str:
    if link.strip() and not link.strip().startswith("https://"):
        return "A link begins with https://"
    return length_fault(link, LONGEST_LINK)


def _tell(message: type[Message], found: Meeting, invited: Collection[str], by: Viewer) -> None:
    """Write to people of the group who are invited, but not to who has just done it."""
    here = mail_recipients(found.organisation_id, KEEPERS) if invited else []
    told = [one for one in here if str(one.person_id) in invited and one.person_id != by.person_id]
    queue(message(path=f"/your-mp/meetings/{found.id}"), to=told)


def _note(action: str, found: Meeting, by: Viewer) -> None:
    facts = {"kind": found.kind, "starts_at": found.starts_at, "sequence": found.sequence, "after": found.after_id}
    record(action, by=by, subject=("meeting", found.id), facts=facts)
