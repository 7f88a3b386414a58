"""A person's dates as an iCalendar file (RFC 5545): titles with references only, and a link each."""

from collections.abc import Iterable, Sequence
from datetime import UTC, timedelta
from typing import Final

from icalendar import Calendar, Event

from referrals.casework.queries import CalendarDay
from referrals.directory import lists
from referrals.engagement.models import Meeting
from referrals.notifications import settings
from referrals.web.presenting.invitations import PRODUCT, uid_of

NAME: Final = "Referrals"
# How often a calendar should ask again.
EVERY: Final = timedelta(hours=1)


def calendar_of(days: Iterable[CalendarDay], meetings: Sequence[Meeting] = ()) -> bytes:
    """The file. Days are days of the calendar; moments are in UTC, so that no calendar need know our summer time."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for day in days:
        calendar.add_component(_event(day))
    for one in meetings:
        calendar.add_component(_meeting(one))
    made: bytes = calendar.to_ical()
    return made


def _event(day: CalendarDay) -> Event:
    mail = settings.current()
    link = f"{mail.base_url}/referrals/{day.reference}"
    event = Event()
    event.add("uid", f"{day.id}@{mail.host}")
    event.add("dtstamp", day.changed_at.astimezone(UTC))
    if day.moment is not None:
        event.add("dtstart", day.moment.astimezone(UTC))
    else:
        event.add("dtstart", day.day)
        event.add("dtend", day.day + timedelta(days=1))
    event.add("summary", f"{day.reference}: {day.words}")
    event.add("url", link)
    event.add("description", link)
    # A day on which something is to be done is no appointment that fills it.
    event.add("transp", "TRANSPARENT")
    return event


def _meeting(found: Meeting) -> Event:
    """A meeting with the MP: its kind and its hour. With whom and where it is, the page says."""
    link = f"{settings.current().base_url}/your-mp/meetings/{found.id}"
    event = Event()
    event.add("uid", uid_of(found))
    event.add("sequence", found.sequence)
    event.add("dtstamp", found.changed_at.astimezone(UTC))
    event.add("dtstart", found.starts_at.astimezone(UTC))
    event.add("dtend", (found.starts_at + timedelta(minutes=found.minutes)).astimezone(UTC))
    event.add("summary", f"{lists.label('meeting_kinds', found.kind)} with your MP")
    event.add("url", link)
    event.add("description", link)
    return event
