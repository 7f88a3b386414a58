"""The invitation to a meeting as an iCalendar file (RFC 5545, and RFC 5546 for how one invitation replaces another).

It says of which kind the meeting is, between whom, when and where: no subject, no agenda, and no word of the log.
Whoever plans it is its organiser, because answers should go to somebody who reads them; attendees are the people around
the MP whose email addresses the group knows, and nobody of the group.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Final

from icalendar import Calendar, Event, vCalAddress, vText

from referrals.directory import lists
from referrals.engagement.models import Meeting
from referrals.notifications import settings

PRODUCT: Final = "-//Referrals//Dates//EN"


@dataclass(frozen=True, slots=True)
class Sides:
    """Between whom a meeting is: the group, the MP, who organises it, and where attendees get mail."""

    group: str
    member: str
    organiser: str | None
    attendees: Sequence[str] = ()


def invitation(found: Meeting, sides: Sides) -> bytes:
    """The file: an invitation, a newer one, or that it is cancelled. Calendars know by its UID and SEQUENCE which."""
    return _file(_method(found, sides), _event(found, sides))


def taken_out(found: Meeting, sides: Sides) -> bytes:
    """What takes the meeting out of the calendars of the attendees of `sides`, who are no longer invited.

    RFC 5546, 3.2.5: a cancellation that names some attendees is for them alone, and its event keeps its status.
    """
    return _file("CANCEL", _event(found, sides))


def _file(method: str, event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _method(found: Meeting, sides: Sides) -> str:
    if found.cancelled_at is not None:
        return "CANCEL"
    # A REQUEST must say who is asked; what asks nobody by name is published.
    return "REQUEST" if sides.attendees else "PUBLISH"


def _event(found: Meeting, sides: Sides) -> Event:
    event = Event()
    event.add("uid", uid_of(found))
    event.add("sequence", found.sequence)
    event.add("dtstamp", found.changed_at.astimezone(UTC))
    event.add("dtstart", found.starts_at.astimezone(UTC))
    event.add("dtend", (found.starts_at + timedelta(minutes=found.minutes)).astimezone(UTC))
    event.add("summary", f"{lists.label('meeting_kinds', found.kind)}: {sides.group} and {sides.member}")
    event.add("status", "CANCELLED" if found.cancelled_at is not None else "CONFIRMED")
    _say_where(event, found)
    if sides.organiser:
        event.add("organizer", _address(sides.organiser, sides.group))
    for one in sides.attendees:
        event.add("attendee", _address(one))
    return event


def _say_where(event: Event, found: Meeting) -> None:
    if found.place:
        event.add("location", found.place)
    if found.link:
        event.add("url", found.link)
        event.add("description", f"Join online: {found.link}")


def uid_of(found: Meeting) -> str:
    """By what calendars know the meeting; it never changes, and tells nothing."""
    return f"{found.id}@{settings.current().host}"


def _address(email: str, name: str = "") -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    if name:
        address.params["CN"] = vText(name)
    return address
