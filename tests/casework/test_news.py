"""What is new to whom: only what the other side did, only what may be told, and only until it was seen."""

from datetime import timedelta

import pytest
from flask import Flask

from referrals.accounts.roles import Side
from referrals.casework import actions, queries
from referrals.casework.models import Referral
from referrals.casework.queries.news import TOLD_MOVES
from referrals.casework.workflow import TRANSITIONS
from referrals.foundation import clock
from referrals.foundation.database import transaction
from referrals.foundation.errors import NotAllowed
from referrals.web.presenting.home import MOVED
from tests import people
from tests.casework.cases import do, make_draft, make_referral

VOLUNTEER, LEAD, CASEWORKER = people.VOLUNTEER.viewer, people.LEAD.viewer, people.CASEWORKER.viewer


def told(by: people.Someone = people.VOLUNTEER) -> dict[str | None, list[str]]:
    """The codes of what is new to a person, by the reference."""
    found = queries.bulletin(by.viewer).news
    return {one.line.reference: [happened.code for happened in one.happened] for one in found}


def say(referral: Referral, by: people.Someone, *, shared: bool = True) -> None:
    with transaction():
        actions.write_note(queries.referral(referral.id, by.viewer), "A word", shared=shared, by=by.viewer)


def test_it_tells_what_the_office_did_newest_first(app: Flask) -> None:
    referral = make_referral("in_progress")
    say(referral, people.CASEWORKER)
    with transaction():
        found = queries.referral(referral.id, CASEWORKER)
        actions.record_milestone(found, "medical_assessment", clock.today(), by=CASEWORKER)
    assert told() == {referral.reference: ["medical_assessment", "note", "start", "accept"]}


def test_it_tells_nothing_that_the_group_did_itself_or_cannot_read(app: Flask) -> None:
    referral = make_referral("submitted")
    say(referral, people.VOLUNTEER)
    say(referral, people.CASEWORKER, shared=False)
    with transaction():
        actions.move(referral, "assign", {"assignee": people.CASEWORKER.id}, by=CASEWORKER, version=None)
    assert told() == {}


def test_the_first_look_is_told_although_it_changes_nothing(app: Flask) -> None:
    referral = make_referral("submitted")
    with transaction():
        actions.mark_news_seen(clock.now(), by=VOLUNTEER)
    with transaction():
        actions.open_referral(str(referral.reference), by=CASEWORKER)
    assert told() == {referral.reference: ["seen"]}


@pytest.mark.parametrize("scope", ["none", "status"])
def test_it_keeps_to_what_the_resident_lets_the_group_hear(app: Flask, scope: str) -> None:
    referral = make_referral("in_progress")
    say(referral, people.CASEWORKER)
    with transaction():
        found = queries.referral(referral.id, CASEWORKER)
        actions.record_milestone(found, "medical_assessment", clock.today(), by=CASEWORKER)
    with transaction():
        found = queries.referral(referral.id, VOLUNTEER)
        given = next(one for one in found.consents if one.kind == "office_to_group")
        given.scope = scope
        actions.withdraw_consent(next(one for one in found.consents if one.kind == "group_to_office"), by=VOLUNTEER)
    assert told() == ({} if scope == "none" else {referral.reference: ["start", "accept"]})


def test_a_reading_ends_the_news_of_that_referral_for_that_person_alone(app: Flask) -> None:
    one, other = make_referral("accepted"), make_referral("accepted")
    with transaction():
        actions.open_referral(str(one.reference), by=VOLUNTEER)
    assert told() == {other.reference: ["accept"]}
    assert len(told(people.LEAD)) == 2
    do(one, "start", people.CASEWORKER)
    assert told()[one.reference] == ["start"]


def test_a_mark_ends_all_news_up_to_its_moment(app: Flask) -> None:
    referral = make_referral("accepted")
    until = clock.now()
    do(referral, "start", people.CASEWORKER)
    with transaction():
        actions.mark_news_seen(until, by=VOLUNTEER)
    assert told() == {referral.reference: ["start"]}
    with transaction():
        actions.mark_news_seen(clock.now() + timedelta(days=9), by=VOLUNTEER)
    assert told() == {}
    do(referral, "hold", people.CASEWORKER)
    assert told() == {referral.reference: ["hold"]}, "no mark lies in the future"


def test_what_is_older_than_a_month_is_no_news(app: Flask) -> None:
    make_referral("accepted")
    with clock.clock_at(clock.now() + timedelta(days=31)):
        assert told() == {}


def test_nobody_hears_of_referrals_that_are_not_theirs(app: Flask) -> None:
    make_referral("accepted")
    conflict = make_referral("accepted", trusted_body_conflict=True)
    assert told(people.SECOND_VOLUNTEER) == told(people.OTHER_LEAD) == {}
    assert conflict.reference not in told(people.LEAD)
    for other in (people.CASEWORKER, people.COORDINATOR, people.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            queries.bulletin(other.viewer)


def test_a_lead_can_leave_out_what_others_wrote(app: Flask) -> None:
    make_referral("accepted")
    own = make_draft(by=people.LEAD)
    do(own, "submit", people.LEAD)
    do(own, "accept", people.CASEWORKER)
    assert [one.line.reference for one in queries.bulletin(LEAD, own=True).news] == [own.reference]


def test_everything_that_is_told_has_its_words() -> None:
    assert set(TOLD_MOVES) == set(MOVED)
    assert all(Side.GROUP in TRANSITIONS[name].shown_to for name in TOLD_MOVES if name in TRANSITIONS)
