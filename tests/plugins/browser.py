"""A real browser for the tests, one per worker, kept off the network; each page comes in a context of its own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.plugins import chromium
from tests.plugins.run import only_one

DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=360, height=740)

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Nothing but this machine has an address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
]

CANNOT_RUN = "the browser tests cannot run"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser's program. Where there is none, a failure in CI (`CI` is set) and a loud skip elsewhere."""
    try:
        with only_one("chromium"):
            return chromium.find()
    except chromium.NoBrowserError as reason:
        if os.environ.get("CI"):
            pytest.fail(f"{CANNOT_RUN}: {reason}", pytrace=False)
        pytest.skip(f"{CANNOT_RUN}: {reason}")


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """Chromium without a window."""
    # Chromium's own sandbox cannot be used by root.
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=flags)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages, each like a browser of its own: `open_page()`, `open_page(PHONE)`.

    What else is named, such as `java_script_enabled=False`, goes to Playwright's `new_context`.
    """
    contexts = []

    def open_page(size: ViewportSize = DESKTOP, **settings: object) -> Page:
        touch = {"is_mobile": True, "has_touch": True} if size == PHONE else {}
        wishes = {"viewport": size, "locale": "en-GB", "timezone_id": "Europe/London", **touch, **settings}
        context = browser.new_context(**wishes)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page on a desk, 1280 pixels wide."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page on a phone, 360 pixels wide, touched with a finger."""
    return open_page(PHONE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, so that `-m "not browser"` leaves it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that browser tests were skipped: one line among many would be overlooked."""
    reasons = {str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])}
    if any(CANNOT_RUN in reason for reason in reasons):
        terminalreporter.section("BROWSER TESTS WERE SKIPPED", sep="!", red=True, bold=True)
        terminalreporter.line(
            "Nothing was tried in a real browser. Install Chromium or npm, or set CHROMIUM.", red=True
        )
