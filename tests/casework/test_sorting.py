"""The facets of a case: given when it is accepted, changed later, and never so that a resident disappears from it."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework import actions, policy
from referrals.casework.models import Referral
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from tests import people
from tests.casework.cases import do, make_referral


def sort(referral: Referral, by: people.Someone = people.CASEWORKER, version: int | None = None, **given: Any) -> None:
    known = {name: getattr(referral, name) for name in ("category", "issue_type", "sensitivity", "transferability")}
    with transaction():
        actions.sort_again(referral, {**known, **given}, by=by.viewer, version=version)


def events(referral: Referral) -> list[dict[str, Any]]:
    query = select(AuditEntry.facts).where(AuditEntry.subject_id == referral.id, AuditEntry.action == "referral.sorted")
    return [dict(facts) for facts in db.session.scalars(query)]


def test_the_office_sets_the_facets_when_it_accepts(app: Flask) -> None:
    referral = make_referral("submitted")
    do(referral, "accept", people.CASEWORKER, sensitivity="sensitive", transferability="do_not_transfer")
    assert (referral.sensitivity, referral.transferability) == ("sensitive", "do_not_transfer")


def test_they_can_be_left_out(app: Flask) -> None:
    referral = make_referral("accepted")
    assert (referral.sensitivity, referral.transferability) == (None, None)


def test_what_is_changed_later_leaves_one_event_with_codes_only(app: Flask) -> None:
    referral = make_referral("in_progress")
    sort(referral, sensitivity="highly_sensitive", transferability="return_to_group")
    found = {
        "category": "welfare",
        "issue_type": "disability_benefit",
        "sensitivity": "highly_sensitive",
        "transferability": "return_to_group",
    }
    assert events(referral) == [found]
    sort(referral)
    assert events(referral) == [found], "the same again is no change"


def test_a_type_stays_only_with_its_category(app: Flask) -> None:
    referral = make_referral("in_progress")
    with pytest.raises(Invalid) as refused:
        sort(referral, category="housing")
    assert list(refused.value.errors) == ["issue_type"]
    sort(referral, category="housing", issue_type=None)
    assert (referral.category, referral.issue_type) == ("housing", None)
    sort(referral, issue_type="damp_and_mould")
    sort(referral, issue_type=None)
    assert referral.issue_type == "damp_and_mould"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"category": None}, "category"),
        ({"category": "gibberish"}, "category"),
        ({"issue_type": "gibberish"}, "issue_type"),
        ({"sensitivity": "gibberish"}, "sensitivity"),
        ({"transferability": "gibberish"}, "transferability"),
    ],
)
def test_a_code_that_is_on_no_list_is_refused(app: Flask, given: dict[str, Any], field: str) -> None:
    referral = make_referral("in_progress")
    with pytest.raises(Invalid) as refused:
        sort(referral, **given)
    assert list(refused.value.errors) == [field]


def test_what_is_about_a_resident_never_becomes_a_request_without_one(app: Flask) -> None:
    referral = make_referral("in_progress")
    with pytest.raises(Invalid):
        sort(referral, category="other", issue_type=policy.REQUEST_FOR_ADVICE)
    new = make_referral("submitted")
    with pytest.raises(Invalid) as refused:
        do(new, "accept", people.CASEWORKER, category="other", issue_type=policy.REQUEST_FOR_ADVICE)
    assert list(refused.value.errors) == ["issue_type"]


@pytest.mark.parametrize(
    ("by", "error"),
    [
        (people.VOLUNTEER, NotAllowed),
        (people.OTHER_CASEWORKER, NotFound),
        (people.COORDINATOR, NotFound),
    ],
    ids=["group", "another office", "coordinator"],
)
def test_nobody_else_sorts_it(app: Flask, by: people.Someone, error: type[Exception]) -> None:
    referral = make_referral("in_progress")
    with pytest.raises(error):
        sort(referral, by, sensitivity="sensitive")


def test_it_is_sorted_while_it_is_open_and_by_who_saw_it_last(app: Flask) -> None:
    with pytest.raises(IllegalMove):
        sort(make_referral("closed"), sensitivity="sensitive")
    referral = make_referral("in_progress")
    seen = referral.version
    sort(referral, sensitivity="sensitive", version=seen)
    with pytest.raises(Stale):
        sort(referral, sensitivity="standard", version=seen)
