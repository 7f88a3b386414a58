"""The intake by real requests: every page with good and bad answers, coming back, and throwing away."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from referrals.audit.models import AuditEntry
from referrals.casework.models import Referral
from referrals.foundation.database import db
from tests import people
from tests.markup import faults, read, text_of
from tests.people import CASEWORKER, COORDINATOR, LEAD, OTHER_LEAD, OTHER_VOLUNTEER, SECOND_VOLUNTEER, VOLUNTEER
from tests.plugins.visitors import Visitor
from tests.web.intake import PAGES, STORY, load, path_of, start, walk

Visit = Callable[..., Visitor]

# What each page says when it is sent empty, and the input its summary leads to.
EMPTY = {
    "issue": {"issue_type": "Choose what it is about"},
    "story": {"story": "Write what has happened", "summary": "Say it again in one line"},
    "hopes": {"wanted": "Write what they want to happen"},
    "waiting": {"waiting_since": "Say since when, for example March 2026"},
    "urgency": {"urgency": "Choose how urgent it is"},
    "person": {"name": "Enter their name", "postcode": "Enter their postcode, or say that there is none"},
    "office": {"office": "Choose the MP’s office it should go to"},
    "contact": {"phone": "Enter a phone number that is safe to call, or another safe way to reach them"},
    "consent": {"agreed": "Choose how they agreed"},
    "feedback": {"scope": "Choose what it may tell you"},
    "duplicates": {"different": "Tick this when it is a different issue"},
}


@pytest.fixture
def volunteer(visit: Visit) -> Visitor:
    load()
    return visit(VOLUNTEER)


def count(model: type[Any]) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def test_the_danger_question_must_be_answered(volunteer: Visitor) -> None:
    page = volunteer.send("/drafts/new")
    assert "<title>Error: Is anybody in danger right now?" in page.text
    assert page.text.count("Say whether anybody is in danger right now") == 2


def test_danger_leads_to_who_to_call_and_keeps_nothing(volunteer: Visitor) -> None:
    before = count(AuditEntry)
    where = path_of(volunteer.send("/drafts/new", {"danger": "yes"}))
    page = volunteer.get(where).text
    assert all(f'href="tel:{number}"' in page for number in ("999", "111"))
    assert "safeguarding" in page
    assert (count(Referral), count(AuditEntry)) == (0, before)


def test_the_same_start_sent_twice_begins_one_draft(volunteer: Visitor) -> None:
    page = volunteer.get("/drafts/new")
    assert path_of(volunteer.send(page, {"danger": "no"})) == path_of(volunteer.send(page, {"danger": "no"}))
    assert count(Referral) == 1


@pytest.mark.parametrize("code", EMPTY)
def test_an_empty_page_says_what_is_missing_beside_the_field_and_on_top(volunteer: Visitor, code: str) -> None:
    draft = start(volunteer)
    answer = volunteer.send(f"{draft}/{code}")
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert faults(answer.text) == []
    for name, message in EMPTY[code].items():
        assert answer.text.count(message) >= 2, message
        assert f'href="#{name}"' in answer.text
        assert f'id="{name}"' in answer.text


@pytest.mark.parametrize("code", ["background", "needs"])
def test_a_page_of_optional_questions_may_stay_empty(volunteer: Visitor, code: str) -> None:
    draft = start(volunteer)
    assert volunteer.send(f"{draft}/{code}").status_code == 303


BAD: list[tuple[str, dict[str, str], str, str]] = [
    ("issue", {"issue_type": "no such"}, "issue_type", ""),
    ("story", {"summary": "x" * 121}, "summary", "x" * 121),
    ("story", {"story": "nul \x00 here", "summary": "One line"}, "story", "One line"),
    ("waiting", {"waiting_since": "when the moon was full"}, "waiting_since", "when the moon was full"),
    ("waiting", {"waiting_since": "March 2199"}, "waiting_since", "March 2199"),
    (
        "waiting",
        {"waiting_since": "May 2026", "key_date-day": "31", "key_date-month": "2"},
        "key_date-year",
        'value="31"',
    ),
    ("waiting", {"waiting_since": "May 2026", "key_date_note": "Hearing"}, "key_date-day", "Hearing"),
    ("urgency", {"urgency": "urgent", "urgency_note": "Bailiffs"}, "urgent_by-day", "Bailiffs"),
    ("person", {"name": "Ann Example", "postcode": "nowhere"}, "postcode", "nowhere"),
    ("person", {"name": "Ann Example", "postcode": "W12 7QT", "no_postcode": "y"}, "postcode", "Ann Example"),
    ("office", {"office": str(people.EALING.id)}, "routing", f'value="{people.EALING.id}" selected'),
    ("office", {"office": str(people.WHITE_CITY.id), "routing": "other"}, "office", ""),
    ("office", {"office": "' OR 1=1", "routing": "other"}, "office", ""),
    ("contact", {"phone": "call me"}, "phone", "call me"),
    ("contact", {"email": "not an address"}, "email", "not an address"),
    ("contact", {"text_ok": "y", "email": "a@example.org"}, "phone", "a@example.org"),
    ("needs", {"needs": "telepathy"}, "needs", ""),
    ("consent", {"agreed": "none"}, "ground", ""),
    (
        "consent",
        {"agreed": "in_person", "given_on-day": "1", "given_on-month": "1", "given_on-year": "2190"},
        "given_on-day",
        'value="2190"',
    ),
]


@pytest.mark.parametrize(("code", "typed", "field", "kept"), BAD)
def test_a_wrong_answer_is_told_and_what_was_typed_stays(
    volunteer: Visitor, code: str, typed: dict[str, str], field: str, kept: str
) -> None:
    draft = start(volunteer)
    answer = volunteer.send(f"{draft}/{code}", typed)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert kept in answer.text
    assert volunteer.get(f"{draft}/{code}").status_code == 200


def test_what_one_field_lacks_is_told_together_with_what_is_wrong_with_another(volunteer: Visitor) -> None:
    draft = start(volunteer)
    answer = volunteer.send(f"{draft}/person", {"postcode": "nowhere"}).text
    assert answer.count("Enter their name") == 2
    assert answer.count("Enter a full UK postcode, like OX49 5NU") == 2


@pytest.mark.parametrize("code", PAGES)
def test_every_page_says_which_part_it_is_and_leads_back(volunteer: Visitor, code: str) -> None:
    draft = start(volunteer)
    page = volunteer.get(f"{draft}/{code}").text
    assert " of 4: " in page
    assert 'class="govuk-back-link"' in page
    assert page.count("<h1") == 1
    assert faults(page) == []


def test_a_page_shows_what_it_was_told(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    for code, given in PAGES.items():
        page = volunteer.get(f"{draft}/{code}").text
        for name, value in given.items():
            assert name in {"postcode", "waiting_since"} or value == "y" or value in page, (code, name)
    assert "W12 7QT" in volunteer.get(f"{draft}/person").text


def test_saving_for_later_keeps_half_a_page_and_comes_back_to_it(volunteer: Visitor) -> None:
    draft = start(volunteer)
    volunteer.send(f"{draft}/issue", PAGES["issue"])
    assert path_of(volunteer.send(f"{draft}/story", {"story": "Half of it", "later": "yes"})) == "/referrals"
    assert "Your draft is saved" in volunteer.get("/referrals").text
    assert path_of(volunteer.get(draft)) == f"{draft}/story"
    assert "Half of it" in volunteer.get(f"{draft}/story").text


def test_a_finished_draft_comes_back_to_the_check(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    assert path_of(volunteer.get(draft)) == f"{draft}/check"


@pytest.mark.parametrize("someone", [SECOND_VOLUNTEER, OTHER_VOLUNTEER, OTHER_LEAD], ids=lambda one: one.name)
@pytest.mark.parametrize("end", ["", "/story", "/check", "/discard"])
def test_a_draft_of_somebody_else_is_not_there(
    volunteer: Visitor, visit: Visit, someone: people.Someone, end: str
) -> None:
    draft = start(volunteer)
    stranger = visit(someone)
    assert stranger.get(draft + end).status_code == 404
    if end:
        assert stranger.post(draft + end, PAGES["story"]).status_code == 404
    # Word for word the page for a draft that never was.
    theirs, nobodys = stranger.get(draft + end), stranger.get(f"/drafts/{uuid4()}{end}")
    assert text_of(read(theirs.text).one("main")) == text_of(read(nobodys.text).one("main"))
    assert nobodys.status_code == 404


@pytest.mark.parametrize("someone", [CASEWORKER, COORDINATOR], ids=lambda one: one.name)
def test_who_writes_no_referrals_is_told_so(volunteer: Visitor, visit: Visit, someone: people.Someone) -> None:
    draft = start(volunteer)
    for path in ("/drafts/new", "/drafts/stop", draft, f"{draft}/story", f"{draft}/check"):
        assert visit(someone).get(path).status_code == 403


def test_a_page_that_does_not_exist_is_not_there(volunteer: Visitor) -> None:
    draft = start(volunteer)
    assert volunteer.get(f"{draft}/gossip").status_code == 404
    assert volunteer.post(f"{draft}/gossip").status_code == 404
    assert volunteer.get("/drafts/not-an-id").status_code == 404


def test_a_draft_thrown_away_is_gone(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    assert "cannot be brought back" in volunteer.get(f"{draft}/discard").text
    assert path_of(volunteer.send(f"{draft}/discard")) == "/referrals"
    assert "The draft is gone" in volunteer.get("/referrals").text
    assert {volunteer.get(draft + end).status_code for end in ("", "/story", "/check", "/discard")} == {404}
    assert volunteer.post(f"{draft}/story", {"story": STORY, "summary": "Late"}).status_code == 404


def test_two_people_on_one_page_both_see_what_is_saved_and_lose_nothing(volunteer: Visitor, visit: Visit) -> None:
    draft = start(volunteer)
    mine = volunteer.get(f"{draft}/hopes")
    visit(LEAD).send(f"{draft}/hopes", {"wanted": "What the lead wrote"})
    answer = volunteer.send(mine, {"wanted": "What I wrote"})
    assert answer.status_code == 409
    assert "What the lead wrote" in answer.text
    assert "What I wrote" in answer.text
    # Having seen both, the person decides.
    assert volunteer.send(answer, {"wanted": "Both"}).status_code == 303
    assert "Both" in volunteer.get(f"{draft}/hopes").text


def test_health_may_only_be_sent_with_their_explicit_yes(volunteer: Visitor) -> None:
    draft = start(volunteer)
    volunteer.send(f"{draft}/issue", {"issue_type": "treatment_delay"})
    answer = volunteer.send(f"{draft}/consent", {"agreed": "by_phone"})
    assert answer.status_code == 422
    assert 'href="#covers_health"' in answer.text
    assert volunteer.send(f"{draft}/consent", {"agreed": "by_phone", "covers_health": "y"}).status_code == 303


def test_the_words_read_out_name_the_group_and_the_office_and_their_version(volunteer: Visitor) -> None:
    draft = start(volunteer)
    volunteer.send(f"{draft}/person", PAGES["person"])
    page = volunteer.get(f"{draft}/consent").text
    assert "I am asking the office of Rowan Ashdown MP for help" in page
    assert people.WHITE_CITY.name in page
    assert "Wording 2026-11" in page


def test_the_browsers_own_name_and_number_are_never_filled_in(volunteer: Visitor) -> None:
    draft = start(volunteer)
    for code in ("person", "contact"):
        page = volunteer.get(f"{draft}/{code}").text
        assert 'autocomplete="off"' in page
        assert 'autocomplete="tel"' not in page
        assert 'autocomplete="email"' not in page
        assert 'autocomplete="postal-code"' not in page
