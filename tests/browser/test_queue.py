"""The queue with the keyboard alone, with and without scripts, and its filters on a phone."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from referrals.foundation.database import db
from tests import people
from tests.browser.hands import follow
from tests.casework.cases import make_referral
from tests.plugins.browser import DESKTOP, PHONE, OpenPage
from tests.plugins.site import look_over

Be = Callable[[Page, people.Someone], None]
FOCUSED = "document.activeElement.textContent.trim() || document.activeElement.getAttribute('aria-label')"


def tab_to(page: Page, words: str, most: int = 60) -> None:
    """Press the tabulator until something with these words has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in (page.evaluate(FOCUSED) or ""):
            return
    raise AssertionError(f"{words} is not reached")


def enter(page: Page) -> None:
    """Press Enter, and wait for the page that comes."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_taking_one_with_the_keyboard_leaves_the_focus_at_the_list(
    app: Flask, address: str, be: Be, open_page: OpenPage, scripts: bool
) -> None:
    make_referral()
    make_referral()
    db.session.close()
    page = open_page(DESKTOP, java_script_enabled=scripts)
    be(page, people.MANAGER)
    page.goto(f"{address}/queue")
    tab_to(page, "Skip to the list")
    page.keyboard.press("Enter")
    tab_to(page, "Assign to me", 6)
    enter(page)
    assert page.url.endswith("#list")
    assert "is assigned to you" in page.locator("#list").inner_text()
    # The next row is near: no heading, tabs or filters lie between.
    tab_to(page, "Nine months without a payment", 4)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_several_are_chosen_and_assigned_with_the_keyboard(
    app: Flask, address: str, be: Be, open_page: OpenPage, scripts: bool
) -> None:
    for _ in range(3):
        make_referral()
    db.session.close()
    page = open_page(DESKTOP, java_script_enabled=scripts)
    be(page, people.MANAGER)
    page.goto(f"{address}/queue?tab=team")
    tab_to(page, "Choose all on this page")
    enter(page)
    assert page.locator("input[name=row]:checked").count() == 3
    page.locator("input[name=row]").first.focus()
    page.keyboard.press("Space")
    tab_to(page, "Assign those chosen")
    enter(page)
    assert "2 referrals" in page.locator("main").inner_text()
    page.get_by_label("Who will work on these?").select_option(people.CASEWORKER.name)
    tab_to(page, "Assign")
    enter(page)
    assert "2 referrals assigned" in page.locator("#list").inner_text()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_filters_are_opened_applied_and_taken_away(
    app: Flask, address: str, be: Be, open_page: OpenPage, size: object
) -> None:
    make_referral(urgency="soon")
    make_referral(category="housing", issue_type="eviction")
    db.session.close()
    page = open_page(size)
    be(page, people.MANAGER)
    page.goto(f"{address}/queue?tab=team")
    page.locator("summary", has_text="Filter").focus()
    page.keyboard.press("Enter")
    look_over(page)
    page.get_by_label("Housing").focus()
    page.keyboard.press("Space")
    follow(page.get_by_role("button", name="Apply filters"))
    assert "1 referral matches." in page.locator("main").inner_text()
    look_over(page)
    follow(page.get_by_role("link", name="Take away Category: Housing"))
    assert page.locator(".app-queue__row").count() == 2
    page.goto(f"{address}/queue?tab=team&category=health")
    assert "Nothing matches these filters" in page.locator("main").inner_text()
    look_over(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_forms_for_several_at_once(app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
    made = [make_referral(state) for state in ("in_progress", "submitted")]
    rows = "&".join(f"row={one.reference}.{one.version}" for one in made)
    db.session.close()
    page = open_page(size)
    be(page, people.MANAGER)
    for verb in ("assign", "follow-up"):
        page.goto(f"{address}/queue/bulk/{verb}?{rows}")
        look_over(page)
        follow(page.locator("main form button[type=submit]").last)
        assert page.title().startswith("Error: ")
        look_over(page)
