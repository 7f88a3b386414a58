"""Counting signposts: so many people on a plausible day, by groups only, and taken back on the day it was counted."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.audit.models import AuditEntry
from referrals.casework import actions, queries
from referrals.casework.models import Signpost
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound
from tests import people


def count(by: people.Someone = people.VOLUNTEER, **given: Any) -> Signpost:
    values = {"category": "welfare", "destination": "food_bank", "day": clock.today(), "number": 1, **given}
    with transaction():
        return actions.count_signpost(**values, by=by.viewer)


def test_the_figure_of_the_month_is_ones_own(app: Flask) -> None:
    count(number=12)
    count(number=2, destination="gp", category="health")
    count(people.LEAD, number=30)
    assert queries.signposted_this_month(people.VOLUNTEER.viewer) == 14
    assert queries.signposted_this_month(people.LEAD.viewer) == 30
    assert queries.signposted_this_month(people.OTHER_VOLUNTEER.viewer) == 0


def test_last_month_is_over(app: Flask) -> None:
    last = clock.today().replace(day=1) - timedelta(days=1)
    if (clock.today() - last).days <= 31:
        count(day=last, number=9)
    count(number=4)
    assert queries.signposted_this_month(people.VOLUNTEER.viewer) == 4


def test_a_volunteer_sees_their_own_counts_and_a_lead_the_areas(app: Flask) -> None:
    count()
    count(people.SECOND_VOLUNTEER)
    count(people.OTHER_VOLUNTEER)
    names = {line.by_name for line in queries.signposts(people.LEAD.viewer)}
    assert names == {people.VOLUNTEER.name, people.SECOND_VOLUNTEER.name}
    assert [line.by_name for line in queries.signposts(people.VOLUNTEER.viewer)] == [people.VOLUNTEER.name]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"category": "gibberish"}, "category"),
        ({"destination": "gibberish"}, "destination"),
        ({"number": 0}, "number"),
        ({"number": 51}, "number"),
        ({"number": -1}, "number"),
        ({"day": date(2199, 1, 1)}, "day"),
        ({"day": date(2020, 1, 1)}, "day"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(app: Flask, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        count(**given)
    assert list(refused.value.errors) == [field]
    assert db.session.scalar(select(func.count()).select_from(Signpost)) == 0


@pytest.mark.parametrize("by", [people.CASEWORKER, people.COORDINATOR, people.ADMINISTRATOR], ids=lambda by: by.role)
def test_only_groups_count(app: Flask, by: people.Someone) -> None:
    with pytest.raises(NotAllowed):
        count(by)


def test_counting_and_taking_back_leave_an_event_each(app: Flask) -> None:
    made = count(number=3).id
    with transaction():
        actions.undo_signpost(made, by=people.VOLUNTEER.viewer)
    assert queries.signposted_this_month(people.VOLUNTEER.viewer) == 0
    query = select(AuditEntry.action).where(AuditEntry.subject_id == made).order_by(AuditEntry.number)
    assert list(db.session.scalars(query)) == ["signpost.counted", "signpost.undone"]


def test_it_is_taken_back_on_the_day_and_by_who_counted(app: Flask) -> None:
    made = count().id
    for other in (people.LEAD, people.OTHER_VOLUNTEER):
        with pytest.raises(NotFound), transaction():
            actions.undo_signpost(made, by=other.viewer)
    with clock.clock_at(clock.now() + timedelta(days=1)), pytest.raises(IllegalMove), transaction():
        actions.undo_signpost(made, by=people.VOLUNTEER.viewer)
    assert [line.may_undo for line in queries.signposts(people.VOLUNTEER.viewer)] == [True]
    with clock.clock_at(clock.now() + timedelta(days=1)):
        assert [line.may_undo for line in queries.signposts(people.VOLUNTEER.viewer)] == [False]
