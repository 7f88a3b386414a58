"""How much it takes to record an outcome: every tap and every letter of a result with a regular payment, counted."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from referrals.foundation.database import db
from tests import people
from tests.casework.cases import make_referral
from tests.plugins.browser import PHONE, OpenPage

Be = Callable[[Page, people.Someone], None]
# Seconds of a practised person by the keystroke-level model of Card, Moran and Newell: pointing and pressing, a letter
# of an average typist, and making up one's mind, which is counted once for each of the seven questions.
A_TAP, A_LETTER, A_THOUGHT = 1.1 + 0.2, 0.28, 1.35
QUESTIONS = 7


class Hand:
    """Does what a person does and counts it."""

    def __init__(self) -> None:
        self.taps = self.letters = 0

    def tap(self, place: Locator) -> None:
        """One tap."""
        place.click()
        self.taps += 1

    def choose(self, place: Locator, label: str) -> None:
        """One to open the list and one to choose."""
        place.select_option(label=label)
        self.taps += 2

    def write(self, place: Locator, text: str) -> None:
        """One to get there, and each letter."""
        place.click()
        place.press_sequentially(text)
        self.taps += 1
        self.letters += len(text)

    @property
    def seconds(self) -> float:
        """What it takes by the model."""
        return self.taps * A_TAP + self.letters * A_LETTER + QUESTIONS * A_THOUGHT


@pytest.mark.only_on("sqlite")
def test_a_result_with_a_payment_takes_less_than_a_minute(
    app: Flask, address: str, be: Be, open_page: OpenPage
) -> None:
    reference = make_referral("in_progress").reference
    db.session.close()
    page, hand = open_page(PHONE), Hand()
    be(page, people.CASEWORKER)
    page.goto(f"{address}/referrals/{reference}/record-outcome")
    hand.tap(page.get_by_role("radio", name="Resolved in full"))
    hand.tap(page.get_by_role("checkbox", name="New award of a benefit"))
    row = page.get_by_role("group", name="Amount 1", exact=True)
    hand.choose(row.get_by_label("Kind of money"), "Regular payment")
    hand.write(row.get_by_label("Amount", exact=True), "84.20")
    hand.choose(row.get_by_label("How often"), "Every week")
    # It is said while it is typed, and nothing was sent for it.
    expect(row.get_by_text("£84.20 every week is £4,378.40 a year")).to_be_visible()
    hand.choose(row.get_by_label("How sure is it?"), "Confirmed")
    hand.choose(row.get_by_label("Evidence"), "Decision or award letter")
    for part, value in (("Day", "2"), ("Month", "3"), ("Year", "2026")):
        hand.write(row.get_by_label(part), value)
    hand.tap(page.get_by_role("radio", name="Decisive"))
    hand.tap(page.get_by_role("group", name="Do you hold evidence of this?").get_by_role("radio", name="Yes"))
    hand.write(page.get_by_label("The result in your words"), "Awarded from the day of the claim, paid weekly")
    hand.tap(page.get_by_role("button", name="Record the outcome").last)
    expect(page.get_by_text("£4,378.40 in a year")).to_be_visible()
    assert (hand.taps, hand.letters) == (18, 57)
    assert hand.seconds < 60
