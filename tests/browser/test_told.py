"""Being told, in a real browser: notices, how mail comes, asking for news and the calendar, on a desk and a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from referrals.casework import actions, queries
from referrals.casework.models import Referral
from referrals.foundation import clock
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from tests import people
from tests.browser.hands import follow, press
from tests.casework.cases import make_referral
from tests.plugins.browser import DESKTOP, PHONE, OpenPage
from tests.plugins.site import look_over

Be = Callable[[Page, people.Someone], None]
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])


def silent_referral() -> Referral:
    """A referral of which the group has heard nothing for a month."""
    with clock_at(clock.now() - timedelta(days=30)):
        return make_referral("in_progress")


@SIZES
def test_the_group_asks_and_the_office_answers(
    app: Flask, address: str, be: Be, open_page: OpenPage, size: object
) -> None:
    reference = silent_referral().reference
    db.session.close()
    volunteer = open_page(size)
    be(volunteer, people.VOLUNTEER)
    volunteer.goto(f"{address}/referrals/{reference}")
    look_over(volunteer)
    press(volunteer, "Ask for news")
    expect(volunteer.get_by_text("has been told. You can ask again on")).to_be_visible()
    look_over(volunteer)
    worker = open_page(size)
    be(worker, people.CASEWORKER)
    worker.goto(f"{address}/notices")
    look_over(worker)
    follow(worker.get_by_role("link", name="The group asks whether there is any news"))
    expect(worker.get_by_role("heading", name=f"{people.WHITE_CITY.name} asks for news")).to_be_visible()
    look_over(worker)
    press(worker, "We are working on it")
    expect(worker.get_by_text("The group has been told how things stand.")).to_be_visible()
    volunteer.goto(f"{address}/notices")
    follow(volunteer.get_by_role("link", name="The office says how things stand"))
    expect(volunteer.get_by_role("heading", name="News from the office: we are working on it")).to_be_visible()


@pytest.mark.only_on("sqlite")
@SIZES
def test_every_page_of_it_looks_right(app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
    referral = silent_referral()
    with transaction():
        actions.ask_for_news(queries.referral(referral.id, people.VOLUNTEER.viewer), by=people.VOLUNTEER.viewer)
    answering = f"/referrals/{referral.reference}/news/answer"
    db.session.close()
    page = open_page(size)
    be(page, people.CASEWORKER)
    forms = [answering, "/account/how-we-tell-you"]
    for path in ["/notices", "/notices?after=r.0", "/account", "/account/calendar", *forms]:
        page.goto(address + path)
        look_over(page)
    page.goto(address + answering)
    page.get_by_label("We will write to you by a certain day").check()
    page.get_by_label("Month").fill("13")
    follow(page.locator("main form").get_by_role("button").first)
    expect(page.get_by_text("There is a problem")).to_be_visible()
    look_over(page)
    page.goto(f"{address}/account/how-we-tell-you")
    page.get_by_label("Once a day, as one mail with everything that is unread").check()
    page.get_by_label("Quiet from").select_option("20")
    press(page, "Save")
    expect(page.get_by_text("There is a problem")).to_be_visible()
    look_over(page)
    be(page, people.OTHER_CASEWORKER)
    page.goto(f"{address}/notices")
    expect(page.get_by_role("heading", name="You have no notices")).to_be_visible()
    look_over(page)


@SIZES
def test_a_calendar_link_is_shown_once(app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
    db.session.close()
    page = open_page(size)
    be(page, people.CASEWORKER)
    page.goto(f"{address}/account/calendar")
    page.get_by_label("Everything your office works on").check()
    press(page, "Make the link")
    look_over(page)
    link = page.get_by_label("Secret link").input_value()
    found = page.request.get(address + link[link.index("/calendar/") :])
    assert found.ok
    assert found.text().startswith("BEGIN:VCALENDAR")
    follow(page.get_by_role("link", name="Back to your account"))
    expect(page.get_by_text("for your whole office")).to_be_visible()
    follow(page.get_by_role("link", name="Change your calendar link"))
    look_over(page)
    press(page, "End the link")
    expect(page.get_by_text("The calendar link has ended.")).to_be_visible()
    assert page.request.get(address + link[link.index("/calendar/") :]).status == 404
