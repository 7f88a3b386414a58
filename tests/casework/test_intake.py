"""The catalogue of intake: how much it asks, and that its lists and codes exist."""

from datetime import date

import pytest

from referrals.casework.answering import lacking
from referrals.casework.intake import PAGES, PARTS, START, Question, pages_for
from referrals.casework.models import Referral
from referrals.directory import lists

MOST_REQUIRED_ANSWERS = 12

# What an ordinary referral answers: the resident asked for it, and the postcode leads to an office.
ORDINARY = {
    "issue_type": "disability_benefit",
    "story": "He lost a leg and has waited nine months.",
    "summary": "Nine months without a decision",
    "wanted": "A decision",
    "waiting_since": date(2025, 12, 1),
    "urgency": "soon",
    "name": "Arthur Pemberton",
    "postcode": "W12 7QT",
    "phone": "07700 900123",
    "agreed": "in_person",
    "given_by": "resident",
    "given_on": date(2026, 11, 1),
    "scope": "outcome",
}


def needed(referral: Referral, given: dict[str, object]) -> list[Question]:
    questions = [*START.questions, *(q for page in pages_for(referral, []) for q in page.questions)]
    return [question for question in questions if question.needed(given, referral)]


def ordinary_referral() -> Referral:
    referral = Referral(category="welfare", issue_type="disability_benefit", duplicates_checked="none_found")
    referral.office_id = referral.id
    return referral


def test_an_ordinary_referral_needs_twelve_answers_at_most() -> None:
    names = [question.name for question in needed(ordinary_referral(), ORDINARY)]
    assert len(names) <= MOST_REQUIRED_ANSWERS, names
    assert set(names) <= {*ORDINARY, "danger"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_every_needed_question_of_a_page_says_what_is_missing(page) -> None:  # type: ignore[no-untyped-def]
    for question in page.questions:
        if question.required or question.needed_when:
            assert question.ask
            assert not question.ask.endswith(".")


def test_every_list_it_names_is_there_and_every_page_belongs_to_a_part() -> None:
    for page in PAGES:
        assert 1 <= page.part <= len(PARTS)
        for question in page.questions:
            if question.list_code:
                assert lists.codes(question.list_code)


def test_names_of_questions_are_used_once() -> None:
    names = [question.name for page in PAGES for question in page.questions]
    assert len(names) == len(set(names))


def test_a_request_for_advice_asks_nothing_about_a_person() -> None:
    referral = Referral(issue_type="request_for_advice", category="other")
    assert [page.code for page in pages_for(referral, [])] == [
        "issue",
        "story",
        "urgency",
        "background",
        "office",
    ]


@pytest.mark.parametrize(
    ("page", "given", "lacks"),
    [
        ("urgency", {"urgency": "urgent"}, {"urgency_note", "urgent_by"}),
        ("urgency", {"urgency": "soon"}, set()),
        ("waiting", {"waiting_since": date(2026, 1, 1), "key_date_note": "Hearing"}, {"key_date"}),
        ("contact", {"through_volunteer": True}, set()),
        ("contact", {"times": "Mornings"}, {"phone"}),
        ("consent", {"agreed": "none"}, {"ground"}),
        ("person", {"name": "Ann", "no_postcode": True}, set()),
        ("person", {"name": "Ann"}, {"postcode"}),
    ],
)
def test_some_answers_make_others_needed(page: str, given: dict[str, object], lacks: set[str]) -> None:
    found = next(one for one in PAGES if one.code == page)
    assert set(lacking(found, given, ordinary_referral())) == lacks


def test_a_health_issue_is_sent_only_with_an_explicit_yes() -> None:
    page = next(one for one in PAGES if one.code == "consent")
    referral = ordinary_referral()
    referral.category = "health"
    assert "covers_health" in lacking(page, {"agreed": "by_phone"}, referral)
    assert "covers_health" not in lacking(page, {"agreed": "by_phone", "covers_health": True}, referral)
    assert "covers_health" not in lacking(page, {"agreed": "none", "ground": "cannot_be_given"}, referral)
