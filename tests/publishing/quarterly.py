"""Quarterly briefings of the tests, brought to any stage by the real verbs, in late November 2026."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from referrals.foundation.clock import clock_at, now
from referrals.foundation.database import db, transaction
from referrals.publishing.actions import briefing_out
from referrals.publishing.actions import briefings as actions
from referrals.publishing.briefings.sheet import made_ready
from referrals.publishing.models import TEXTS, Briefing
from referrals.publishing.queries import briefings as queries
from tests import people
from tests.engagement.log import OTHER_TERM, TERM, make_detail, make_known_person
from tests.people import Someone

EMAIL: Final = "office@rowan-ashdown.example"
STAGES: Final = ("drafted", "written", "approved", "sent")
WORDS: Final = {part: f"Our own words about {part}." for part in TEXTS}


def note_office(email: str = EMAIL) -> None:
    """Note the office of the first MP, and where it gets mail."""
    make_detail(make_known_person(name="The office"), kind="email", value=email)


def writing(**more: Any) -> actions.Writing:
    """What a lead writes."""
    usual: dict[str, Any] = {"texts": WORDS, "asks": {1: actions.Ask(what="Visit us", whom="the minister")}}
    return actions.Writing(**(usual | more))


def make_briefing(stage: str = "drafted", *, by: Someone = people.LEAD, term_id: UUID = TERM, **more: Any) -> UUID:
    """A briefing at a stage; its id. `more` changes what is written."""
    db.session.rollback()
    with transaction():
        briefing_id = actions.start_briefing(term_id, by=by.viewer).id
    for verb in STAGES[1 : STAGES.index(stage) + 1]:
        advance(briefing_id, verb, by, **more)
    return briefing_id


def make_some() -> dict[str, UUID]:
    """One of the first group to each of its MPs, sent and written, and an approved one of an earlier quarter."""
    note_office()
    found = {"sent_briefing": make_briefing("sent"), "draft_briefing": make_briefing("written", term_id=OTHER_TERM)}
    with clock_at(now() - timedelta(days=100), step=timedelta(milliseconds=1)):
        return found | {"approved_briefing": make_briefing("approved", term_id=OTHER_TERM)}


def advance(briefing_id: UUID, verb: str, by: Someone = people.LEAD, **more: Any) -> None:
    """Take one step with it."""
    db.session.rollback()
    with transaction():
        found = queries.briefing(briefing_id, by.viewer)
        if verb == "written":
            actions.edit_briefing(found, writing(**more), by=by.viewer, version=None)
        elif verb == "approved":
            actions.approve_briefing(found, by=by.viewer, version=None)
        else:
            ready = made_ready(found, by.viewer.name, by.email)
            briefing_out.send_briefing(found, ready, [EMAIL], by=by.viewer)


def the_briefing(briefing_id: UUID) -> Briefing:
    """As it is stored now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Briefing, briefing_id)
