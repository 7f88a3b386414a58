"""The front door: strangers learn what this is, everybody else goes on to their desk."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from referrals.accounts.models import Person
from referrals.foundation.database import db
from tests import markup, people
from tests.people import Someone
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]

DESKS = {
    people.VOLUNTEER: "/referrals",
    people.LEAD: "/referrals",
    people.CASEWORKER: "/queue",
    people.MANAGER: "/queue",
    people.COORDINATOR: "/reports",
    people.ADMINISTRATOR: "/organisations",
}


def test_a_stranger_reads_what_this_is_and_where_to_turn_in_danger(visit: Visit) -> None:
    page = markup.read(visit().get("/").text)
    words = markup.text_of(page.one("main"))
    assert "Community groups use Referrals" in words
    assert "Call 999" in words
    assert page.all("a", href="/sign-in")


@pytest.mark.parametrize("who", DESKS, ids=lambda who: who.role.value)
def test_everybody_begins_at_their_desk(visit: Visit, who: Someone) -> None:
    visitor = visit(who)
    answer = visitor.get("/")
    assert (answer.status_code, answer.location) == (303, DESKS[who])
    desk = visitor.get(answer.location)
    assert desk.status_code == 200


@pytest.mark.parametrize("who", DESKS, ids=lambda who: who.role.value)
def test_every_link_of_ones_navigation_can_be_followed(visit: Visit, who: Someone) -> None:
    visitor = visit(who)
    page = markup.read(visitor.get(DESKS[who]).text)
    links = [link for header in page.all("header") for link in header.iter("a")]
    links += [link for bar in page.all("nav") for link in bar.iter("a")]
    addresses = {link.get("href") for link in links} - {"#main-content"}
    assert len(addresses) >= 3
    for address in addresses:
        assert visitor.get(address, follow_redirects=True).status_code == 200, address


@pytest.mark.parametrize("invented", [True, False])
def test_invented_people_are_told_on_every_page_that_nothing_is_real(visit: Visit, invented: bool) -> None:
    with db.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == people.LEAD.id).values(is_demo=invented))
    assert ("Every person and every story here is invented" in visit(people.LEAD).get("/referrals").text) is invented
