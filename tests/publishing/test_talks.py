"""Briefs and meetings: a brief says when its MP is next met, where that is planned."""

from datetime import timedelta

from flask import Flask

from referrals.foundation import clock
from referrals.foundation.database import transaction
from referrals.publishing.actions.briefs import draft_brief
from tests import people
from tests.engagement.meetings import make_meeting
from tests.people import Place, Someone
from tests.publishing.briefing import ISSUE, body_id, make_pattern


def drafted(office: Place, by: Someone) -> int | None:
    """In how many days the MP is met, as a new brief says."""
    with transaction():
        met = draft_brief(ISSUE, body_id(), office.id, by=by.viewer).meeting_on
    return (met - clock.today()).days if met else None


def test_the_next_meeting_with_this_mp_is_filled_in(app: Flask) -> None:
    make_pattern(5)
    make_pattern(5, office=people.EALING)
    for days in (40, 12):
        make_meeting(on=clock.today() + timedelta(days=days))
    assert drafted(people.HAMMERSMITH, people.LEAD) == 12
    assert drafted(people.EALING, people.LEAD) is None


def test_an_office_that_plans_no_meetings_here_fills_in_none(app: Flask) -> None:
    make_pattern(5)
    make_meeting(on=clock.today() + timedelta(days=12))
    assert drafted(people.HAMMERSMITH, people.MANAGER) is None
