"""Chasing bodies: a chaser drafted when it is due and told of once, and what is noted when it was sent."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework import actions, queries
from referrals.casework.models import Consent, Enquiry
from referrals.directory import lists
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound
from tests import people
from tests.casework import cases, mail
from tests.casework.enquiries import ASKED, CHASED, chase
from tests.casework.test_enquiring import MONDAY, SENT_ON, ask, events, later, settle
from tests.people import CASEWORKER, MANAGER, OTHER_CASEWORKER, VOLUNTEER


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock_at(MONDAY):
        yield


@pytest.fixture(autouse=True)
def _listed(app: Flask) -> None:
    with transaction():
        lists.load_lists()


def run() -> int:
    with transaction():
        return actions.draft_chasers()


def chase_up(enquiry: Enquiry, **changes: Any) -> None:
    with transaction():
        chase(enquiry, **changes)


def test_a_chaser_is_drafted_when_it_is_due_and_told_once(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    enquiry = ask(referral, agency_reference="PIP 7")
    mail.forget()
    with later(13):
        assert run() == 0
    with later(14):
        assert run() == 1
        assert run() == 0
        (line,) = queries.enquiries_of(referral, CASEWORKER.viewer)
    assert mail.told("ChaserReady") == {CASEWORKER}
    assert events(referral)[-1] == "enquiry.chaser_drafted"
    assert line.draft is not None
    assert line.chasers == ()
    words = line.draft.words or ""
    for told in ("2 November 2026", str(referral.reference), "PIP 7", people.HAMMERSMITH.name):
        assert told in words
    for secret in (cases.NAME, cases.STORY, ASKED):
        assert secret not in words
    assert enquiry.chase_on is None


def test_sending_it_notes_the_draft_and_sets_the_next_day(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    enquiry = ask(referral)
    with later(14):
        run()
        chase_up(enquiry, due_on=date(2026, 12, 4))
        (line,) = queries.enquiries_of(referral, CASEWORKER.viewer)
    assert line.draft is None
    assert [(one.sent_on, one.channel, one.words) for one in line.chasers] == [(date(2026, 11, 16), "phone", CHASED)]
    assert (enquiry.due_on, enquiry.chase_on) == (date(2026, 12, 4), date(2026, 11, 30))
    assert (referral.waiting_on, referral.due_on) == ("agency", date(2026, 12, 4))
    assert events(referral)[-2:] == ["enquiry.chased", "referral.turn_given"]
    with later(28):
        mail.forget()
        assert run() == 1
        (line,) = queries.enquiries_of(referral, CASEWORKER.viewer)
        assert "We reminded you on 16 November 2026." in (line.draft.words or "" if line.draft else "")
    assert mail.told("ChaserReady") == {CASEWORKER}


def test_nobody_is_chased_once_it_is_answered_or_the_case_is_over(app: Flask) -> None:
    referral, other = cases.make_referral("in_progress"), cases.make_referral("in_progress")
    settle(ask(referral))
    ended = ask(other)
    cases.do(other, "withdraw", VOLUNTEER)
    with later(60):
        assert run() == 0
        with pytest.raises(IllegalMove):
            chase_up(ended)


def test_nobody_is_chased_against_the_residents_will(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    enquiry = ask(referral)
    (given,) = db.session.scalars(select(Consent).where(Consent.kind == "agency"))
    with transaction():
        actions.withdraw_consent(given, by=CASEWORKER.viewer)
    mail.forget()
    with later(30):
        assert run() == 0
        assert events(referral)[-1] == "enquiry.chaser_dropped"
        with pytest.raises(Invalid) as refused:
            chase_up(enquiry)
        assert set(refused.value.errors) == {"consent"}
        assert run() == 0
    assert mail.told("ChaserReady") == set()


def test_without_somebody_who_has_it_everybody_hears(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    ask(referral)
    with transaction():
        referral.assignee_id = None
        cases.record("referral.assigned", by=MANAGER.viewer, subject=("referral", referral.id))
    mail.forget()
    with later(30):
        run()
    assert mail.told("ChaserReady") == {CASEWORKER, people.SECOND_CASEWORKER, MANAGER}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"words": " "}, "words"),
        ({"sent_on": SENT_ON - timedelta(days=1)}, "sent_on"),
        ({"sent_on": SENT_ON + timedelta(days=1)}, "sent_on"),
        ({"due_on": SENT_ON - timedelta(days=1)}, "due_on"),
    ],
)
def test_a_fault_has_its_field(app: Flask, changes: dict[str, Any], field: str) -> None:
    enquiry = ask(cases.make_referral("in_progress"))
    with pytest.raises(Invalid) as refused:
        chase_up(enquiry, **changes)
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize(("person", "refusal"), [(VOLUNTEER, NotAllowed), (OTHER_CASEWORKER, NotFound)])
def test_only_the_office(app: Flask, person: people.Someone, refusal: type[Exception]) -> None:
    enquiry = ask(cases.make_referral("in_progress"))
    with pytest.raises(refusal):
        chase_up(enquiry, by=person)
