"""Who sees what: the rule for one row and the condition in SQL say the same, for everybody and every referral."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework import policy, queries
from referrals.casework.models import Referral
from referrals.casework.queries.visible import visible_to
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import Invalid, NotFound
from referrals.foundation.sealing import KeyDestroyed
from tests import people
from tests.casework import cases
from tests.people import CASEWORKER, LEAD, MANAGER, OTHER_LEAD, SECOND_VOLUNTEER, VOLUNTEER

GROUP_EYES = {VOLUNTEER, LEAD}
OFFICE_EYES = {CASEWORKER, people.SECOND_CASEWORKER, MANAGER}


def who_sees(referral: Referral) -> set[people.Someone]:
    """Everybody who can come across the referral, by the rule and by SQL."""
    by_rule = {person for person in people.EVERYBODY if policy.may_see(referral, person.viewer)}
    by_sql = {
        person
        for person in people.EVERYBODY
        if db.session.scalar(select(Referral.id).where(Referral.id == referral.id, visible_to(person.viewer)))
    }
    assert by_rule == by_sql
    return by_rule


def test_a_draft_is_the_groups_own(app: Flask) -> None:
    assert who_sees(cases.make_draft()) == GROUP_EYES


def test_once_sent_the_office_sees_it_too(app: Flask) -> None:
    assert who_sees(cases.make_referral("submitted")) == GROUP_EYES | OFFICE_EYES


def test_who_sent_it_for_another_sees_it(app: Flask) -> None:
    referral = cases.make_draft(SECOND_VOLUNTEER)
    cases.do(referral, "submit", LEAD)
    assert who_sees(referral) == {SECOND_VOLUNTEER, LEAD} | OFFICE_EYES


def test_a_draft_that_was_withdrawn_never_reaches_the_office(app: Flask) -> None:
    referral = cases.make_draft()
    cases.do(referral, "withdraw", VOLUNTEER)
    assert who_sees(referral) == GROUP_EYES


def test_a_complaint_about_the_trusted_body_is_hidden_from_its_people(app: Flask) -> None:
    referral = cases.make_referral("submitted", trusted_body_conflict=True)
    assert who_sees(referral) == {VOLUNTEER} | OFFICE_EYES
    own = cases.make_draft(LEAD, trusted_body_conflict=True)
    assert who_sees(own) == {LEAD}


def test_a_stranger_gets_the_answer_of_nothing(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    assert referral.reference
    for person in GROUP_EYES | OFFICE_EYES:
        assert queries.referral(referral.reference.lower(), person.viewer).id == referral.id
    for person in set(people.EVERYBODY) - GROUP_EYES - OFFICE_EYES:
        for asked in (referral.reference, referral.id, "R-2222-222", "nonsense", "R-\x00"):
            with pytest.raises(NotFound) as refused:
                queries.referral(asked, person.viewer)
            assert str(refused.value) == NotFound.message


def test_an_office_reads_what_it_declined_for_thirty_days(app: Flask) -> None:
    with clock_at(datetime(2026, 3, 1, 12, 0, tzinfo=UTC)):
        referral = cases.make_referral("declined")
        ended = now()
    with clock_at(ended + timedelta(days=30)):
        assert queries.referral(referral.id, CASEWORKER.viewer).story == cases.STORY
    with clock_at(ended + timedelta(days=31)):
        shown = queries.referral(referral.id, CASEWORKER.viewer)
        assert (shown.story, shown.summary, shown.resident and shown.resident.name) == (None, None, None)
        assert [entry.words for entry in queries.timeline(shown, CASEWORKER.viewer) if entry.words] == []
        assert queries.queue(CASEWORKER.viewer, "ended").rows[0].summary is None
        assert policy.available_moves(shown, CASEWORKER.viewer) == []
        assert queries.referral(referral.id, VOLUNTEER.viewer).story == cases.STORY


def test_closed_words_are_never_given_a_second_key(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    referral.words_closed = True
    with pytest.raises(KeyDestroyed):
        referral.summary = "Something new"
    referral.words_closed = False
    assert referral.summary == "Nine months without a payment"


def test_an_office_reads_nothing_of_a_mistake(app: Flask) -> None:
    referral = cases.make_referral("entered_in_error")
    assert queries.referral(referral.id, MANAGER.viewer).story is None
    assert queries.referral(referral.id, LEAD.viewer).story == cases.STORY


@pytest.mark.parametrize(
    ("agreement", "changes", "fault"),
    [
        (False, {}, policy.NO_CONSENT_MESSAGE),
        ({"to_organisation_id": people.EALING.id}, {}, policy.NO_CONSENT_MESSAGE),
        ({"withdrawn_at": now()}, {}, policy.WITHDRAWN_MESSAGE),
        (
            {"given_on": today() - timedelta(days=9), "expires_on": today() - timedelta(days=1)},
            {},
            policy.WITHDRAWN_MESSAGE,
        ),
        ({"covers_health": False}, {"category": "health", "issue_type": "treatment_delay"}, policy.HEALTH_MESSAGE),
        ({"ground": "cannot_be_given", "given_by": "nobody"}, {}, policy.APPROVAL_MESSAGE),
        ({}, {}, None),
        ({"covers_health": False}, {}, None),
        ({"expires_on": today()}, {}, None),
        ({"ground": "cannot_be_given", "approved_at": now(), "approved_by_id": LEAD.id}, {}, None),
    ],
)
def test_nothing_is_sent_without_a_valid_agreement(
    app: Flask, agreement: dict[str, object] | bool, changes: dict[str, str], fault: str | None
) -> None:
    referral = cases.make_draft(consent=agreement, **changes)
    assert policy.sending_fault(referral, today()) == fault
    if fault is None:
        cases.do(referral, "submit", VOLUNTEER)
    else:
        with pytest.raises(Invalid):
            cases.do(referral, "submit", VOLUNTEER)


def test_a_newer_agreement_mends_an_old_one(app: Flask) -> None:
    referral = cases.make_draft(consent={"withdrawn_at": now()})
    with transaction():
        cases.give_consent(referral)
        cases.record("referral.draft_saved", by=VOLUNTEER.viewer, subject=("referral", referral.id))
    assert policy.sending_fault(referral, today()) is None


def test_a_taken_back_agreement_leaves_only_what_ends_it(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    with transaction():
        for consent in policy.standing(referral, policy.GROUP_TO_OFFICE, today()):
            consent.withdrawn_at = now()
        cases.record("consent.withdrawn", by=VOLUNTEER.viewer, subject=("referral", referral.id))
    assert [row.name for row in policy.available_moves(referral, VOLUNTEER.viewer)] == ["withdraw"]
    assert [row.name for row in policy.available_moves(referral, MANAGER.viewer)] == ["assign", "withdraw"]
    with pytest.raises(Invalid) as refused:
        cases.do(referral, "record_outcome", CASEWORKER)
    assert refused.value.errors == {"consent": policy.WITHDRAWN_MESSAGE}
    cases.do(referral, "withdraw", VOLUNTEER, reason="consent_withdrawn")


@pytest.mark.parametrize("told", policy.SCOPES)
def test_the_group_hears_as_much_as_the_resident_agreed_to(app: Flask, told: str) -> None:
    referral = cases.make_referral("outcome_recorded", told=told)
    level = policy.SCOPES.index(told)
    assert (queries.outcome_of(referral, VOLUNTEER.viewer) is not None) == (level >= 2)
    moves = {row.name for row in policy.available_moves(referral, VOLUNTEER.viewer)}
    assert ("confirm_outcome" in moves) == (level >= 2)
    words = [text for entry in queries.timeline(referral, VOLUNTEER.viewer) for _, text in entry.words]
    assert ("Write to the department" in words) == (level >= 1)
    assert ("The benefit was awarded" in words) == (level >= 2)
    assert queries.outcome_of(referral, CASEWORKER.viewer) is not None


def test_another_group_never_learns_of_it(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    assert not policy.may_read_words(referral, OTHER_LEAD.viewer)
    for read in (queries.timeline, queries.strip, queries.outcome_of, queries.notes, queries.consents_of):
        with pytest.raises(NotFound):
            read(referral, OTHER_LEAD.viewer)
