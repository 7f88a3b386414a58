"""Reading "since when" in the many ways people write it."""

from datetime import date

import pytest

from referrals.web.forms.intake.since import parse_since

ON = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("March 2026", date(2026, 3, 1)),
        ("mar 2026", date(2026, 3, 1)),
        ("3/2026", date(2026, 3, 1)),
        ("03 2026", date(2026, 3, 1)),
        ("14 March 2026", date(2026, 3, 14)),
        ("14th March, 2026", date(2026, 3, 14)),
        ("14/3/2026", date(2026, 3, 14)),
        ("14.03.2026", date(2026, 3, 14)),
        ("2026-03-14", date(2026, 3, 14)),
        ("since March 2026", date(2026, 3, 1)),
        ("9 months", date(2026, 2, 28)),
        ("nine months ago", date(2026, 2, 28)),
        ("over nine months", date(2026, 2, 28)),
        ("about a year", date(2025, 11, 30)),
        ("2 years", date(2024, 11, 30)),
        ("six weeks ago", date(2026, 10, 19)),
        ("a couple of weeks", date(2026, 11, 16)),
        ("10 days", date(2026, 11, 20)),
        ("yesterday", date(2026, 11, 29)),
        ("  MARCH   2026 ", date(2026, 3, 1)),
    ],
)
def test_it_understands_what_people_write(text: str, meant: date) -> None:
    assert parse_since(text, ON) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "soon",
        "13/2026",
        "31 February 2026",
        "0/0/2026",
        "months",
        "umpteen months",
        "14/3",
    ],
)
def test_it_guesses_nothing(text: str) -> None:
    assert parse_since(text, ON) is None


def test_a_long_line_of_words_is_refused_quickly() -> None:
    assert parse_since("about " * 10 + "x", ON) is None
