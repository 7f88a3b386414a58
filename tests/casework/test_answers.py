"""Answers: whatever is typed, a fault is told beside its field, and nothing else is raised."""

from datetime import timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referrals.casework.actions.answers import checked
from referrals.casework.models import Referral
from referrals.casework.workflow import TRANSITIONS
from referrals.casework.workflow.asks import LONGTEXT_LENGTH, TEXT_LENGTH
from referrals.foundation.clock import today
from referrals.foundation.errors import Invalid
from tests import people
from tests.casework import cases

BY = people.CASEWORKER.viewer
RUBBISH = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
    st.just("\x00"),
    st.just("\ud800"),
    st.datetimes(),
    st.floats(),
    st.lists(st.dictionaries(st.text(max_size=3), st.integers()), max_size=2),
    st.uuids(),
)


def errors_of(transition: str, **changes: Any) -> dict[str, str]:
    answers = cases.answers_for(transition, BY) | changes
    try:
        checked(TRANSITIONS[transition].asks, answers, referral=Referral(category="welfare"), by=BY)
    except Invalid as refused:
        return refused.errors
    return {}


def test_every_required_answer_is_asked_for_at_once(app: Flask) -> None:
    for name, row in TRANSITIONS.items():
        required = {ask.name: ask.missing for ask in row.asks if ask.required}
        assert errors_of(name, **dict.fromkeys(required, "  ")) == required


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rubbish_is_refused_by_name(app: Flask, data: st.DataObject) -> None:
    transition = data.draw(st.sampled_from(sorted(TRANSITIONS)))
    names = [ask.name for ask in TRANSITIONS[transition].asks]
    given_answers = {name: data.draw(RUBBISH) for name in names}
    for name in errors_of(transition, **given_answers):
        assert name.split("-")[0] in names


FAULTS: list[tuple[str, str, Any, str]] = [
    ("accept", "next_action", "x" * (TEXT_LENGTH + 1), "Shorten this to 200 characters or fewer. It has 201 now"),
    ("accept", "next_action", "one\ntwo", "Enter this on one line"),
    ("accept", "next_action_on", today() - timedelta(days=1), "Enter today’s date or one in the future"),
    ("accept", "next_action_on", today() + timedelta(days=800), "Check the year of this date"),
    ("accept", "next_action_on", "2026-13-01", "Enter a real date, like 27 3 2026"),
    ("accept", "assignee", "nobody", "Choose somebody on the list"),
    ("accept", "category", "weather", "Choose one of the answers on the list"),
    ("hold", "review_on", today(), "Enter a date after today"),
    ("start", "started_on", today() + timedelta(days=1), "Enter today’s date or one in the past"),
    ("start", "started_on", today() - timedelta(days=4000), "Check the year of this date"),
    ("record_outcome", "evidenced", "maybe", "Choose yes or no"),
    ("decline", "note", "\x00", "Enter this in words"),
]


def test_a_fault_says_how_to_mend_it(app: Flask) -> None:
    for transition, name, answer, message in FAULTS:
        assert errors_of(transition, **{name: answer}) == {name: message}


def test_words_keep_their_lines_and_lose_their_edges(app: Flask) -> None:
    row = TRANSITIONS["decline"]
    answers = cases.answers_for("decline", BY) | {"note": "  One.\r\nTwo.  ", "not_asked": "x"}
    found = checked(row.asks, answers, referral=Referral(), by=BY)
    assert found["note"] == "One.\nTwo."
    assert set(found) == {"reason", "note", "instead"}


def test_a_long_answer_fits_exactly(app: Flask) -> None:
    assert errors_of("decline", note="x" * LONGTEXT_LENGTH) == {}
