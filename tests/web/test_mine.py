"""The group's home: what needs you first, then drafts, what is with the office, and what is finished."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from referrals.foundation.database import db
from referrals.web.views.mine import counted
from tests.casework import cases
from tests.markup import faults, read, text_of
from tests.people import CASEWORKER, LEAD, OTHER_VOLUNTEER, SECOND_VOLUNTEER, VOLUNTEER
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def headings(page: str) -> list[str]:
    return [text_of(found) for found in read(page).all("h2") if "app-list" not in found.get("class", "")]


def test_who_has_nothing_yet_is_told_what_this_is_for(app: Flask, visit: Visit) -> None:
    page = visit(VOLUNTEER).get("/referrals").text
    assert faults(page) == []
    assert "Nothing here yet" in page
    assert page.count("Start a referral") == 1


def test_the_lists_stand_in_the_order_of_urgency(app: Flask, visit: Visit) -> None:
    for state in ("accepted", "information_requested", "outcome_recorded", "declined"):
        cases.make_referral(state)
    draft = cases.make_draft()
    page = visit(VOLUNTEER).get("/referrals").text
    assert faults(page) == []
    found = [heading for heading in headings(page) if not heading.startswith("About")]
    assert found == ["Needs you 2", "Drafts to finish 1", "With the MP’s office 1", "Finished"]
    assert page.count("Start a referral") == 1
    assert f"/drafts/{draft.id}" in page
    assert f"/drafts/{draft.id}/discard" in page


def test_each_row_says_whose_turn_it_is_and_by_when(app: Flask, visit: Visit) -> None:
    asked = cases.make_referral("information_requested")
    row = read(visit(VOLUNTEER).get("/referrals").text).one("tr", class_="app-queue__row")
    words = text_of(row)
    assert asked.due_on is not None
    assert asked.reference is not None
    assert asked.reference in words
    assert "You" in words
    assert f"{asked.due_on.day} {asked.due_on:%b}" in words


def test_a_volunteer_sees_their_own_and_a_lead_the_areas_with_names(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("submitted")
    assert referral.reference is not None
    assert referral.reference in visit(VOLUNTEER).get("/referrals").text
    assert referral.reference not in visit(SECOND_VOLUNTEER).get("/referrals").text
    assert referral.reference not in visit(OTHER_VOLUNTEER).get("/referrals").text
    lead = visit(LEAD).get("/referrals").text
    assert referral.reference in lead
    assert VOLUNTEER.name in lead


def test_an_office_has_a_queue_instead(app: Flask, visit: Visit) -> None:
    assert visit(CASEWORKER).get("/referrals").status_code == 403


def test_a_long_list_is_seen_whole_page_by_page(app: Flask, visit: Visit) -> None:
    for _ in range(27):
        cases.make_draft()
    volunteer = visit(VOLUNTEER)
    page = volunteer.get("/referrals").text
    assert page.count("/discard") == 10
    first = volunteer.get("/referrals?list=drafts")
    assert first.text.count("/discard") == 25
    onward = next(a.get("href") for a in read(first.text).all("a") if text_of(a) == "Next page")
    second = volunteer.get(onward)
    assert second.text.count("/discard") == 2
    assert "Next page" not in second.text


@pytest.mark.parametrize("query", ["list=nonsense", "list=drafts&after=%00", "list=finished&after=!!", "after=x"])
def test_an_address_that_somebody_made_up_still_shows_a_page(app: Flask, visit: Visit, query: str) -> None:
    assert visit(VOLUNTEER).get(f"/referrals?{query}").status_code == 200


def test_the_page_asks_as_much_for_many_rows_as_for_few(app: Flask, visit: Visit) -> None:
    asked: list[str] = []

    def note(*call: Any) -> None:
        asked.append(call[2])

    def cost() -> int:
        asked.clear()
        assert visit(LEAD).get("/referrals").status_code == 200
        return len(asked)

    cases.make_referral("submitted")
    cases.make_draft()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        few = cost()
        for _ in range(4):
            cases.make_referral("submitted")
            cases.make_draft()
        assert cost() == few
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("number", "shown"), [(None, None), (0, "0"), (999, "999"), (1000, "999+")])
def test_large_counts_are_capped(number: int | None, shown: str | None) -> None:
    assert counted(number) == shown
