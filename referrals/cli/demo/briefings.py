"""Briefings of the demonstration: one of an earlier quarter that was sent, and one that waits for a second lead."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from referrals.accounts.viewer import Viewer
from referrals.cli.demo.world import World
from referrals.directory.queries import office_of
from referrals.foundation import clock
from referrals.publishing.actions import briefing_out
from referrals.publishing.actions import briefings as actions
from referrals.publishing.briefings.sheet import made_ready
from referrals.publishing.models import Briefing
from referrals.publishing.queries.briefings import addresses_of
from referrals.reporting.periods import quarter

FILE: Final = Path(__file__).with_name("briefings.toml")
SEAT: Final = "E14001264"
LEAD: Final = "lead@demo.example"
OTHER_LEAD: Final = "jean.osborne@demo.example"
# How long after the end of a quarter its briefing went out.
SENT_AFTER: Final = timedelta(days=20, hours=10)
WAITED: Final = timedelta(days=3)


def write_briefings(world: World, present: datetime) -> None:
    """Tell the life of both, each step at its own moment, in the caller's transaction."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    lead, other = world.viewers[LEAD], world.viewers[OTHER_LEAD]
    begins = quarter(clock.local_day(present)).begins
    assert begins is not None
    before = quarter(clock.local_day(begins - timedelta(days=1))).begins
    assert before is not None
    with clock.clock_at(before + SENT_AFTER, step=timedelta(minutes=1)):
        briefing = _written(told["sent"], world, lead)
        actions.ask_for_approval(briefing, by=lead)
        actions.approve_briefing(briefing, by=other, version=None)
        place = addresses_of(briefing.term_id, lead)[0]
        ready = made_ready(briefing, lead.name, LEAD)
        briefing_out.send_briefing(briefing, ready, [place.email], by=lead)
    with clock.clock_at(max(present - WAITED, begins + timedelta(hours=1)), step=timedelta(seconds=1)):
        actions.ask_for_approval(_written(told["waiting"], world, lead), by=lead)


def _written(told: dict[str, Any], world: World, lead: Viewer) -> Briefing:
    office = office_of(world.offices[SEAT])
    assert office is not None
    briefing = actions.start_briefing(office.term_id, by=lead)
    asks = {row: _ask(ask) for row, ask in enumerate(told["asks"], 1)}
    writing = actions.Writing(texts=told, slugs=briefing.slugs, became=told.get("became", ()), asks=asks)
    actions.edit_briefing(briefing, writing, by=lead, version=None)
    return briefing


def _ask(told: dict[str, Any]) -> actions.Ask:
    return actions.Ask(what=told["what"], whom=told.get("whom", ""), by=clock.today() + timedelta(days=told["by"]))
