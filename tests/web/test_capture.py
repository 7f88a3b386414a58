"""Recording an outcome quickly: what is offered first, and what a regular payment comes to in a year."""

import json
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from referrals.casework import actions
from referrals.casework.actions.money import PAYMENTS_A_YEAR
from referrals.casework.suggesting import MOST_SUGGESTED, suggested_outcomes
from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.foundation.database import transaction
from tests.casework import cases
from tests.markup import faults, read
from tests.people import CASEWORKER
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def offered_first(page: str) -> list[str]:
    """The values of the boxes that stand before "All other results"."""
    before, _, _ = page.partition("All other results")
    return [
        one.get("value", "")
        for one in read(before).elements
        if one.get("type") == "checkbox" and (one.get("name") or "").startswith("codes_")
    ]


def test_every_outcome_says_when_it_applies_and_when_not() -> None:
    for item in lists.items("outcomes"):
        assert item.hint, item.code
        assert item.hint.startswith("Use "), item.code
    for name in ("resolutions", "contributions", "money_kinds", "money_bases"):
        assert all(item.hint for item in lists.items(name)), name


@pytest.mark.parametrize(
    ("category", "issue_type", "happened", "first"),
    [
        ("welfare", "disability_benefit", set(), "new_award"),
        ("welfare", "disability_benefit", {"benefit_awarded"}, "new_award"),
        ("welfare", "sanction", {"reconsideration_asked"}, "changed_at_mandatory_reconsideration"),
        ("housing", "repairs", {"repair_finished"}, "repairs_or_damp_fixed"),
        ("other", "tax", {"answered_in_full"}, "explanation_obtained"),
    ],
)
def test_what_happened_and_the_type_decide(category: str, issue_type: str, happened: set[str], first: str) -> None:
    found = suggested_outcomes(category, issue_type, happened)
    assert found[0] == first
    assert len(found) == len(set(found)) == MOST_SUGGESTED


def test_something_is_offered_for_every_type_of_issue() -> None:
    for item in lists.items("issue_types"):
        assert suggested_outcomes(item.parent, item.code, set()), item.code
    assert suggested_outcomes(None, None, set())


def test_the_likeliest_stand_first_and_each_code_stands_once(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("in_progress")
    address = f"/referrals/{referral.reference}/record-outcome"
    assert "arrears_paid" in offered_first(visit(CASEWORKER).get(address).text)
    with transaction():
        actions.record_milestone(referral, "hearing_held", today(), by=CASEWORKER.viewer)
    page = visit(CASEWORKER).get(address).text
    assert faults(page) == []
    assert offered_first(page)[:6].count("changed_at_appeal") == 1
    every = [one.get("value") for one in read(page).elements if (one.get("name") or "").startswith("codes_")]
    assert sorted(every) == sorted(item.code for item in lists.current("outcomes"))
    ids = [one.get("id") for one in read(page).elements if one.get("id")]
    assert len(ids) == len(set(ids))


def test_the_page_brings_the_figures_a_year_is_counted_with(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("in_progress")
    page = visit(CASEWORKER).get(f"/referrals/{referral.reference}/record-outcome").text
    [group] = [one for one in read(page).elements if one.get("data-app-payments")]
    assert json.loads(unescape(group.get("data-app-payments"))) == PAYMENTS_A_YEAR


@pytest.mark.parametrize(
    ("frequency", "says"),
    [
        ("weekly", "£84.20 every week is £4,378.40 a year"),
        ("four_weekly", "£84.20 every 4 weeks is £1,094.60 a year"),
        ("monthly", "£84.20 every month is £1,010.40 a year"),
    ],
)
def test_without_a_script_the_server_says_what_it_is_in_a_year(
    app: Flask, visit: Visit, frequency: str, says: str
) -> None:
    referral = cases.make_referral("in_progress")
    address = f"/referrals/{referral.reference}/record-outcome"
    row = {"money-0-kind": "recurring", "money-0-amount": "84.20", "money-0-frequency": frequency}
    asked = visit(CASEWORKER).post(address, {**row, "year": "yes"})
    assert asked.status_code == 200
    assert says in asked.text
    wrong = visit(CASEWORKER).post(address, row)
    assert wrong.status_code == 422
    assert says in wrong.text
    once = visit(CASEWORKER).post(address, {**row, "money-0-kind": "one_off", "year": "yes"})
    assert says not in once.text
