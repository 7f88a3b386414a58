"""The standing pages: how it works, privacy and accessibility, open to everybody."""

from collections.abc import Callable

import pytest

from tests import markup, people
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]

PAGES = {
    "/how-it-works": "How it works",
    "/privacy": "Privacy",
    "/accessibility": "Accessibility",
}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", [None, people.VOLUNTEER], ids=["a stranger", "a volunteer"])
def test_everybody_can_read_it(visit: Visit, address: str, who: people.Someone | None) -> None:
    page = markup.read(visit(who).get(address).text)
    assert PAGES[address].lower() in markup.text_of(page.one("h1")).lower()
    assert len(markup.text_of(page.one("main"))) > 1000


def test_every_page_leads_to_them_from_its_foot(visit: Visit) -> None:
    foot = markup.read(visit().get("/sign-in").text).one("footer")
    assert set(PAGES) <= {link.get("href") for link in foot.iter("a")}


@pytest.mark.parametrize("address", PAGES)
def test_none_of_its_links_is_broken(visit: Visit, address: str) -> None:
    visitor = visit()
    links = [link.get("href", "") for link in markup.read(visitor.get(address).text).all("a")]
    own = [link for link in links if link.startswith("/")]
    assert len(own) >= len(PAGES)
    for target in own:
        assert visitor.get(target, follow_redirects=True).status_code == 200, target
