"""The group's home: what needs you first, then drafts, what is with the office, and what is finished."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from referrals.casework import actions
from referrals.foundation.database import db, transaction
from referrals.web.presenting.home import counted
from tests.casework import cases
from tests.markup import faults, read, text_of
from tests.people import CASEWORKER, LEAD, OTHER_VOLUNTEER, SECOND_VOLUNTEER, VOLUNTEER
from tests.plugins.visitors import Visitor, forms_of

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
    lists = ["Needs you 2", "Drafts to finish 1", "With the MP’s office 1", "Finished"]
    assert found == ["New since you last looked", *lists, "Signposts", "Advice for your group", "Away from a screen"]
    assert page.count("Start a referral") == 1
    assert f"/drafts/{draft.id}" in page
    assert f"/drafts/{draft.id}/discard" in page


def test_each_row_says_whose_turn_it_is_and_by_when(app: Flask, visit: Visit) -> None:
    asked = cases.make_referral("information_requested")
    row = read(visit(VOLUNTEER).get("/referrals").text).one("li", class_="app-turn")
    words = text_of(row)
    assert asked.due_on is not None
    assert asked.reference is not None
    assert asked.reference in words
    assert "You" in words
    assert f"{asked.due_on.day} {asked.due_on:%b}" in words


def test_what_waits_for_others_stands_by_whose_turn_it_is(app: Flask, visit: Visit) -> None:
    for turn in ("agency", "resident"):
        referral = cases.make_referral("in_progress")
        with transaction():
            actions.set_waiting_on(referral, turn, by=CASEWORKER.viewer, version=None)
    page = visit(VOLUNTEER).get("/referrals").text
    assert headings(page)[1:3] == ["With a public body 1", "With the person you are helping 1"]


def test_a_result_leads_straight_to_its_form_and_says_when_it_closes(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("outcome_recorded")
    browser = visit(VOLUNTEER)
    row = read(browser.get("/referrals").text).one("li", class_="app-turn--result")
    assert referral.due_on is not None
    assert f"It closes by itself after {referral.due_on.day} {referral.due_on:%B %Y}" in text_of(row)
    link = next(link for link in row.iter("a") if "Check the result" in text_of(link))
    assert "Is the result right?" in browser.get(link.get("href")).text


def test_a_question_leads_straight_to_its_answer(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("information_requested")
    page = visit(VOLUNTEER).get("/referrals").text
    assert f"/referrals/{referral.reference}/provide-information" in page


def test_a_result_that_the_group_may_not_hear_of_is_not_offered(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("outcome_recorded")
    with transaction():
        given = [one for one in referral.consents if one.kind == "office_to_group"]
        actions.withdraw_consent(given[0], by=VOLUNTEER.viewer)
    page = visit(VOLUNTEER).get("/referrals").text
    assert "confirm-outcome" not in page
    assert "app-turn--result" not in page


def test_a_lead_can_have_only_their_own(app: Flask, visit: Visit) -> None:
    theirs, own = cases.make_referral("submitted"), cases.make_draft(by=LEAD)
    cases.do(own, "submit", LEAD)
    lead = visit(LEAD)
    area, mine = lead.get("/referrals").text, lead.get("/referrals?whose=mine").text
    assert str(theirs.reference) in area
    assert str(own.reference) in area
    assert str(theirs.reference) not in mine
    assert str(own.reference) in mine
    assert "Only mine" not in visit(VOLUNTEER).get("/referrals?whose=mine").text


def test_news_is_told_until_somebody_has_seen_it(app: Flask, visit: Visit) -> None:
    cases.make_referral("in_progress")
    browser = visit(VOLUNTEER)
    page = browser.get("/referrals")
    news = text_of(read(page.text).one("section", class_="app-news"))
    assert "Work has begun" in news
    assert "The office has taken it on" in news
    assert browser.get("/referrals").text.count("app-news__item") == page.text.count("app-news__item")
    seen = next(number for number, (action, _) in enumerate(forms_of(page)) if "news/seen" in action)
    assert browser.send(page, form=seen).location == "/referrals"
    assert "app-news" not in browser.get("/referrals").text


def test_who_opens_a_referral_has_seen_its_news(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("accepted")
    browser = visit(VOLUNTEER)
    browser.get(f"/referrals/{referral.reference}")
    assert "app-news" not in browser.get("/referrals").text
    assert "app-news" in visit(LEAD).get("/referrals").text


@pytest.mark.parametrize("until", ["", "yesterday", "2026-01-01", "2999-01-01T00:00:00+00:00", "\x00"])
def test_a_moment_that_somebody_made_up_marks_what_is_there_now(app: Flask, visit: Visit, until: str) -> None:
    cases.make_referral("accepted")
    browser = visit(VOLUNTEER)
    assert browser.post("/referrals/news/seen", {"until": until}).status_code == 303
    assert "app-news" not in browser.get("/referrals").text


def test_a_signpost_is_counted_from_home(app: Flask, visit: Visit) -> None:
    browser = visit(VOLUNTEER)
    page = browser.get("/referrals")
    sent = {"category": "welfare", "destination": "food_bank", "number": "14"}
    assert browser.send(page, sent).status_code == 303
    assert "You have pointed 14 people the right way this month" in browser.get("/referrals").text


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
