"""Pictures in a real browser: at a desk, on a phone, on paper and in a reader's own colours."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from referrals.foundation.clock import clock_at
from tests import people
from tests.people import Someone
from tests.plugins.browser import DESKTOP, PHONE, OpenPage
from tests.plugins.site import look_over
from tests.reporting import making

Be = Callable[[Page, Someone], None]
# Words that leave the picture they stand in, by more than a hair.
OUTSIDE = """pictures => pictures.flatMap(picture => {
  const room = picture.getBoundingClientRect();
  if (!room.width) return [];
  return [...picture.querySelectorAll("text")].filter(text => {
    const box = text.getBoundingClientRect();
    return box.left < room.left - 1 || box.right > room.right + 1 || box.bottom > room.bottom + 2;
  }).map(text => text.textContent);
})"""


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(("size", "shown"), [(DESKTOP, "wide"), (PHONE, "narrow")], ids=["desk", "phone"])
def test_one_of_two_is_seen_and_read_out(
    app: Flask, address: str, be: Be, open_page: OpenPage, size: object, shown: str
) -> None:
    making.scatter(200, 1).write()
    page = open_page(size)
    be(page, people.MANAGER)
    pictures = {"outcomes": "What became of what came in", "stages": "From sent to the end, by how many days"}
    for path, title in pictures.items():
        page.goto(f"{address}/reports/{path}")
        look_over(page)
        # The role finds only what assistive technology finds.
        expect(page.get_by_role("img", name=title)).to_have_count(1)
        expect(page.get_by_role("img", name=title)).to_have_class(f"app-chart__picture app-chart__picture--{shown}")
        assert page.locator(".app-chart__picture").evaluate_all(OUTSIDE) == []


@pytest.mark.only_on("sqlite")
def test_on_paper_and_in_other_colours(app: Flask, address: str, be: Be, page: Page) -> None:
    making.scatter(200, 1).write()
    be(page, people.MANAGER)
    page.goto(f"{address}/reports/outcomes")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 670, "height": 900})
    wide = page.locator("#became ~ figure .app-chart__picture--wide")
    expect(wide).to_be_visible()
    expect(page.locator("#became ~ figure .app-chart__picture--narrow")).to_be_hidden()
    assert wide.locator(".app-drawn--band-1").first.evaluate("one => getComputedStyle(one).stroke") == "rgb(0, 0, 0)"
    assert wide.evaluate("one => getComputedStyle(one.closest('figure')).breakInside") == "avoid"
    page.emulate_media(media="screen", forced_colors="active")
    ink = page.locator("h1").evaluate("one => getComputedStyle(one).color")
    node = page.locator(".app-drawn--node").first
    assert node.evaluate("one => getComputedStyle(one).fill") == ink
    assert page.locator(".app-chart text").first.evaluate("one => getComputedStyle(one).fill") == ink
