"""How much it takes to log a meeting: every tap and every letter of one with two follow-ups on a phone, counted."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests import people
from tests.browser.test_capture import A_LETTER, A_TAP, A_THOUGHT, Hand
from tests.engagement.log import make_contact
from tests.engagement.meetings import make_past_meeting
from tests.plugins.browser import PHONE, OpenPage

Be = Callable[[Page, people.Someone], None]
# How, about what, what for, the MP, what was given, what was agreed, and two follow-ups of three questions each.
QUESTIONS = 12
TWO_MINUTES = 120


@pytest.mark.only_on("sqlite")
def test_a_meeting_with_two_follow_ups_takes_less_than_two_minutes(
    app: Flask, address: str, be: Be, open_page: OpenPage
) -> None:
    make_contact(subject="An earlier one")
    page, hand = open_page(PHONE), Hand()
    be(page, people.LEAD)
    page.goto(f"{address}/referrals")
    hand.tap(page.get_by_role("button", name="Menu"))
    hand.tap(page.get_by_role("link", name="Your MP"))
    hand.tap(page.get_by_role("button", name="Log a contact"))
    hand.tap(page.get_by_role("radio", name="Meeting"))
    hand.write(page.get_by_label("What was it about?"), "Damp in the towers")
    hand.tap(page.get_by_role("checkbox", name="Working together"))
    hand.tap(page.get_by_role("checkbox", name="The MP in person"))
    hand.tap(page.get_by_role("checkbox", name="Advocacy"))
    hand.write(
        page.get_by_label("What was said and agreed?"), "The MP writes to the council about damp in all three towers"
    )
    # Who does it and by when are there already: the lead, in two weeks.
    first, second = (page.get_by_role("group", name=f"Follow-up {place}") for place in (1, 2))
    hand.write(first.get_by_label("What is to be done?"), "Send the list of flats")
    hand.write(second.get_by_label("What is to be done?"), "Send us the council’s answer")
    hand.choose(second.get_by_label("Who does it?"), "The MP’s office")
    hand.tap(page.get_by_role("button", name="Save"))
    expect(page.get_by_role("heading", name="Damp in the towers").first).to_be_visible()
    expect(page.get_by_text("Send us the council’s answer").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert (hand.taps, hand.letters) == (14, 127)
    assert hand.taps * A_TAP + hand.letters * A_LETTER + QUESTIONS * A_THOUGHT < TWO_MINUTES


@pytest.mark.only_on("sqlite")
def test_what_came_of_a_planned_meeting_takes_less_still(app: Flask, address: str, be: Be, open_page: OpenPage) -> None:
    make_past_meeting(subject="Damp in the towers")
    page, hand = open_page(PHONE), Hand()
    be(page, people.LEAD)
    page.goto(f"{address}/your-mp")
    hand.tap(page.get_by_role("link", name="Damp in the towers"))
    hand.tap(page.get_by_role("button", name="Log what came of it"))
    hand.write(
        page.get_by_label("What was said and agreed?"), "The MP writes to the council about damp in all three towers"
    )
    hand.tap(page.get_by_role("checkbox", name="Working together"))
    # How, about what, when and who was there are known.
    first, second = (page.get_by_role("group", name=f"Action {place}") for place in (1, 2))
    hand.write(first.get_by_label("What is to be done?"), "Send the list of flats")
    hand.write(second.get_by_label("What is to be done?"), "Send us the council’s answer")
    hand.choose(second.get_by_label("Who does it?"), "The MP’s office")
    hand.tap(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("Send us the council’s answer").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert (hand.taps, hand.letters) == (9, 109)
    assert hand.taps * A_TAP + hand.letters * A_LETTER + QUESTIONS * A_THOUGHT < TWO_MINUTES
