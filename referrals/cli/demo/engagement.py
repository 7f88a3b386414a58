"""What areas of the demonstration did together with their MPs: the chains of engagement.toml, told one by one."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.cli.demo.meetings import hold
from referrals.cli.demo.world import World
from referrals.directory.queries import office_of
from referrals.engagement import actions
from referrals.engagement.models import Contact, FollowUp
from referrals.engagement.queries import follow_ups_of
from referrals.foundation import clock

FILE: Final = Path(__file__).with_name("engagement.toml")
OFFICE: Final = "office"


def work_together(world: World, present: datetime) -> None:
    """Log every contact on its day, by the lead of the area, and settle what was done, in the caller's transaction."""
    for story in tomllib.loads(FILE.read_text(encoding="utf-8"))["stories"]:
        lead, earlier = world.viewers[story["lead"]], None
        term_id = _term(world.offices[story["seat"]])
        for told in story["contacts"]:
            with clock.clock_at(present - timedelta(days=told["days"]), step=timedelta(milliseconds=1)):
                earlier = _log(told, term_id, earlier, world, lead)
            _settle(told, earlier, lead, present)


def know_their_mps(world: World, present: datetime) -> None:
    """Note what areas know of the people around their MPs, and where they stand, each on its day."""
    for known in tomllib.loads(FILE.read_text(encoding="utf-8"))["known"]:
        lead = world.viewers[known["lead"]]
        term_id = _term(world.offices[known["seat"]]) if "seat" in known else None
        for row in known.get("people", ()):
            _know(row, term_id, lead, present)
        if term_id is not None:
            _stand(known, term_id, lead, present)


def _know(row: dict[str, Any], term_id: UUID | None, lead: Viewer, present: datetime) -> None:
    day = clock.local_day(present)
    begins_on, ends_on = (day - timedelta(days=row[name]) if name in row else None for name in ("since", "until"))
    person = actions.Person(name=row["name"], role=row["role"], begins_on=begins_on, ends_on=ends_on)
    known = actions.note_person(person, term_id, by=lead)
    for one in row.get("reached", ()):
        with clock.clock_at(present - timedelta(days=one["days"])):
            actions.note_detail(known, one["kind"], one["value"], clock.today(), by=lead)


def _stand(known: dict[str, Any], term_id: UUID, lead: Viewer, present: datetime) -> None:
    for one in known.get("interests", ()):
        with clock.clock_at(present - timedelta(days=one["days"])):
            actions.note_interest(term_id, one["words"], one["source"], by=lead)
    for one in known.get("stages", ()):
        with clock.clock_at(present - timedelta(days=one["days"])):
            actions.set_stage(term_id, one["stage"], clock.today(), by=lead)
    for one in known.get("stances", ()):
        with clock.clock_at(present - timedelta(days=one["days"])):
            actions.assess_stance(term_id, one["stance"], clock.today(), one["evidence"], by=lead)


def _log(told: dict[str, Any], term_id: UUID, earlier: Contact | None, world: World, lead: Viewer) -> Contact:
    assert lead.person_id is not None
    contact = actions.Told(
        term_id=term_id,
        happened_on=clock.today(),
        channel=told["channel"],
        types=told["types"],
        subject=told["subject"],
        agreed=told.get("agreed", ""),
        contributions=told.get("gave", ()),
        ours=[lead.person_id],
        member_there=told.get("member", False),
        theirs=told.get("theirs", ""),
        came_of_id=earlier.id if earlier else None,
        to_do={place: _to_do(row, world) for place, row in enumerate(told.get("to_do", ()), 1)},
    )
    return hold(told["meeting"], contact, lead) if "meeting" in told else actions.log_contact(contact, by=lead)


def _to_do(row: dict[str, Any], world: World) -> actions.ToDo:
    owner = None if row["owner"] == OFFICE else world.viewers[row["owner"]].person_id
    return actions.ToDo(words=row["words"], owner_id=owner, due_on=clock.today() + timedelta(days=row["due"]))


def _settle(told: dict[str, Any], contact: Contact, lead: Viewer, present: datetime) -> None:
    noted: dict[str | None, FollowUp] = {one.words: one for one in follow_ups_of([contact.id])[contact.id]}
    for row in told.get("to_do", ()):
        if "done" in row:
            with clock.clock_at(present - timedelta(days=told["days"] - row["done"])):
                actions.settle_follow_up(noted[row["words"]], "done", by=lead)


def _term(office_id: UUID) -> UUID:
    office = office_of(office_id)
    assert office is not None
    return office.term_id
