"""Meetings of the demonstration: those that were held, each a contact of its chain, and those that are ahead."""

import tomllib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.casework.clocks import add_working_days
from referrals.cli.demo.world import World
from referrals.directory.queries import office_of
from referrals.engagement import actions, queries, scheduling
from referrals.engagement.models import Contact, Meeting
from referrals.engagement.queries.meetings import meetings_behind, past_meetings
from referrals.foundation import clock
from referrals.publishing.queries.talks import open_for

FILE: Final = Path(__file__).with_name("meetings.toml")
# How long before it a meeting was planned.
BEFORE: Final = timedelta(days=15)


def hold(meeting: dict[str, Any], told: actions.Told, lead: Viewer) -> Contact:
    """Plan on an earlier day what a chain tells of this day, and write down what came of it."""
    moment, on = clock.now(), clock.today()
    with clock.clock_at(moment - BEFORE, step=timedelta(milliseconds=1)):
        plan = actions.Plan(
            term_id=told.term_id,
            kind=told.channel,
            subject=told.subject,
            on=on,
            at=time.fromisoformat(meeting["at"]),
            minutes=meeting["minutes"],
            place=meeting["place"],
            ours=told.ours,
            guests="\n".join(meeting.get("guests", ())),
            expected=meeting.get("expected"),
            rhythm=meeting.get("rhythm", "once"),
        )
        led_to = [told.came_of_id] if told.came_of_id else []
        before = next(iter(meetings_behind(led_to, lead).values()), None)
        made = actions.plan_meeting(plan, by=lead, after=before, came_of_id=told.came_of_id)
        for words in meeting.get("talk", ()):
            actions.add_to_agenda(made, words, by=lead)
    return actions.hold_meeting(made, told, came=meeting.get("came"), by=lead)


def look_ahead(world: World, present: datetime) -> None:
    """Plan what is ahead, with agendas that draft themselves, in the caller's transaction; one is over by now."""
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["ahead"]:
        lead = world.viewers[row["lead"]]
        office = office_of(world.offices[row["seat"]])
        assert office is not None
        before = _before(row, lead)
        plan = replace(_plan(row, office.term_id, before, present), ours=_people(row, world))
        plan = replace(plan, known=_known(row, office.term_id, lead))
        with clock.clock_at(present - timedelta(days=row["planned"]), step=timedelta(milliseconds=1)):
            made = actions.plan_meeting(plan, by=lead, after=before)
            actions.draft_agenda(made, open_for(made, lead), by=lead)
            for words in row["talk"]:
                actions.add_to_agenda(made, words, by=lead)


def _before(row: dict[str, Any], lead: Viewer) -> Meeting | None:
    if "after" not in row:
        return None
    (found,) = (one for one in past_meetings(lead)[0] if one.subject == row["after"])
    return found


def _plan(row: dict[str, Any], term_id: UUID, before: Meeting | None, present: datetime) -> actions.Plan:
    if before is None:
        return actions.Plan(
            term_id=term_id,
            kind=row["kind"],
            subject=row["subject"],
            on=_working_day(clock.local_day(present) + timedelta(days=row["days"])),
            at=time.fromisoformat(row["at"]),
            minutes=row["minutes"],
            place=row.get("place", ""),
            link=row.get("link", ""),
            guests="\n".join(row.get("guests", ())),
        )
    found = scheduling.next_day(before.starts_at, before.rhythm)
    assert found is not None
    return actions.Plan(
        term_id=term_id,
        kind=before.kind,
        subject=row["subject"],
        on=_working_day(found),
        at=before.starts_at.astimezone(clock.LONDON).time(),
        minutes=before.minutes,
        place=before.place or "",
        rhythm=before.rhythm,
    )


def _working_day(day: date) -> date:
    return add_working_days(day, 0)


def _people(row: dict[str, Any], world: World) -> list[UUID]:
    people = [world.viewers[one].person_id for one in row["ours"]]
    return [one for one in people if one is not None]


def _known(row: dict[str, Any], term_id: UUID, lead: Viewer) -> list[UUID]:
    wanted = {*row.get("staff", ()), *row.get("elected", ())}
    known = [*queries.known_people(lead, term_id), *queries.known_people(lead, None)]
    return [one.id for one in known if one.name in wanted]
