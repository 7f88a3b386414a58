"""Moving on in a real browser: a referral goes to another office, and a leaver's work to colleagues."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from referrals.foundation.database import db
from tests import people
from tests.browser.hands import choose_action, follow, press
from tests.casework.cases import NAME, make_referral
from tests.plugins.browser import DESKTOP, PHONE, OpenPage
from tests.plugins.site import look_over

Be = Callable[[Page, people.Someone], None]
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])


@SIZES
def test_from_an_offer_to_taking_it_on(app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
    case = f"/referrals/{make_referral('in_progress').reference}"
    db.session.close()
    page = open_page(size)
    be(page, people.MANAGER)
    page.goto(f"{address}/offers")
    look_over(page)
    page.goto(address + case)
    choose_action(page, "Offer to another office")
    look_over(page)
    press(page, "Offer to another office")
    expect(page).to_have_title(re.compile("^Error: "))
    look_over(page)
    page.get_by_label("Which office?").select_option(index=1)
    page.get_by_label("It was sent to the wrong office").check()
    page.get_by_label("Yes, and I record it now").check()
    page.get_by_label("Said on the phone").check()
    press(page, "Offer to another office")
    look_over(page)
    page.goto(address + case)
    expect(page.get_by_role("heading", name=f"Offered to {people.EALING.name}")).to_be_visible()

    be(page, people.OTHER_CASEWORKER)
    page.goto(f"{address}/queue")
    look_over(page)
    follow(page.get_by_role("link", name="See what is offered, and decide"))
    look_over(page)
    follow(page.get_by_role("link", name="Benefits and money"))
    look_over(page)
    assert NAME not in page.locator("main").inner_text()
    press(page, "Take this on")
    look_over(page)
    press(page, "Take this on")
    expect(page).to_have_title(re.compile("^Error: "))
    look_over(page)
    page.get_by_label("What will you do next?").fill("Ring the group")
    press(page, "Take this on")
    assert NAME in page.locator("main").inner_text()
    look_over(page)

    be(page, people.MANAGER)
    page.goto(address + case)
    assert NAME not in page.locator("main").inner_text()
    look_over(page)
    page.goto(f"{address}/offers")
    look_over(page)


@SIZES
def test_handing_over(app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
    for _ in range(2):
        make_referral("accepted")
    db.session.close()
    page = open_page(size)
    be(page, people.MANAGER)
    page.goto(f"{address}/people/{people.CASEWORKER.membership_id}/remove")
    look_over(page)
    follow(page.get_by_role("link", name="Hand them over to somebody else"))
    look_over(page)
    press(page, "Hand over")
    expect(page).to_have_title(re.compile("^Error: "))
    look_over(page)
    page.get_by_label("Only those I choose").check()
    page.get_by_label("Nine months without a payment").first.check()
    look_over(page)
    page.get_by_label(people.SECOND_CASEWORKER.name).check()
    page.get_by_label("Workload").check()
    press(page, "Hand over")
    expect(page.get_by_text("1 referral handed over.")).to_be_visible()
    look_over(page)
