"""Meetings as pages show them: in lists, each on its own page, and what stands in their forms before anybody types."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from flask import url_for

from referrals.accounts.queries import colleagues, names_of, recipient
from referrals.accounts.viewer import Viewer
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.directory.models import Term
from referrals.engagement import queries, scheduling
from referrals.engagement.actions.holding import earlier_of
from referrals.engagement.giving import as_pounds
from referrals.engagement.models import KnownPerson, Meeting
from referrals.engagement.policy import meetings as policy
from referrals.engagement.queries import grants
from referrals.engagement.queries import meetings as read
from referrals.engagement.queries.publicity import came_of as publicity_of
from referrals.foundation.clock import local_day, now, today
from referrals.web.filters import clock, day, local
from referrals.web.forms.choice import Option
from referrals.web.forms.contacts import THE_MP
from referrals.web.forms.meetings import USUAL_LENGTH
from referrals.web.presenting import publicity
from referrals.web.presenting.contacts import contact_of, rows_of
from referrals.web.presenting.invitations import Sides

EMAIL: Final = "email"


def lines_of(found: Sequence[Meeting]) -> list[dict[str, Any]]:
    """Meetings as a list shows them; one query."""
    terms = directory.terms({one.term_id for one in found})
    return [_facts(one, terms[one.term_id]) for one in found]


def _facts(one: Meeting, term: Term) -> dict[str, Any]:
    words, tone = standing_of(one)
    return {
        "id": one.id,
        "href": url_for("meetings.show", meeting_id=one.id),
        "kind": lists.label("meeting_kinds", one.kind),
        "subject": one.subject,
        "member": f"{term.member.name} MP",
        "weekday": f"{local(one.starts_at):%A}",
        "starts_at": one.starts_at,
        "until": one.starts_at + timedelta(minutes=one.minutes),
        "where": one.place or ("Online" if one.link else ""),
        "standing": words,
        "tone": tone,
        "is_over": one.is_open and one.starts_at <= now(),
        "may_be_logged": one.is_open and local_day(one.starts_at) <= today(),
    }


def standing_of(one: Meeting) -> tuple[str, str]:
    """How things stand with a meeting, and the colour of the tag that says so."""
    if one.cancelled_at is not None:
        return "Cancelled", "red"
    if one.contact_id is not None:
        return "In the log", "green"
    return ("Waits for what came of it", "yellow") if one.starts_at <= now() else ("Planned", "teal")


def page_of(found: Meeting, viewer: Viewer) -> dict[str, Any]:
    """What the page of a meeting reads, but for its agenda."""
    known = read.known_by_id(found.known, found.organisation_id)
    ours = [UUID(one) for one in found.ours]
    names = names_of([*ours, found.planned_by_id, found.cancelled_by_id])
    term = directory.terms({found.term_id})[found.term_id]
    member = [f"{term.member.name} MP"] if found.member_invited else []
    return {
        "meeting": _facts(found, term),
        "link": found.link,
        "ours": [names[one] for one in ours if one in names],
        "theirs": [*member, *(_named(one) for one in known)],
        "guests": (found.guests or "").splitlines(),
        "expected": found.expected,
        "came": found.came,
        "planned_by": names.get(found.planned_by_id, ""),
        "planned_at": found.planned_at,
        "cancelled_at": found.cancelled_at,
        "cancelled_by": names.get(found.cancelled_by_id, "") if found.cancelled_by_id else "",
        "dropped": _dropped(found),
        "sequence": found.sequence,
        "rhythm": lists.label("meeting_rhythms", found.rhythm),
        "series": _series(found),
        "contact_id": found.contact_id,
        "is_open": found.is_open,
        "may_plan": policy.may_plan(found, viewer),
    }


def _dropped(found: Meeting) -> list[dict[str, Any]]:
    """Who is no longer invited, each with the file that takes the meeting out of their calendar."""
    if not found.dropped or not found.is_open or found.starts_at <= now():
        return []
    return [
        {
            "name": _named(one),
            "href": url_for("meetings.cancellation", meeting_id=found.id, person_id=one.id),
        }
        for one in read.known_by_id(found.dropped, found.organisation_id)
    ]


def came_of(found: Meeting, viewer: Viewer) -> dict[str, Any]:
    """What came of a meeting that was held: who came, what is to be done, publicity and grants; nine queries."""
    if found.contact_id is None:
        return {"to_do": [], "publicity": [], "handed_over": None}
    contact = queries.contact(found.contact_id, viewer)
    rows = queries.follow_ups_of([found.contact_id])[found.contact_id]
    awards = grants.handed_over(found.organisation_id, local_day(found.starts_at), viewer)
    pence = sum(one.amount_pence for one in awards)
    return {
        "contact": contact_of(contact, viewer),
        "to_do": rows_of(rows),
        "publicity": publicity.lines_of(publicity_of([found.contact_id], viewer)),
        "handed_over": {
            "awards": len(awards),
            "amount": as_pounds(pence),
            "href": url_for("grants.show", round_id=awards[0].round_id),
        }
        if awards
        else None,
    }


def ahead_of(organisation_id: UUID, viewer: Viewer) -> list[dict[str, Any]]:
    """What a group has ahead as coordinators read it: kinds and days; one query."""
    found = read.meetings_ahead_of(organisation_id, viewer)
    return [{"kind": lists.label("meeting_kinds", one.kind), "on": one.on} for one in found]


def _series(found: Meeting) -> dict[str, Any]:
    """The one before, the one after, and the day that is suggested where there is none yet."""
    before, after = read.meeting_before(found), read.meeting_after(found)
    return {
        "before": _step(before) if before else None,
        "after": _step(after) if after else None,
        "suggested": scheduling.next_day(found.starts_at, found.rhythm) if after is None else None,
    }


def _step(one: Meeting) -> dict[str, Any]:
    return {"href": url_for("meetings.show", meeting_id=one.id), "on": one.starts_at}


def _named(one: KnownPerson) -> str:
    return f"{one.name}, {one.role}" if one.role else one.name or ""


def known_options(terms: Sequence[Term], viewer: Viewer, kept: Sequence[str] = ()) -> list[Option]:
    """Who else can be invited: who works for these MPs today, other elected people, and whoever is invited already."""
    people = [one for term in (*terms, None) for one in queries.known_people(viewer, term.id if term else None)]
    here = [one for one in people if one.ends_on is None or one.ends_on >= today() or str(one.id) in kept]
    return [Option(str(one.id), _named(one)) for one in here]


def people_options(viewer: Viewer, kept: Sequence[str] = ()) -> list[Option]:
    """The people of the group, and those who have left but are invited already."""
    here = {str(one.person_id): one.name for one in colleagues(viewer)}
    gone = names_of([UUID(one) for one in kept if one not in here])
    return [Option(key, name) for key, name in (here | {str(key): name for key, name in gone.items()}).items()]


def as_typed(found: Meeting) -> dict[str, Any]:
    """What stands in the form of a meeting that is planned already."""
    moment = local(found.starts_at)
    return {
        "kind": found.kind,
        "subject": found.subject,
        "on": moment.date(),
        "at": moment.time(),
        "minutes": str(found.minutes),
        "place": found.place,
        "link": found.link,
        "term_id": str(found.term_id),
        "member": [THE_MP] if found.member_invited else [],
        "known": found.known,
        "ours": found.ours,
        "guests": found.guests,
        "expected": found.expected,
        "rhythm": found.rhythm,
    }


def as_next(found: Meeting) -> dict[str, Any]:
    """What stands in the form of the next of a series: all as it was, on the day that is suggested."""
    return as_typed(found) | {"on": scheduling.next_day(found.starts_at, found.rhythm), "expected": None}


def as_new(viewer: Viewer) -> dict[str, Any]:
    """What stands in the form of a meeting that comes of nothing."""
    return {"member": [THE_MP], "ours": [str(viewer.person_id)], "minutes": USUAL_LENGTH, "rhythm": "once"}


def attendance(found: Meeting) -> tuple[list[Option], list[Option]]:
    """Who was invited and may have come: those who work for the MP, and others."""
    known = read.known_by_id(found.known, found.organisation_id)
    theirs = [Option(str(one.id), _named(one)) for one in known if one.term_id == found.term_id]
    elected = [Option(str(one.id), _named(one)) for one in known if one.term_id != found.term_id]
    guests = [Option(f"guest-{place}", line) for place, line in enumerate((found.guests or "").splitlines()) if line]
    return theirs, [*elected, *guests]


def as_held(found: Meeting) -> dict[str, Any]:
    """What stands in the form that says what came of a meeting: everybody who was invited came."""
    theirs, others = attendance(found)
    earlier = earlier_of(found)
    return {
        "channel": found.kind,
        "subject": found.subject,
        "happened_on": local_day(found.starts_at),
        "term_id": str(found.term_id),
        "ours": found.ours,
        "there": [THE_MP] if found.member_invited else [],
        "attended": [one.value for one in (*theirs, *others)],
        "came_of_id": str(earlier) if earlier else None,
    }


def sides_of(found: Meeting, group: str, invited: Sequence[str] | None = None) -> Sides:
    """Between whom the invitation is, or between the group and these of the people whom it knows; three queries."""
    term = directory.terms({found.term_id})[found.term_id]
    organiser = recipient(found.planned_by_id)
    details = queries.details_of([UUID(one) for one in (found.known if invited is None else invited)])
    addresses = {
        row.value: None for rows in details.values() for row in rows if row.kind == EMAIL and row.until_on is None
    }
    return Sides(
        group, f"{term.member.name} MP", organiser.email if organiser else None, [one for one in addresses if one]
    )


def when(found: Meeting) -> str:
    """'Tuesday 3 March 2026, 2pm to 3pm'."""
    until = found.starts_at + timedelta(minutes=found.minutes)
    return f"{local(found.starts_at):%A} {day(found.starts_at)}, {clock(found.starts_at)} to {clock(until)}"
