"""The application served on this machine, for the tests with a real browser."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from referrals.foundation.database import db
from tests.people import Someone
from tests.plugins import axe
from tests.plugins.visitors import Visitor


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application answers, on a port of its own."""
    # So that the test holds no lock while the server, in other threads, writes.
    db.session.rollback()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def be(app: Flask, address: str) -> Callable[[Page, Someone], None]:
    """Give a page's browser a session of somebody: `be(page, people.LEAD)`."""

    def be(page: Page, person: Someone) -> None:
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = Visitor(app, person).client.get_cookie(name)
        assert cookie is not None
        page.context.add_cookies([{"name": name, "value": cookie.value, "url": address}])

    return be


def look_over(page: Page) -> None:
    """What every page owes: nothing for axe to find, and nothing beyond the edge of the screen."""
    assert [axe.told(one) for one in axe.violations(page)] == [], page.url
    # Not window.innerWidth: on a phone that grows with what runs off the screen.
    screen = page.viewport_size
    assert screen is not None
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= screen["width"], f"{page.url} is {wide} pixels wide"
