"""Reports in a real browser: full and empty, wide and on a phone, and a choice of period without any script."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from referrals.accounts.roles import Side
from referrals.foundation.clock import clock_at
from referrals.reporting.catalogue import REPORTS
from tests import people
from tests.browser.hands import follow
from tests.people import Someone
from tests.plugins.browser import PHONE
from tests.plugins.site import look_over
from tests.reporting import making

Be = Callable[[Page, Someone], None]


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


@pytest.mark.only_on("sqlite")
def test_reports_are_accessible_full_and_empty(app: Flask, address: str, be: Be, page: Page, phone: Page) -> None:
    making.scatter(260, 20, groups=(people.WHITE_CITY,)).write()
    for screen in (page, phone):
        for person in (people.LEAD, people.MANAGER, people.COORDINATOR, people.OTHER_COORDINATOR):
            be(screen, person)
            for path in ("/reports", "/reports/outcomes"):
                screen.goto(address + path)
                look_over(screen)


@pytest.mark.only_on("sqlite")
def test_every_report_of_an_office_is_accessible_on_a_phone(app: Flask, address: str, be: Be, phone: Page) -> None:
    making.scatter(60, 22, groups=(people.WHITE_CITY,)).write()
    be(phone, people.MANAGER)
    for entry in REPORTS.values():
        if Side.OFFICE in entry.sides:
            phone.goto(f"{address}/reports/{entry.name}")
            look_over(phone)


def test_a_period_is_chosen_and_downloaded_without_a_script(
    app: Flask, address: str, be: Be, open_page: Callable[..., Page]
) -> None:
    making.scatter(260, 21, groups=(people.WHITE_CITY,)).write()
    page = open_page(PHONE, java_script_enabled=False)
    be(page, people.LEAD)
    page.goto(f"{address}/reports")
    follow(page.get_by_role("link", name="Outcomes"))
    page.get_by_label("Period").select_option(label="April to June 2026")
    follow(page.get_by_role("button", name="Show"))
    assert page.url.endswith("/reports/outcomes?period=2026-q2")
    assert "April to June 2026" in page.title()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    assert download.value.suggested_filename == "outcomes-2026-q2.csv"
    assert page.get_by_role("button", name="Print this report").count() == 0
