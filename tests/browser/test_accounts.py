"""Signing in, accounts, people and organisations in a real browser: on a phone, without scripts, and as axe sees it."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from referrals.accounts import actions
from referrals.accounts.roles import Role, Side
from referrals.foundation.database import db, transaction
from referrals.notifications.models import OutboxMessage
from tests import people
from tests.browser.hands import follow
from tests.casework.cases import make_referral
from tests.plugins.browser import PHONE, OpenPage
from tests.plugins.site import look_over

Be = Callable[[Page, people.Someone], None]
LONG_NAME = "Bartholomew Featherstonehaugh-Cholmondeley"
MEMBER = people.CASEWORKER.membership_id


@pytest.fixture(autouse=True)
def waiting(app: Flask) -> None:
    """People with long names and addresses wait everywhere, and messages stand in the outbox."""
    with transaction():
        for who, place, side in (
            (people.LEAD, people.WHITE_CITY, Side.GROUP),
            (people.MANAGER, people.HAMMERSMITH, Side.OFFICE),
        ):
            role = Role.VOLUNTEER if side is Side.GROUP else Role.CASEWORKER
            email = f"{LONG_NAME.replace(' ', '.').lower()}@{place.code}.example"
            actions.invite(email, LONG_NAME, role, organisation_id=place.id, side=side, by=who.viewer)
    with transaction():
        first = db.session.query(OutboxMessage).first()
        assert first is not None
        first.state, first.last_error = "dead", "RefusedForGood 550"


PAGES = {
    "/sign-in": None,
    "/sign-in?next=/account": None,
    "/forgot-password": None,
    "/forgot-password/sent": None,
    "/account": people.LEAD,
    "/account/name": people.LEAD,
    "/account/password": people.LEAD,
    "/people": people.MANAGER,
    f"/people/invite/{people.HAMMERSMITH.id}": people.MANAGER,
    f"/people/{MEMBER}": people.MANAGER,
    f"/people/{MEMBER}/role": people.MANAGER,
    f"/people/{MEMBER}/disable": people.MANAGER,
    f"/people/{MEMBER}/remove": people.MANAGER,
    "/organisations": people.ADMINISTRATOR,
    "/organisations?name=nothing": people.ADMINISTRATOR,
    f"/organisations/{people.WHITE_CITY.id}": people.ADMINISTRATOR,
    "/organisations/new/group": people.ADMINISTRATOR,
    "/organisations/new/office": people.ADMINISTRATOR,
    "/organisations/new/programme": people.ADMINISTRATOR,
    "/outbox": people.ADMINISTRATOR,
    "/outbox?state=dead": people.ADMINISTRATOR,
    "/outbox?state=sent": people.ADMINISTRATOR,
    "/service-health": people.ADMINISTRATOR,
}


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("width", ["phone", "desk"])
def test_every_page_is_accessible_and_fits(address: str, be: Be, open_page: OpenPage, width: str) -> None:
    page = open_page(PHONE) if width == "phone" else open_page()
    now: people.Someone | None = None
    for path, person in PAGES.items():
        if person is not None and person is not now:
            be(page, person)
            now = person
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status == 200, path
        look_over(page)


@pytest.mark.only_on("sqlite")
def test_pages_in_error_are_accessible_too(address: str, be: Be, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"{address}/sign-in")
    follow(page.get_by_role("button", name="Sign in"))
    look_over(page)
    be(page, people.MANAGER)
    for path in ("/account/password", f"/people/invite/{people.HAMMERSMITH.id}"):
        page.goto(address + path)
        follow(page.locator("main form button[type=submit]").last)
        assert page.title().startswith("Error: ")
        look_over(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_long_note_survives_an_ended_session(
    app: Flask, address: str, be: Be, open_page: OpenPage, scripts: bool
) -> None:
    composer = f"/referrals/{make_referral('accepted').reference}/notes/private"
    story = "\n".join(f"Line {number}: she waited “so long”, & nobody <answered>." for number in range(40))
    page = open_page(PHONE, java_script_enabled=scripts)
    be(page, people.CASEWORKER)
    page.goto(address + composer)
    page.get_by_role("textbox").fill(story)
    with transaction():
        actions.sign_out_everywhere(by=people.CASEWORKER.viewer)
    follow(page.locator("main form button[type=submit]"))
    assert "What you typed is kept" in page.locator("main").inner_text()
    page.get_by_label("Email address").fill(people.CASEWORKER.email)
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    follow(page.get_by_role("button", name="Sign in"))
    follow(page.get_by_role("button", name="Send it now"))
    assert "Line 39: she waited “so long”, & nobody <answered>." in page.locator("main").inner_text()
