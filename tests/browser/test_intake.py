"""The intake in a real browser: on a phone, with the keyboard alone, without scripts, and as axe sees it."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.browser.hands import follow
from tests.people import VOLUNTEER
from tests.plugins import axe
from tests.plugins.browser import PHONE, OpenPage
from tests.plugins.visitors import Visitor
from tests.web.intake import PAGES, load

NEXT = "Save and continue"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    load()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def sign_in(page: Page, app: Flask, address: str) -> None:
    """Give the page's browser a session of the volunteer."""
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = Visitor(app, VOLUNTEER).client.get_cookie(name)
    assert cookie is not None
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": address}])


def code_of(page: Page) -> str:
    return page.url.rsplit("/", 1)[1].split("?")[0]


def answer(page: Page, code: str) -> None:
    """Fill in a page as a person would."""
    if code == "issue":
        page.get_by_text("Benefits and money").click()
    for name, value in PAGES[code].items():
        field = page.locator(f"[name={name}]")
        kind = field.first.get_attribute("type")
        if kind == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        elif kind == "checkbox":
            field.check()
        elif field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def begin(page: Page, address: str) -> None:
    page.goto(f"{address}/referrals")
    follow(page.get_by_role("button", name="Start a referral"))
    page.get_by_label("No", exact=True).check()
    follow(page.get_by_role("button", name="Continue"))


def look(page: Page) -> None:
    """What every page owes: nothing for axe to find, and nothing beyond the screen's edge."""
    assert [axe.told(one) for one in axe.violations(page)] == [], page.url
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], f"{page.url} scrolls sideways"


def test_a_volunteer_sends_a_referral_on_a_phone(app: Flask, address: str, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    sign_in(page, app, address)
    page.goto(f"{address}/drafts/stop")
    look(page)
    begin(page, address)
    while (code := code_of(page)) != "check":
        look(page)
        # First empty: the summary has the focus, and its link goes to the field.
        follow(page.get_by_role("button", name=NEXT))
        if code_of(page) == code:
            assert page.title().startswith("Error: ")
            assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
            look(page)
            page.locator(".govuk-error-summary a").first.click()
            assert page.evaluate("document.activeElement.tagName") in {"INPUT", "TEXTAREA", "SELECT", "SUMMARY"}
            answer(page, code)
            follow(page.get_by_role("button", name=NEXT))
    look(page)
    page.get_by_role("button", name="Send referral").dblclick()
    page.wait_for_url("**/sent")
    look(page)
    follow(page.get_by_role("button", name="Print a card"))
    look(page)
    assert page.get_by_role("button", name="Print this card").is_visible()
    page.goto(f"{address}/referrals")
    look(page)
    assert page.get_by_text("Nine months without a decision on PIP").is_visible()


def test_it_works_without_scripts(app: Flask, address: str, open_page: OpenPage) -> None:
    page = open_page(PHONE, java_script_enabled=False)
    sign_in(page, app, address)
    begin(page, address)
    for code in PAGES:
        assert code_of(page) == code
        answer(page, code)
        follow(page.get_by_role("button", name=NEXT))
    follow(page.get_by_role("button", name="Send referral"))
    assert page.get_by_role("heading", name="Referral sent").is_visible()


def test_a_topic_is_chosen_with_the_keyboard_alone(app: Flask, address: str, page: Page) -> None:
    sign_in(page, app, address)
    begin(page, address)
    page.locator("#issue_type").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[name=issue_type]:checked")
    assert chosen.get_attribute("value") == "gp_or_dentist"
    page.keyboard.press("Enter")
    page.wait_for_url("**/story")


def test_what_makes_it_urgent_is_asked_when_urgent_is_chosen(app: Flask, address: str, page: Page) -> None:
    sign_in(page, app, address)
    begin(page, address)
    page.goto(page.url.replace("/issue", "/urgency"))
    why = page.get_by_label("Why is it urgent?")
    assert not why.is_visible()
    page.get_by_label("Urgent", exact=True).check()
    assert why.is_visible()
    assert page.get_by_label("Day").is_visible()
