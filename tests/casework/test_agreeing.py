"""Consents: recorded, approved and taken back, each by the side whose it is."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from referrals.casework import actions, policy, queries
from referrals.casework.actions import Agreement
from referrals.casework.models import Consent, Referral
from referrals.foundation.clock import today
from referrals.foundation.database import transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound
from tests import people
from tests.casework import cases, mail
from tests.people import CASEWORKER, LEAD, OTHER_LEAD, VOLUNTEER


def agree(referral: Referral, by: people.Someone = VOLUNTEER, **changes: Any) -> Consent:
    values = {"kind": "group_to_office", "given_by": "resident", "method": "signed", "given_on": today()} | changes
    with transaction():
        return actions.record_consent(referral, Agreement(**values), by=by.viewer)


def test_an_agreement_makes_sending_possible(app: Flask) -> None:
    referral = cases.make_draft(consent=False)
    consent = agree(referral, note="She signed at the kitchen table")
    assert consent.to_organisation_id == referral.office_id
    assert consent.wording_version
    assert consent.note == "She signed at the kitchen table"
    assert b"kitchen" not in (consent.note_sealed or b"")
    agree(referral, kind="office_to_group", scope="outcome")
    cases.do(referral, "submit", VOLUNTEER)


def test_another_ground_waits_for_a_lead(app: Flask) -> None:
    referral = cases.make_draft(consent=False)
    consent = agree(referral, ground="cannot_be_given", given_by="nobody")
    assert mail.told("ConsentApprovalAsked") == {LEAD}
    assert policy.sending_fault(referral, today()) == policy.APPROVAL_MESSAGE
    with pytest.raises(NotAllowed), transaction():
        actions.approve_consent(consent, by=VOLUNTEER.viewer)
    with pytest.raises(NotFound), transaction():
        actions.approve_consent(consent, by=OTHER_LEAD.viewer)
    with transaction():
        actions.approve_consent(consent, by=LEAD.viewer)
    assert consent.approved_by_id == LEAD.id
    with pytest.raises(IllegalMove), transaction():
        actions.approve_consent(consent, by=LEAD.viewer)
    cases.do(referral, "submit", VOLUNTEER)


def test_taking_it_back_tells_the_other_side_and_counts_at_once(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    consent = policy.standing(referral, policy.GROUP_TO_OFFICE, today())[0]
    with transaction():
        actions.withdraw_consent(consent, by=VOLUNTEER.viewer)
    assert mail.told("ConsentWithdrawn") == {CASEWORKER}
    assert not policy.may_go_on(referral)
    with pytest.raises(NotAllowed), transaction():
        actions.write_note(referral, "One more thing", shared=True, by=VOLUNTEER.viewer)
    with pytest.raises(IllegalMove), transaction():
        actions.withdraw_consent(consent, by=VOLUNTEER.viewer)
    agree(referral)
    assert policy.may_go_on(referral)


def test_each_side_asks_for_its_own(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    with pytest.raises(IllegalMove):
        agree(referral, CASEWORKER)
    with pytest.raises(IllegalMove):
        agree(referral, VOLUNTEER, kind="agency")
    consent = agree(referral, CASEWORKER, kind="office_to_group", scope="status")
    assert consent.to_organisation_id == referral.group_id
    assert policy.told_to_group(referral, today()) == "status"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"method": "telepathy"}, "method"),
        ({"given_by": "dog"}, "given_by"),
        ({"ground": "because"}, "ground"),
        ({"given_on": today() + timedelta(days=1)}, "given_on"),
        ({"expires_on": today() - timedelta(days=1)}, "expires_on"),
        ({"kind": "office_to_group", "scope": "everything"}, "scope"),
        ({"kind": "office_to_group"}, "scope"),
    ],
)
def test_a_fault_has_its_field(app: Flask, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        agree(cases.make_draft(), **changes)
    assert set(refused.value.errors) == {field}


def test_an_agency_is_one_we_know(app: Flask) -> None:
    with pytest.raises(Invalid) as refused:
        agree(cases.make_referral("accepted"), CASEWORKER, kind="agency", agency_id=people.EALING.id)
    assert set(refused.value.errors) == {"agency_id"}


def test_a_consent_is_found_by_who_sees_the_referral(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    consent = referral.consents[0]
    for person in people.EVERYBODY:
        if policy.may_see(referral, person.viewer):
            assert queries.consent(consent.id, person.viewer).id == consent.id
            continue
        with pytest.raises(NotFound):
            queries.consent(consent.id, person.viewer)
        with pytest.raises((NotFound, NotAllowed)), transaction():
            actions.withdraw_consent(consent, by=person.viewer)
