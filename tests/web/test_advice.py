"""Asking an MP's office for advice: the short form, the office's queue and answer, and what the group reads."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests import people
from tests.markup import read, text_of
from tests.plugins.visitors import Visitor
from tests.web.intake import load

Visit = Callable[..., Visitor]
GOOD = {
    "summary": "Is street lighting statutory?",
    "question": "Half the lamps of the estate are out.",
    "category": "housing",
    "office": str(people.HAMMERSMITH.id),
}


@pytest.fixture(autouse=True)
def lists(app: Flask) -> None:
    load()


def ask(visitor: Visitor, **changes: str) -> str:
    """Send the question; the address of its referral."""
    answer = visitor.send("/advice/new", {**GOOD, **changes})
    assert answer.status_code == 303, answer.text
    return str(answer.location).removesuffix("/sent")


def words(visitor: Visitor, path: str) -> str:
    return text_of(read(visitor.get(path).text).one("main"))


def test_the_form_says_plainly_not_to_name_anybody_and_offers_the_areas_offices(visit: Visit) -> None:
    page = visit(people.VOLUNTEER).get("/advice/new").text
    assert "Do not name anybody here" in page
    assert str(people.HAMMERSMITH.id) in page
    assert str(people.EALING.id) in page


def test_it_is_sent_shown_in_the_queue_and_answered_in_words(visit: Visit) -> None:
    volunteer, office = visit(people.VOLUNTEER), visit(people.CASEWORKER)
    path = ask(volunteer)
    sent = words(volunteer, f"{path}/sent")
    assert "Question sent" in sent
    assert "card" not in sent
    assert "Advice request" in words(office, "/queue?tab=unassigned")
    shown = words(office, path)
    assert "Advice request" in shown
    assert "The question" in shown
    assert "What was agreed" not in shown
    assert office.send(f"{path}/answer", {"advice": "The council decides that itself."}).location == path
    read_by_group = words(volunteer, path)
    assert "The office’s answer" in read_by_group
    assert "The council decides that itself." in read_by_group
    assert "Answered" in words(volunteer, "/referrals")


def test_an_office_elsewhere_is_found_by_a_postcode_that_is_not_kept(visit: Visit) -> None:
    volunteer = visit(people.VOLUNTEER)
    path = ask(volunteer, office="elsewhere", postcode=people.WHITE_CITY_POSTCODE)
    assert people.WHITE_CITY_POSTCODE not in words(volunteer, path)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"summary": ""}, "summary"),
        ({"question": ""}, "question"),
        ({"category": ""}, "category"),
        ({"office": ""}, "office"),
        ({"office": "gibberish"}, "office"),
        ({"office": "elsewhere"}, "postcode"),
        ({"office": "elsewhere", "postcode": "nonsense"}, "postcode"),
        ({"office": "elsewhere", "postcode": "ZE1 0AA"}, "postcode"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field_and_the_words_stay(
    visit: Visit, sent: dict[str, str], field: str
) -> None:
    page = visit(people.VOLUNTEER).send("/advice/new", {**GOOD, **sent})
    assert page.status_code == 422
    assert f'href="#{field}' in page.text
    assert sent.get("question", GOOD["question"]) in page.text


def test_the_intake_leads_there_and_offers_it_no_more(visit: Visit) -> None:
    volunteer = visit(people.VOLUNTEER)
    draft = volunteer.send("/drafts/new", {"danger": "no"}).location
    page = volunteer.get(draft).text
    assert "request_for_advice" not in page
    assert 'href="/advice/new"' in page
    refused = volunteer.send(draft, {"issue_type": "request_for_advice"})
    assert refused.status_code == 422


def test_the_form_of_accepting_asks_for_no_type_of_issue(visit: Visit) -> None:
    path = ask(visit(people.VOLUNTEER))
    page = visit(people.CASEWORKER).get(f"{path}/accept").text
    assert 'name="issue_type"' not in page
    assert 'name="issue_type"' not in visit(people.CASEWORKER).get(f"{path}/facets").text
