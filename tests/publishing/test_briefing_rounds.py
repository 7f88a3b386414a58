"""When a quarter is over, the briefings of each area are drafted and its leads are told, once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.notifications.models import Notice
from referrals.publishing.actions.briefing_rounds import draft_briefings
from referrals.publishing.actions.briefings import discard_briefing
from referrals.publishing.models import Briefing
from referrals.publishing.queries import briefings as queries
from referrals.reporting.summaries import keeping
from tests import people
from tests.engagement.log import OTHER_TERM, TERM
from tests.reporting import making

# Midnight in London, where summer time still has 24 days to go.
AUTUMN = datetime(2026, 10, 1, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        making.scatter(200, 1).write()
        yield


def run(limit: int = 5) -> int:
    db.session.rollback()
    with transaction():
        return draft_briefings(limit)


def drafts() -> list[Briefing]:
    db.session.rollback()
    return list(db.session.scalars(select(Briefing).order_by(Briefing.drafted_at, Briefing.id)))


def told() -> list[Notice]:
    db.session.rollback()
    return list(db.session.scalars(select(Notice).where(Notice.kind == "BriefingsDrafted")))


def test_each_mp_of_an_area_with_a_lead_gets_a_draft_and_the_lead_one_notice() -> None:
    run(50)
    mine = [one for one in drafts() if one.organisation_id == people.WHITE_CITY.id]
    assert {one.term_id for one in mine} == {TERM, OTHER_TERM}
    assert {(one.period, one.state, one.drafted_by_id) for one in mine} == {("2026-q3", "draft", None)}
    assert [one.person_id for one in told() if one.organisation_id == people.WHITE_CITY.id] == [people.LEAD.id]
    recorded = select(AuditEntry).where(AuditEntry.action == "briefing.drafted", AuditEntry.actor_id.is_(None))
    assert len(list(db.session.scalars(recorded))) == len(drafts())


def test_the_same_quarter_is_never_drafted_again_whatever_became_of_it() -> None:
    run(50)
    first = drafts()[0]
    mine = next(one for one in drafts() if one.organisation_id == people.WHITE_CITY.id)
    db.session.rollback()
    with transaction():
        discard_briefing(queries.briefing(mine.id, people.LEAD.viewer), by=people.LEAD.viewer)
    number, notices = len(drafts()), len(told())
    assert run(50) == 0
    assert (len(drafts()), len(told())) == (number, notices)
    assert first.period == "2026-q3"


def test_a_quarter_is_over_at_midnight_in_london() -> None:
    with clock_at(AUTUMN - timedelta(seconds=1)):
        run(50)
    assert {one.period for one in drafts()} == {"2026-q2"}
    with clock_at(AUTUMN):
        run(50)
    assert {one.period for one in drafts()} == {"2026-q2", "2026-q3"}


def test_areas_are_drafted_a_few_at_a_time_until_all_are() -> None:
    rounds = [run(1) for _ in range(12)]
    assert sum(rounds) == len(drafts()) > 0
    assert rounds[-1] == 0


def test_it_waits_while_figures_are_counted_anew() -> None:
    db.session.rollback()
    with transaction():
        keeping.begin()
    assert run(50) == 0
    assert drafts() == []
    making.count_from_nothing()
    assert run(50) > 0
