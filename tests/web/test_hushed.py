"""The pages of a group that the resident lets hear nothing: they read the same, however far the office has got."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from referrals.foundation.clock import clock_at, now
from referrals.foundation.database import db
from tests import markup
from tests.casework import cases
from tests.people import CASEWORKER, LEAD, VOLUNTEER, Someone
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
PAGES = ("/referrals", "/referrals/{}", "/referrals/{}/sent", "/referrals/{}/card", "/referrals/{}/withdraw")
SAID = "The office does not tell you how it goes on"


def read(visit: Visit, who: Someone, state: str, *, told: str = "none") -> list[str]:
    """The words of each page, without the reference."""
    referral = cases.make_referral(state, told=told)
    name = referral.reference or ""
    db.session.rollback()
    visitor = visit(who)
    found = []
    for page in PAGES:
        answer = visitor.get(page.format(name), follow_redirects=True)
        assert markup.faults(answer.text) == []
        found.append(re.sub(r"\s+", " ", markup.text_of(markup.read(answer.text).one("main"))).replace(name, "R-"))
    return found


@pytest.mark.parametrize("state", ["accepted", "in_progress", "on_hold", "outcome_recorded"])
def test_no_page_of_the_group_tells_how_far_it_has_got(app: Flask, visit: Visit, state: str) -> None:
    with clock_at(now()):
        other = read(visit, VOLUNTEER, state)
        (home, page, sent, *_) = other
    assert SAID in page
    assert SAID in sent
    assert "Start a referral" in home
    for word in ("Accepted", "In progress", "Paused", "Check the result", "Seen by the office", CASEWORKER.name):
        assert word not in home + page
    assert "No date" in page


def test_they_read_what_they_read_before_the_office_decided(app: Flask, visit: Visit) -> None:
    with clock_at(now()):
        before = read(visit, VOLUNTEER, "submitted")
    assert SAID in before[1]
    assert "Sent" in before[0]
    assert "By when No date" in before[1]


@pytest.mark.parametrize("state", ["in_progress", "outcome_recorded"])
def test_who_may_hear_the_status_reads_it(app: Flask, visit: Visit, state: str) -> None:
    page = read(visit, LEAD, state, told="status")[1]
    assert SAID not in page
    assert "Seen by the office" in page


def test_behind_a_number_stands_only_what_they_know(app: Flask, visit: Visit) -> None:
    hushed = cases.make_referral("in_progress", told="none").reference or ""
    heard = cases.make_referral("in_progress", told="status").reference or ""
    visitor = visit(LEAD)
    visitor.get("/reports/outcomes")
    received = visitor.get("/reports/outcomes/behind?cell=received").text
    accepted = visitor.get("/reports/outcomes/behind?cell=accepted").text
    assert hushed in received
    assert heard in received
    assert hushed not in accepted
    assert heard in accepted
    assert "1 of them is not in this list" in accepted
    office = visit(CASEWORKER).get("/queue?tab=team").text
    assert hushed in office
