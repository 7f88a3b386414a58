"""Requests for advice: sent without a resident, answered in words, and never anything else than that."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework import actions, policy, queries
from referrals.casework.models import Referral
from referrals.directory.lists import load_lists
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed
from referrals.notifications.models import OutboxMessage
from tests import people
from tests.casework.cases import do, make_advice, make_referral, soon

VOLUNTEER, CASEWORKER = people.VOLUNTEER.viewer, people.CASEWORKER.viewer


def moves_of(referral: Referral, by: people.Someone) -> set[str]:
    return {row.name for row in policy.available_moves(referral, by.viewer)}


def test_it_is_sent_at_once_without_a_resident_or_an_agreement(app: Flask) -> None:
    referral = make_advice()
    assert (referral.state, referral.category) == ("submitted", "housing")
    assert referral.reference
    assert referral.resident is None
    assert referral.consents == []
    assert not policy.is_about_a_resident(referral)
    assert [line.reference for line in queries.queue(CASEWORKER, "team").rows] == [referral.reference]
    kinds = db.session.scalars(select(OutboxMessage.kind)).all()
    assert set(kinds) == {"ReferralSubmitted"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"summary": " "}, "summary"),
        ({"summary": "x" * 121}, "summary"),
        ({"question": ""}, "question"),
        ({"category": "gibberish"}, "category"),
        ({"agency": "gibberish"}, "agency"),
        ({"office_id": None}, "office"),
        ({"office_id": UUID(int=1)}, "office"),
        ({"office_id": people.WHITE_CITY.id}, "office"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(app: Flask, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_advice(**given)
    assert list(refused.value.errors) == [field]
    assert db.session.scalars(select(Referral)).all() == []


@pytest.mark.parametrize("by", [people.CASEWORKER, people.COORDINATOR, people.ADMINISTRATOR], ids=lambda by: by.role)
def test_only_groups_make_advice(app: Flask, by: people.Someone) -> None:
    with pytest.raises(NotAllowed):
        make_advice(by)


def test_the_office_answers_in_words_and_it_ends_as_answered(app: Flask) -> None:
    referral = make_advice()
    do(referral, "answer", people.CASEWORKER, advice="The council decides")
    assert (referral.state, referral.end_reason) == ("closed", "answered")
    (line,) = queries.my_referrals(VOLUNTEER, "finished").rows
    assert line.tag == "Answered"
    entry = queries.timeline(referral, VOLUNTEER)[0]
    assert (entry.title, entry.words) == ("Answered", (("", "The council decides"),))
    assert len(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "RequestAnswered")).all()) == 1
    assert [one.happened[0].code for one in queries.bulletin(VOLUNTEER).news] == ["answer"]


def test_it_can_be_worked_on_first_and_keeps_what_it_is(app: Flask) -> None:
    referral = make_advice()
    do(referral, "accept", people.CASEWORKER, category="health")
    assert (referral.category, policy.is_about_a_resident(referral)) == ("health", False)
    with transaction():
        given = {"category": "other", "issue_type": None, "sensitivity": None, "transferability": None}
        actions.sort_again(referral, given, by=CASEWORKER, version=None)
    assert (referral.category, policy.is_about_a_resident(referral)) == ("other", False)
    do(referral, "start", people.CASEWORKER)
    do(referral, "hold", people.CASEWORKER, review_on=soon(14))
    do(referral, "answer", people.CASEWORKER)
    assert referral.state == "closed"


def test_only_what_is_asked_for_advice_is_answered(app: Flask) -> None:
    asked = make_advice()
    assert "answer" in moves_of(asked, people.CASEWORKER)
    assert not moves_of(asked, people.CASEWORKER) & {"return_with_advice", "record_outcome"}
    referral = make_referral("in_progress")
    assert "answer" not in moves_of(referral, people.CASEWORKER)
    with pytest.raises(IllegalMove):
        do(referral, "answer", people.CASEWORKER)


def test_the_group_can_ask_again(app: Flask) -> None:
    referral = make_advice()
    do(referral, "answer", people.CASEWORKER)
    do(referral, "reopen", people.VOLUNTEER)
    assert (referral.state, referral.end_reason) == ("submitted", None)


def test_the_body_it_is_about_is_kept(app: Flask) -> None:
    with transaction():
        load_lists()
    assert make_advice(agency="ealing_council").agency_id is not None
