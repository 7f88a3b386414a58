"""Every page that each role can reach, full, empty and in error: axe finds nothing, nothing runs off a phone."""

from collections.abc import Iterator

import pytest

from tests import people
from tests.browser import service
from tests.browser.crawl import Walk
from tests.browser.hands import sign_in
from tests.browser.service import Service
from tests.plugins.browser import OpenPage

# The roles by side. Who comes second looks only at the pages that the first one cannot reach.
SIDES = {
    "group": (people.VOLUNTEER, people.LEAD),
    "office": (people.CASEWORKER, people.MANAGER),
    "above": (people.COORDINATOR, people.ADMINISTRATOR),
}
# Who meets empty pages that nobody else meets.
FIRST = (people.LEAD, people.CASEWORKER, people.COORDINATOR, people.ADMINISTRATOR)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service with the demonstration: referrals in every state."""
    yield from service.serve(tmp_path_factory.mktemp("served") / "demo", "demo")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on its first day: people, and nothing else."""
    yield from service.serve(tmp_path_factory.mktemp("served") / "empty", "people")


def walk(
    open_page: OpenPage, running: Service, email: str | None, before: Walk | None = None, *, forms: bool = True
) -> Walk:
    """Everywhere that somebody, or a stranger, can go."""
    page = open_page(base_url=running.address)
    if email:
        sign_in(page, email)
    found = Walk(page, running, by_state=before is None, kinds=before.kinds if before else set())
    found.everywhere("/", forms=forms)
    return found


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("side", SIDES)
def test_every_page_of_the_demonstration(demo: Service, open_page: OpenPage, side: str) -> None:
    found = None
    for person in SIDES[side]:
        found = walk(open_page, demo, f"{person.role.value}@demo.example", found)
        assert "\n".join(found.faults) == ""
        assert len(found.seen) >= 5
        assert found.refused >= 2


@pytest.mark.xdist_group("first day")
@pytest.mark.parametrize("person", FIRST, ids=lambda person: person.role.value)
def test_every_page_on_the_first_day(empty: Service, open_page: OpenPage, person: people.Someone) -> None:
    assert "\n".join(walk(open_page, empty, person.email, forms=False).faults) == ""


@pytest.mark.xdist_group("first day")
def test_every_page_of_a_stranger(empty: Service, open_page: OpenPage) -> None:
    found = walk(open_page, empty, None)
    assert "\n".join(found.faults) == ""
    assert found.refused >= 2
