"""Telling: after each transition the right people have a neutral message, and who did it has none."""

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.accounts.models import Person
from referrals.casework.actions import mark_news_seen, open_referral
from referrals.casework.policy import SCOPES
from referrals.casework.queries import bulletin
from referrals.foundation.clock import now
from referrals.foundation.database import db, transaction
from referrals.notifications.models import OutboxMessage
from tests import people
from tests.casework import cases, mail
from tests.casework.test_agreeing import agree
from tests.people import CASEWORKER, LEAD, MANAGER, SECOND_CASEWORKER, VOLUNTEER

OFFICE = {CASEWORKER, SECOND_CASEWORKER, MANAGER}


@pytest.mark.parametrize(
    ("state", "transition", "by", "message", "to"),
    [
        ("draft", "submit", VOLUNTEER, "ReferralSubmitted", OFFICE),
        ("submitted", "accept", CASEWORKER, "ReferralAccepted", {VOLUNTEER}),
        ("submitted", "decline", CASEWORKER, "ReferralDeclined", {VOLUNTEER}),
        ("submitted", "return_with_advice", MANAGER, "ReferralReturned", {VOLUNTEER}),
        ("submitted", "request_information", MANAGER, "InformationRequested", {VOLUNTEER}),
        ("information_requested", "provide_information", LEAD, "InformationProvided", OFFICE),
        ("accepted", "start", CASEWORKER, "ReferralStarted", {VOLUNTEER}),
        ("in_progress", "hold", CASEWORKER, "ReferralHeld", {VOLUNTEER}),
        ("on_hold", "resume", CASEWORKER, "ReferralResumed", {VOLUNTEER}),
        ("in_progress", "record_outcome", CASEWORKER, "OutcomeRecorded", {VOLUNTEER}),
        ("outcome_recorded", "confirm_outcome", VOLUNTEER, "OutcomeConfirmed", {CASEWORKER}),
        ("outcome_recorded", "dispute_outcome", VOLUNTEER, "OutcomeDisputed", {CASEWORKER}),
        ("outcome_recorded", "close", CASEWORKER, "ReferralClosed", {VOLUNTEER}),
        ("in_progress", "withdraw", LEAD, "ReferralWithdrawn", {CASEWORKER}),
        ("in_progress", "withdraw", MANAGER, "ReferralWithdrawn", {VOLUNTEER}),
        ("closed", "reopen", VOLUNTEER, "ReferralReopened", {CASEWORKER}),
        ("closed", "reopen", MANAGER, "ReferralReopened", {VOLUNTEER}),
        ("submitted", "mark_entered_in_error", VOLUNTEER, "ReferralEnteredInError", OFFICE),
        ("draft", "withdraw", VOLUNTEER, "ReferralWithdrawn", set()),
    ],
)
def test_who_hears_of_what(
    app: Flask, state: str, transition: str, by: people.Someone, message: str, to: set[people.Someone]
) -> None:
    referral = cases.make_referral(state)
    mail.forget()
    cases.do(referral, transition, by)
    assert mail.told(message) == to


@pytest.mark.parametrize(
    ("state", "transition", "message", "needed"),
    [
        ("submitted", "accept", "ReferralAccepted", "status"),
        ("accepted", "start", "ReferralStarted", "status"),
        ("in_progress", "hold", "ReferralHeld", "status"),
        ("on_hold", "resume", "ReferralResumed", "status"),
        ("in_progress", "record_outcome", "OutcomeRecorded", "outcome"),
        # What asks something of the group, or ends it, is told all the same.
        ("submitted", "request_information", "InformationRequested", "none"),
        ("submitted", "decline", "ReferralDeclined", "none"),
        ("outcome_recorded", "close", "ReferralClosed", "none"),
    ],
)
def test_a_group_hears_as_much_as_the_resident_agreed_to(
    app: Flask, state: str, transition: str, message: str, needed: str
) -> None:
    for scope in SCOPES:
        referral = cases.make_referral(state)
        agree(referral, CASEWORKER, kind="office_to_group", scope=scope)
        mail.forget()
        cases.do(referral, transition, CASEWORKER)
        heard = SCOPES.index(scope) >= SCOPES.index(needed)
        assert mail.told(message) == ({VOLUNTEER} if heard else set()), scope
        news = [one.code for item in bulletin(VOLUNTEER.viewer).news for one in item.happened]
        assert (transition in news) is heard, scope
        with transaction():
            mark_news_seen(now(), by=VOLUNTEER.viewer)


def test_it_does_not_even_hear_that_it_was_opened(app: Flask) -> None:
    referral = cases.make_draft()
    agree(referral, VOLUNTEER, kind="office_to_group", scope="none")
    cases.do(referral, "submit", VOLUNTEER)
    with transaction():
        open_referral(referral.id, by=CASEWORKER.viewer)
    assert mail.told("ReferralSeen") == set()


def test_the_new_assignee_hears_of_it_unless_they_took_it(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    cases.do(referral, "assign", CASEWORKER)
    assert mail.told("ReferralAssigned") == set()
    cases.do(referral, "assign", MANAGER, assignee=SECOND_CASEWORKER.id)
    assert mail.told("ReferralAssigned") == {SECOND_CASEWORKER}


def test_who_sent_it_for_a_colleague_hears_too_and_who_left_does_not(app: Flask) -> None:
    referral = cases.make_draft(people.SECOND_VOLUNTEER)
    cases.do(referral, "submit", LEAD)
    cases.do(referral, "accept", CASEWORKER)
    assert mail.told("ReferralAccepted") == {people.SECOND_VOLUNTEER, LEAD}
    with transaction() as session:
        session.get_one(Person, LEAD.id).disabled_at = cases.clock.now()
        cases.record("person.disabled", by=LEAD.viewer, subject=("person", LEAD.id))
    cases.do(referral, "start", CASEWORKER)
    assert mail.told("ReferralStarted") == {people.SECOND_VOLUNTEER}


def test_a_message_names_nothing_but_the_reference(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    messages = db.session.scalars(select(OutboxMessage)).all()
    assert len(messages) >= 2
    for message in messages:
        assert message.params == f'{{"path":"/referrals/{referral.reference}","reference":"{referral.reference}"}}'


def test_an_undone_change_tells_nobody(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    mail.forget()

    def fails_afterwards() -> None:
        cases.move(referral, "decline", CASEWORKER)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction():
        fails_afterwards()
    assert mail.told("ReferralDeclined") == set()
