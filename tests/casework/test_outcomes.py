"""Outcomes: the office's claim in codes and money, and the group's answer to it."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from referrals.casework import queries
from referrals.casework.actions import money
from referrals.casework.models import Outcome, Referral
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid
from tests.casework import cases
from tests.people import CASEWORKER, LEAD, VOLUNTEER

POUNDS = st.decimals(min_value="0.01", max_value="10000000", places=2)


def row(**changes: Any) -> dict[str, Any]:
    """A good row of money, changed."""
    return {
        "kind": "one_off",
        "amount": "250",
        "basis": "confirmed",
        "evidence": "decision_letter",
        "happened_on": today(),
    } | changes


def outcome_of(referral: Referral) -> Outcome:
    found = queries.outcome_of(referral, CASEWORKER.viewer)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("frequency", "annual"),
    [
        ("weekly", "5644.60"),
        ("fortnightly", "2822.30"),
        ("four_weekly", "1411.15"),
        ("monthly", "1302.60"),
        ("yearly", "108.55"),
    ],
)
def test_a_recurring_sum_is_counted_over_52_weeks_or_12_months(frequency: str, annual: str) -> None:
    assert money.annualised(Decimal("108.55"), frequency) == Decimal(annual)


@given(POUNDS, st.sampled_from(sorted(money.PAYMENTS_A_YEAR)))
def test_a_year_is_exact_to_the_penny(amount: Decimal, frequency: str) -> None:
    annual = money.annualised(amount, frequency)
    assert annual == annual.quantize(Decimal("0.01"))
    assert annual / amount == money.PAYMENTS_A_YEAR[frequency]


@given(POUNDS)
def test_an_amount_is_read_as_it_is_typed(amount: Decimal) -> None:
    for typed in (amount, str(amount), f"£{amount:,}", f" {amount} "):
        (found,) = money.checked([row(amount=typed)])
        assert found.amount == amount
        assert found.annual_amount is None


@given(st.text(max_size=20))
def test_no_amount_breaks_it(typed: str) -> None:
    with suppress(Invalid):
        (found,) = money.checked([row(amount=typed)])
        assert 0 < found.amount <= money.LARGEST


@pytest.mark.parametrize("amount", ["0", "-5", "0.001", "1e9", "NaN", "Infinity", "", None, "ten", "10000000.01"])
def test_no_sum_that_cannot_be(amount: Any) -> None:
    with pytest.raises(Invalid) as refused:
        money.checked([{}, row(amount=amount)])
    assert set(refused.value.errors) == {"money-1-amount"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "gold"}, "kind"),
        ({"kind": "recurring"}, "frequency"),
        ({"kind": "recurring", "frequency": "hourly"}, "frequency"),
        ({"basis": None}, "basis"),
        ({"evidence": "hearsay"}, "evidence"),
        ({"happened_on": "2026-02-30"}, "happened_on"),
        ({"happened_on": date(1999, 12, 31)}, "happened_on"),
        ({"happened_on": today() + timedelta(days=1)}, "happened_on"),
    ],
)
def test_each_fault_has_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        money.checked([row(**changes)])
    assert set(refused.value.errors) == {f"money-0-{field}"}


@pytest.mark.parametrize("rows", ["money", [1], {"kind": "one_off"}, [[]], [row()] * 21])
def test_rows_that_are_none(rows: Any) -> None:
    with pytest.raises(Invalid) as refused:
        money.checked(rows)
    assert set(refused.value.errors) == {"money"}


def test_empty_rows_are_left_out() -> None:
    assert money.checked([{}, {"kind": "", "amount": ""}]) == []
    assert len(money.checked([{}, row(), {}])) == 1


def test_a_frequency_is_for_recurring_sums_only() -> None:
    (found,) = money.checked([row(frequency="weekly")])
    assert (found.frequency, found.annual_amount) == (None, None)


def test_the_claim_of_the_reference_case(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    rows = [
        row(kind="recurring", amount="108.55", frequency="weekly"),
        row(kind="debt_written_off", amount="1,200", basis="predicted"),
    ]
    codes = ["assessment_appointment_obtained", "new_award", "discretionary_help"]
    cases.do(referral, "record_outcome", CASEWORKER, codes=codes, money=rows)
    db.session.expire_all()
    outcome = outcome_of(referral)
    assert [code.code for code in outcome.codes] == codes
    assert [(sum_.kind, sum_.amount, sum_.annual_amount) for sum_ in outcome.money] == [
        ("recurring", Decimal("108.55"), Decimal("5644.60")),
        ("debt_written_off", Decimal(1200), None),
    ]
    assert (outcome.standing, outcome.evidenced, outcome.words) == ("claimed", True, "The benefit was awarded")


def test_codes_are_of_the_list_whatever_the_category(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    for codes in (["nonsense"], ["new_award", "\x00"], "new_award"):
        with pytest.raises(Invalid) as refused:
            cases.do(referral, "record_outcome", CASEWORKER, codes=codes)
        assert set(refused.value.errors) == {"codes"}
    cases.do(referral, "record_outcome", CASEWORKER, codes=["assessment_appointment_obtained", "new_award"])


def test_resolved_is_said_with_what_came_of_it(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    with pytest.raises(Invalid) as refused:
        cases.do(referral, "record_outcome", CASEWORKER, codes=[])
    assert set(refused.value.errors) == {"codes"}
    cases.do(referral, "record_outcome", CASEWORKER, resolution="not_resolved", codes=[], money=[])


@pytest.mark.parametrize(("agreed", "standing"), [("yes", "confirmed"), ("partly", "confirmed"), ("no", "disputed")])
def test_the_group_answers_with_the_resident(app: Flask, agreed: str, standing: str) -> None:
    referral = cases.make_referral("outcome_recorded")
    cases.do(referral, "confirm_outcome", LEAD, agreed=agreed, is_solved="partly")
    outcome = outcome_of(referral)
    assert (outcome.agreed, outcome.standing) == (agreed, standing)
    assert (outcome.helped_forward, outcome.is_solved, outcome.less_worried) == ("not_asked", "partly", "not_asked")
    assert outcome.answered_by_id == LEAD.id


def test_a_later_claim_replaces_the_one_in_dispute_and_keeps_it(app: Flask) -> None:
    referral = cases.make_referral("outcome_recorded")
    cases.do(referral, "dispute_outcome", VOLUNTEER)
    assert outcome_of(referral).standing == "disputed"
    cases.do(referral, "record_outcome", CASEWORKER, summary="Paid on Tuesday")
    outcome = outcome_of(referral)
    assert (outcome.standing, outcome.words) == ("claimed", "Paid on Tuesday")
    every = db.session.scalars(select(Outcome).where(Outcome.referral_id == referral.id)).all()
    assert sorted((one.standing, one.superseded_at is None) for one in every) == [
        ("claimed", True),
        ("disputed", False),
    ]


def test_closed_without_an_answer_is_not_confirmed(app: Flask) -> None:
    referral = cases.make_referral("outcome_recorded")
    cases.do(referral, "close", CASEWORKER)
    assert outcome_of(referral).standing == "unanswered"
