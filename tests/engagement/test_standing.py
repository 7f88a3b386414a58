"""Where an area and its MP stand: stages from the log and from leads, and stances with what they go by."""

from datetime import date, timedelta

import pytest
from flask import Flask

from referrals.directory.lists import load_lists
from referrals.engagement import actions, policy, queries
from referrals.engagement.models import Stance
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import transaction
from referrals.foundation.errors import Invalid, NotAllowed, NotFound
from tests import people
from tests.engagement.log import OTHER_TERM, TERM, make_contact

pytestmark = pytest.mark.usefixtures("app")
AREA = people.WHITE_CITY.id


@pytest.fixture(autouse=True)
def _listed(app: Flask) -> None:
    with transaction():
        load_lists()


def assess(stance: str = "neutral", *, days: int = 0, by: people.Someone = people.LEAD) -> Stance:
    with transaction():
        return actions.assess_stance(TERM, stance, today() - timedelta(days=days), "We met twice.", by=by.viewer)


def test_the_log_shows_the_furthest_of_twelve_months() -> None:
    def shown() -> str:
        return queries.stage_in_log(AREA, people.LEAD.viewer, TERM)

    assert shown() == "no_contact"
    make_contact(happened_on=today() - timedelta(days=400), types=["working_together"])
    make_contact(happened_on=today() - timedelta(days=300), types=["publicity", "informing"])
    make_contact(types=["working_together"], term_id=OTHER_TERM)
    assert shown() == "publicity"


def test_what_leads_said_before_stays_as_history() -> None:
    for stage, days in (("informing", 200), ("publicity", 20), ("no_contact", 100)):
        with transaction():
            actions.set_stage(TERM, stage, today() - timedelta(days=days), by=people.LEAD.viewer)
    found = [one.stage for one in queries.stages(AREA, people.COORDINATOR.viewer, TERM)]
    assert found == ["publicity", "no_contact", "informing"]
    with pytest.raises(NotFound):
        queries.stages(AREA, people.MANAGER.viewer, TERM)


@pytest.mark.parametrize("who", [people.VOLUNTEER, people.COORDINATOR, people.MANAGER, people.ADMINISTRATOR])
def test_only_leads_say_it(who: people.Someone) -> None:
    with pytest.raises(NotAllowed), transaction():
        actions.set_stage(TERM, "informing", today(), by=who.viewer)
    with pytest.raises(NotAllowed):
        assess(by=who)


def test_nobody_says_it_of_an_mp_who_is_not_theirs() -> None:
    with pytest.raises(NotFound):
        assess(by=people.OTHER_LEAD)


@pytest.mark.parametrize(
    ("stance", "day", "evidence", "field"),
    [
        ("hostile", today(), "We met.", "stance"),
        ("neutral", today() + timedelta(days=3), "We met.", "assessed_on"),
        ("neutral", today(), "   ", "evidence"),
    ],
)
def test_what_cannot_be_is_refused(stance: str, day: date, evidence: str, field: str) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        actions.assess_stance(TERM, stance, day, evidence, by=people.LEAD.viewer)
    assert set(refused.value.errors) == {field}


def test_it_is_due_again_after_six_months_until_it_is_looked_at() -> None:
    with clock_at(now().replace(year=2026, month=3, day=31)):
        assert assess().due_on == date(2026, 9, 30)
    with clock_at(now().replace(year=2026, month=10, day=1)):
        assess("supportive")
        with transaction():
            assert actions.remind_of_stances() == 0


def test_who_may_know_it() -> None:
    assess()
    for who in people.EVERYBODY:
        knows = who in (people.LEAD, people.COORDINATOR)
        assert policy.may_know_stances(AREA, who.viewer) is knows
        assert bool(queries.stances(AREA, who.viewer, TERM)) is knows
        assert bool(queries.present_stances([(AREA, TERM)], who.viewer)) is knows
