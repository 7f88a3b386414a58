"""Reopening: by either side, with a reason, while the agreement stands, and before everything is forgotten."""

import pytest
from flask import Flask

from referrals.accounts import actions as accounts
from referrals.casework import actions, policy
from referrals.casework.models import Referral
from referrals.directory.models import Organisation
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound
from tests import people
from tests.casework import cases, mail, transfers
from tests.people import CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, OTHER_MANAGER, VOLUNTEER

ENDED = ("closed", "declined", "returned_with_advice", "withdrawn")


@pytest.mark.parametrize("state", ENDED)
@pytest.mark.parametrize("by", [VOLUNTEER, LEAD])
def test_the_group_asks_the_office_to_decide_again(app: Flask, state: str, by: people.Someone) -> None:
    referral = cases.make_referral(state)
    mail.forget()
    cases.do(referral, "reopen", by)
    assert (referral.state, referral.waiting_on, referral.seen_at) == ("submitted", "office", None)
    assert (referral.ended_at, referral.end_reason, referral.outcome_at) == (None, None, None)
    assert referral.due_on
    assert CASEWORKER in mail.told("ReferralReopened")


@pytest.mark.parametrize("state", ENDED)
@pytest.mark.parametrize("by", [CASEWORKER, MANAGER])
def test_the_office_goes_on_with_it(app: Flask, state: str, by: people.Someone) -> None:
    referral = cases.make_referral(state)
    mail.forget()
    cases.do(referral, "reopen", by)
    assert (referral.state, referral.waiting_on, referral.due_on) == ("in_progress", "office", cases.soon())
    assert referral.assignee_id
    assert mail.told("ReferralReopened") == {VOLUNTEER}


@pytest.mark.parametrize("name", ["reason", "note"])
def test_both_must_say_why(app: Flask, name: str) -> None:
    referral = cases.make_referral("closed")
    for by in (VOLUNTEER, CASEWORKER):
        with pytest.raises(Invalid) as refused:
            cases.do(referral, "reopen", by, **{name: None})
        assert set(refused.value.errors) == {name}


def test_the_office_must_say_what_it_does_next(app: Flask) -> None:
    referral = cases.make_referral("closed")
    with pytest.raises(Invalid) as refused:
        cases.do(referral, "reopen", CASEWORKER, next_action=None, next_action_on=None)
    assert set(refused.value.errors) == {"next_action", "next_action_on"}


@pytest.mark.parametrize("by", [VOLUNTEER, CASEWORKER])
def test_not_once_the_agreement_was_taken_back_or_has_run_out(app: Flask, by: people.Someone) -> None:
    taken_back = cases.make_referral("closed")
    with transaction():
        given = policy.standing(taken_back, policy.GROUP_TO_OFFICE, today())[0]
        actions.withdraw_consent(given, by=VOLUNTEER.viewer)
    run_out = cases.make_referral("closed", consent={"expires_on": today() + cases.timedelta(days=3)})
    with pytest.raises(Invalid) as refused:
        cases.do(taken_back, "reopen", by)
    assert set(refused.value.errors) == {"consent"}
    with clock_at(now() + cases.timedelta(days=4)), pytest.raises(Invalid) as refused:
        cases.do(run_out, "reopen", by, next_action_on=today() + cases.timedelta(days=2))
    assert set(refused.value.errors) == {"consent"}


@pytest.mark.parametrize("by", [VOLUNTEER, CASEWORKER])
def test_not_once_it_was_erased(app: Flask, by: people.Someone) -> None:
    referral = cases.make_referral("closed")
    with transaction():
        referral.destroy_key()
        referral.erased_at = now()
        cases.record("referral.erased", by=by.viewer, subject=("referral", referral.id))
    with pytest.raises(NotAllowed):
        cases.do(referral, "reopen", by)


def test_an_office_that_declined_may_until_it_reads_it_no_more(app: Flask) -> None:
    referral = cases.make_referral("declined")
    later = now() + cases.timedelta(days=40)
    with clock_at(later), pytest.raises(NotAllowed):
        cases.do(referral, "reopen", CASEWORKER, next_action_on=today())
    with clock_at(later):
        cases.do(referral, "reopen", VOLUNTEER)
        assert policy.may_read_words(referral, CASEWORKER.viewer)


@pytest.mark.parametrize("state", ["submitted", "in_progress", "outcome_recorded", "entered_in_error"])
def test_what_is_open_or_void_is_not_reopened(app: Flask, state: str) -> None:
    with pytest.raises(IllegalMove):
        cases.do(cases.make_referral(state), "reopen", VOLUNTEER)


def test_what_was_never_sent_has_nothing_to_reopen(app: Flask) -> None:
    referral = cases.make_draft()
    cases.do(referral, "withdraw", VOLUNTEER)
    with pytest.raises(IllegalMove):
        cases.do(referral, "reopen", VOLUNTEER)


def test_strangers_reopen_nothing(app: Flask) -> None:
    referral = cases.make_referral("closed")
    for by in (OTHER_MANAGER, people.OTHER_LEAD, people.SECOND_VOLUNTEER):
        with pytest.raises(NotFound):
            cases.do(referral, "reopen", by)


@pytest.mark.parametrize("by", [VOLUNTEER, MANAGER])
def test_it_does_not_come_back_to_somebody_who_has_left(app: Flask, by: people.Someone) -> None:
    referral = cases.make_referral("closed")
    with transaction():
        accounts.end_membership(CASEWORKER.membership_id, by=MANAGER.viewer)
    cases.do(referral, "reopen", by)
    assert referral.assignee_id == (MANAGER.id if by is MANAGER else None)


def test_the_group_does_not_send_it_to_an_office_that_has_closed(app: Flask) -> None:
    referral, returned = cases.make_referral("closed"), cases.make_referral("returned_with_advice")
    with transaction():
        office = db.session.get_one(Organisation, people.HAMMERSMITH.id)
        office.closed_on = today()
    for row, transition in ((referral, "reopen"), (returned, "resubmit")):
        with pytest.raises(Invalid) as refused:
            cases.do(row, transition, VOLUNTEER)
        assert set(refused.value.errors) == {"office"}


def test_only_the_office_that_has_it_reopens_what_was_handed_on(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    transfers.accept(transfers.offer(referral))
    cases.do(referral, "record_outcome", OTHER_CASEWORKER)
    cases.do(referral, "confirm_outcome", VOLUNTEER)
    with pytest.raises(NotFound):
        cases.do(referral, "reopen", CASEWORKER)
    cases.do(referral, "reopen", OTHER_CASEWORKER)
    assert db.session.get_one(Referral, referral.id).state == "in_progress"
