"""“Any news?” on the pages: one button for the group, one click for the office, and when it is possible otherwise."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask

from referrals.casework.models import Referral
from referrals.foundation.clock import LONDON, clock_at
from tests import people
from tests.casework import cases
from tests.people import CASEWORKER, OTHER_LEAD, VOLUNTEER
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=LONDON)
THEN = MONDAY + timedelta(days=14)


@pytest.fixture
def referral(app: Flask) -> Iterator[Referral]:
    """A referral in progress that nobody has heard of for ten working days."""
    with clock_at(MONDAY):
        found = cases.make_referral("in_progress")
    with clock_at(THEN):
        yield found


def page_of(referral: Referral) -> str:
    return f"/referrals/{referral.reference}"


def test_the_page_says_when_it_will_be_possible(app: Flask, visit: Visit, referral: Referral) -> None:
    with clock_at(MONDAY + timedelta(days=1)):
        visitor = visit(VOLUNTEER)
        page = visitor.get(page_of(referral)).text
        assert "you can ask for news on 16 November 2026" in page
        assert "Ask for news</button>" not in page
        # Whoever sends the form all the same is told the same.
        visitor.post(f"{page_of(referral)}/news/ask")
        assert "You can ask for news on 16 November 2026." in visitor.get(page_of(referral)).text


def test_the_group_asks_and_the_office_answers_with_one_click(app: Flask, visit: Visit, referral: Referral) -> None:
    volunteer, worker = visit(VOLUNTEER), visit(CASEWORKER)
    assert "asks for news" not in worker.get(page_of(referral)).text
    page = volunteer.get(page_of(referral))
    assert "Ask for news</button>" in page.text
    assert volunteer.post(f"{page_of(referral)}/news/ask").location == page_of(referral)
    page = volunteer.get(page_of(referral)).text
    assert "The MP’s office has been asked for news." in page
    assert "You asked for news on 16 November 2026" in page
    assert "You can ask again on 30 November 2026" in page
    page = worker.get(page_of(referral)).text
    assert f"{people.WHITE_CITY.name} asks for news" in page
    assert "We will write by 23 November 2026" in page
    sent = {"answer": "working_on_it", "write_by-day": "23", "write_by-month": "11", "write_by-year": "2026"}
    assert worker.post(f"{page_of(referral)}/news/answer", sent).location == page_of(referral)
    page = worker.get(page_of(referral)).text
    assert "asks for news" not in page
    page = volunteer.get(page_of(referral)).text
    assert "News from the office: we are working on it" in page
    assert "The office says how things stand" in volunteer.get("/notices").text


def test_a_promise_in_one_click_names_its_day(app: Flask, visit: Visit, referral: Referral) -> None:
    visit(VOLUNTEER).post(f"{page_of(referral)}/news/ask")
    sent = {"answer": "will_write", "write_by-day": "23", "write_by-month": "11", "write_by-year": "2026"}
    assert visit(CASEWORKER).post(f"{page_of(referral)}/news/answer", sent).status_code == 303
    page = visit(VOLUNTEER).get(page_of(referral)).text
    assert "We will write to you by" in page
    assert "23 November 2026" in page


def test_words_can_be_added_on_a_page_of_its_own(app: Flask, visit: Visit, referral: Referral) -> None:
    visit(VOLUNTEER).post(f"{page_of(referral)}/news/ask")
    worker = visit(CASEWORKER)
    address = f"{page_of(referral)}/news/answer"
    assert 'value="23"' in worker.get(address).text
    answer = worker.send(address, {"answer": "waiting_for_agency", "words": "They promised a letter"})
    assert answer.location == page_of(referral)
    assert "They promised a letter" in visit(VOLUNTEER).get(page_of(referral)).text


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"words": "Kept"}, "Choose how things stand"),
        ({"answer": "gibberish", "words": "Kept"}, "from the list"),
        ({"answer": "will_write", "write_by-day": "1", "write_by-month": "x", "words": "Kept"}, "govuk-error-message"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    app: Flask, visit: Visit, referral: Referral, sent: dict[str, str], fault: str
) -> None:
    visit(VOLUNTEER).post(f"{page_of(referral)}/news/ask")
    answer = visit(CASEWORKER).send(f"{page_of(referral)}/news/answer", sent)
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert "Kept</textarea>" in answer.text
    assert fault in answer.text


def test_what_was_answered_is_not_answered_twice(app: Flask, visit: Visit, referral: Referral) -> None:
    visit(VOLUNTEER).post(f"{page_of(referral)}/news/ask")
    worker = visit(CASEWORKER)
    worker.send(f"{page_of(referral)}/news/answer", {"answer": "working_on_it"})
    again = worker.send(f"{page_of(referral)}/news/answer", {"answer": "working_on_it"})
    assert again.status_code == 422
    assert "This was answered already." in again.text


def test_the_same_click_twice_asks_once(app: Flask, visit: Visit, referral: Referral) -> None:
    volunteer = visit(VOLUNTEER)
    sent = {"form_key": "the-same-form-key-twice"}
    answers = [volunteer.post(f"{page_of(referral)}/news/ask", sent) for _ in range(2)]
    assert {answer.location for answer in answers} == {page_of(referral)}
    assert volunteer.get(page_of(referral)).text.count("Asked for news") == 1


def test_strangers_find_nothing(app: Flask, visit: Visit, referral: Referral) -> None:
    assert visit(OTHER_LEAD).post(f"{page_of(referral)}/news/ask").status_code == 404
    assert visit(people.OTHER_CASEWORKER).get(f"{page_of(referral)}/news/answer").status_code == 404
    assert visit(CASEWORKER).post(f"{page_of(referral)}/news/ask").status_code == 403
