"""What a group may know of a referral whose resident lets it hear nothing: the rule, in SQL and on every list."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework import policy, queries
from referrals.casework.models import Referral
from referrals.casework.queries.calendar import calendar_days
from referrals.casework.queries.hearing import hushed_for, state_for
from referrals.casework.workflow import UNHEARD_STATES
from referrals.documents.casefile import case_file
from referrals.documents.packing import Part
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from tests.casework import cases
from tests.people import CASEWORKER, LEAD, OTHER_LEAD, VOLUNTEER, Someone

SENT = ("submitted", *UNHEARD_STATES)


def in_state(state: str, told: str = "none") -> Referral:
    """A referral in a state; where the group hears nothing it cannot be brought there through its own moves."""
    return cases.make_referral(state, told=told)


def give(referral: Referral, **values: Any) -> None:
    with transaction():
        found = db.session.get_one(Referral, referral.id)
        cases.give_consent(found, kind="office_to_group", to_organisation_id=LEAD.place.id, **values)
        cases.record("consent.given", by=LEAD.viewer, subject=("referral", referral.id))


def both(referral: Referral, who: Someone) -> bool:
    """Whether it is hushed for somebody, by the rule and by SQL."""
    db.session.rollback()
    found = queries.referral(referral.id, who.viewer)
    by_sql = db.session.scalar(select(hushed_for(who.viewer)).where(Referral.id == referral.id))
    assert policy.is_hushed(found, who.viewer) is bool(by_sql)
    return bool(by_sql)


@pytest.mark.parametrize(
    ("given", "hushed"),
    [
        ([], True),
        ([{"scope": "status"}], False),
        ([{"scope": None}], False),
        ([{"scope": "full"}, {"scope": "none"}], True),
        ([{"scope": "full", "withdrawn_at": now()}], True),
        ([{"scope": "full", "expires_on": today()}], False),
        ([{"scope": "full", "expires_on": today() - timedelta(days=1)}], True),
        ([{"scope": "full", "given_on": today() + timedelta(days=1)}], True),
    ],
)
def test_the_rule_and_the_sql_say_the_same(app: Flask, given: list[Mapping[str, Any]], hushed: bool) -> None:
    referral = in_state("in_progress")
    for values in given:
        give(referral, **values)
    assert both(referral, LEAD) is hushed
    assert both(referral, CASEWORKER) is False


@pytest.mark.parametrize(("ground", "hushed"), [("own_request", False), ("cannot_consent", True)])
def test_where_nobody_asked_it_hangs_on_whose_request_it_is(app: Flask, ground: str, hushed: bool) -> None:
    referral = cases.make_draft(consent=False)
    with transaction():
        found = db.session.get_one(Referral, referral.id)
        cases.give_consent(found, ground=ground, approved_at=now(), approved_by_id=LEAD.id)
        found.submitted_at = now()
        cases.record("consent.given", by=LEAD.viewer, subject=("referral", referral.id))
    assert both(referral, LEAD) is hushed


def test_neither_a_draft_nor_a_request_for_advice_is_hushed(app: Flask) -> None:
    assert both(cases.make_draft(told="none"), LEAD) is False
    assert both(cases.make_advice(), LEAD) is False


def known(referral: Referral) -> dict[str, Any]:
    """Everything but the referral's own name that the group reads of it in lists, strips, calendars and files."""
    db.session.rollback()
    found, who = queries.referral(referral.id, VOLUNTEER.viewer), VOLUNTEER.viewer
    pages = queries.home(who, dict.fromkeys(queries.GROUP_TABS, 5))
    (tab,) = [tab for tab, page in pages.items() if page.rows]
    (line,) = pages[tab].rows
    file = case_file(found, who, [Part.STORY, Part.TIMELINE, Part.OUTCOME, Part.ENQUIRIES])
    del file["case"]["reference"], file["made_at"]
    # Of the same moment, so in any order.
    file["events"].sort(key=repr)
    state = db.session.scalar(select(state_for(who)).where(Referral.id == referral.id))
    return {
        "list": (tab, replace(line, id=LEAD.id, reference="", version=0)),
        "counts": pages[tab].counts,
        "strip": queries.strip(found, who),
        "moves": [row.name for row in policy.available_moves(found, who)],
        "file": file,
        "calendar": calendar_days(who, everything=False),
        "state": state,
    }


def test_the_group_cannot_tell_how_far_it_has_got(app: Flask) -> None:
    seen = {}
    start = now()
    for state in SENT:
        with clock_at(start):
            referral = in_state(state)
            seen[state] = known(referral)
            with transaction():
                found = db.session.get_one(Referral, referral.id)
                found.group_id = OTHER_LEAD.place.id
                cases.record("referral.changed", by=LEAD.viewer, subject=("referral", referral.id))
    first = seen["submitted"]
    assert first["strip"].state == "submitted"
    assert first["list"][0] == "with_office"
    assert first["calendar"] == []
    for state in UNHEARD_STATES:
        assert seen[state] == first, state


@pytest.mark.parametrize("state", ["information_requested", "declined", "returned_with_advice", "closed"])
def test_what_asks_something_of_it_or_ends_it_is_known(app: Flask, state: str) -> None:
    referral = in_state("outcome_recorded" if state == "closed" else state)
    if state == "closed":
        cases.do(referral, "close", CASEWORKER)
    db.session.rollback()
    found = queries.referral(referral.id, VOLUNTEER.viewer)
    strip = queries.strip(found, VOLUNTEER.viewer)
    assert (strip.state, strip.seen_on, strip.assignee_id) == (state, None, None)
    tab = "needs_me" if state == "information_requested" else "finished"
    (line,) = queries.my_referrals(VOLUNTEER.viewer, tab).rows
    assert (line.state, line.hushed, line.assignee_name) == (state, True, None)


def test_the_office_reads_what_is_so(app: Flask) -> None:
    referral = in_state("in_progress")
    strip = queries.strip(queries.referral(referral.id, CASEWORKER.viewer), CASEWORKER.viewer)
    assert (strip.state, strip.hushed, strip.assignee_id) == ("in_progress", False, CASEWORKER.id)


def test_a_group_that_hears_how_it_goes_on_reads_it_as_before(app: Flask) -> None:
    referral = in_state("outcome_recorded", told="status")
    db.session.rollback()
    found = queries.referral(referral.id, VOLUNTEER.viewer)
    assert queries.strip(found, VOLUNTEER.viewer).state == "outcome_recorded"
    assert len(queries.my_referrals(VOLUNTEER.viewer, "needs_me").rows) == 1
