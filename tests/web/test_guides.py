"""The guides: open to everybody, reached from everywhere, in plain words and with their sources."""

from collections.abc import Callable

import pytest

from referrals.web.views.guides import GUIDES
from tests import markup, people
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


@pytest.mark.parametrize("name", GUIDES)
@pytest.mark.parametrize("who", [None, people.VOLUNTEER, people.CASEWORKER], ids=["nobody", "volunteer", "caseworker"])
def test_everybody_can_read_it(visit: Visit, name: str, who: people.Someone | None) -> None:
    page = markup.read(visit(who).get(f"/guides/{name}").text)
    assert markup.text_of(page.one("h1")) == GUIDES[name].title
    assert len(markup.text_of(page.one("main"))) > 2000


READERS = [None, people.VOLUNTEER, people.CASEWORKER, people.COORDINATOR, people.ADMINISTRATOR]


@pytest.mark.parametrize("who", READERS, ids=lambda who: who.role.value if who else "nobody")
@pytest.mark.parametrize("name", GUIDES)
def test_its_facts_have_sources_and_its_own_links_lead_somewhere(
    visit: Visit, name: str, who: people.Someone | None
) -> None:
    visitor = visit(who)
    links = [one.get("href", "") for one in markup.read(visitor.get(f"/guides/{name}").text).one("main").iter("a")]
    outside = [link for link in links if link.startswith("https://")]
    assert len(outside) >= 3
    official = (".parliament.uk", ".gov.uk", ".theipsa.org.uk")
    assert all(f".{link.split('/')[2]}".endswith(official) for link in outside)
    for link in links:
        if link.startswith("/"):
            assert visitor.get(link, follow_redirects=True).status_code == 200, link


def test_every_page_leads_to_them_from_its_foot_and_the_mp_page_too(visit: Visit) -> None:
    foot = markup.read(visit().get("/sign-in").text).one("footer")
    assert "/guides" in {link.get("href") for link in foot.iter("a")}
    page = visit(people.LEAD).get("/your-mp").text
    assert "/guides/working-with-your-mp" in page


def test_there_is_no_other(visit: Visit) -> None:
    assert visit().get("/guides/working-with-the-moon").status_code == 404
