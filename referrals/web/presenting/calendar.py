"""A person's dates as an iCalendar file (RFC 5545): titles with references only, and a link each."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Final

from icalendar import Calendar, Event

from referrals.casework.queries import CalendarDay
from referrals.notifications import settings

NAME: Final = "Referrals"
# How often a calendar should ask again.
EVERY: Final = timedelta(hours=1)


def calendar_of(days: Iterable[CalendarDay]) -> bytes:
    """The file. Days are days of the calendar; moments are in UTC, so that no calendar need know our summer time."""
    calendar = Calendar()
    calendar.add("prodid", "-//Referrals//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for day in days:
        calendar.add_component(_event(day))
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
