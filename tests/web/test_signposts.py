"""Counting that somebody was told where to go: on its page, once however often it is sent, and taken back."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests import people
from tests.markup import faults, read, text_of
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
GOOD = {"category": "housing", "destination": "council", "number": "3"}


def words(visitor: Visitor) -> str:
    return text_of(read(visitor.get("/signposts").text).one("main"))


def test_a_count_is_shown_as_a_figure_and_as_a_line(app: Flask, visit: Visit) -> None:
    browser = visit(people.VOLUNTEER)
    assert "You have not counted anybody this month yet" in words(browser)
    assert browser.send("/signposts", GOOD).location == "/signposts"
    shown = words(browser)
    assert "You have pointed 3 people the right way this month" in shown
    assert "3 people to the council" in shown


def test_a_double_click_counts_once(app: Flask, visit: Visit) -> None:
    browser = visit(people.VOLUNTEER)
    page = browser.get("/signposts")
    for _ in range(3):
        assert browser.send(page, GOOD).status_code == 303
    assert "pointed 3 people" in words(browser)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"category": ""}, "category"),
        ({"destination": "nowhere"}, "destination"),
        ({"number": ""}, "number"),
        ({"number": "51"}, "number"),
        ({"number": "1.5"}, "number"),
        ({"number": "²"}, "number"),
        ({"day-year": "2199"}, "day-day"),
        ({"day-year": "2001"}, "day-day"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(app: Flask, visit: Visit, sent: dict[str, str], field: str) -> None:
    page = visit(people.VOLUNTEER).send("/signposts", {**GOOD, **sent})
    assert page.status_code == 422
    assert faults(page.text) == []
    assert f'href="#{field}"' in page.text


def test_todays_count_can_be_taken_back(app: Flask, visit: Visit) -> None:
    browser = visit(people.VOLUNTEER)
    browser.send("/signposts", GOOD)
    undo = next(form for form in read(browser.get("/signposts").text).all("form") if "/undo" in form.get("action", ""))
    assert browser.post(undo.get("action")).location == "/signposts"
    assert "not counted anybody" in words(browser)


def test_others_have_no_such_page(app: Flask, visit: Visit) -> None:
    for somebody in (people.CASEWORKER, people.COORDINATOR, people.ADMINISTRATOR):
        assert visit(somebody).get("/signposts").status_code == 403
