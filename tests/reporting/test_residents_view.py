"""What residents say: counted again in plain Python over random answers, with the response rate beside each figure."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from referrals.foundation.clock import clock_at
from referrals.reporting.queries import CLOSING, LATER
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.reading import CATEGORIES, PERIODS, lines, report
from tests.reporting.test_answers import answered, recount, write

QUESTIONS = {
    "helped_forward": "Did it help you find a way forward?",
    "is_solved": "Is it solved?",
    "less_worried": "Are you less worried?",
}
WHEN = {CLOSING: "When it was closed", LATER: "Four weeks later"}
ANSWERS = ("yes", "partly", "no")
Counted = Counter[tuple[str, ...]]


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def scatter(person: Someone, period: str, seed: int) -> dict[str, Counted]:
    """Random answers, written; what the rows say of each moment, without those who have died."""
    made = making.scatter(300, seed)
    later = answered(made, seed)
    write(made, later)
    again = recount(made, later, person, *PERIODS[period])
    return {
        moment: Counter({line: number for line, number in again.items() if line[0] == moment and line[2] != "died"})
        for moment in WHEN
    }


def rate(part: int, whole: int) -> int | None:
    return int(100 * part / whole + 0.5) if whole else None


def given(found: Counted, question: str) -> list[int]:
    """How often yes, partly and no."""
    place = 3 + list(QUESTIONS).index(question)
    return [sum(number for line, number in found.items() if line[place] == answer) for answer in ANSWERS]


def responses(found: Counted) -> tuple[Any, ...]:
    said = [
        sum(number for line, number in found.items() if line[2] == code)
        for code in ("answered", "declined", "not_reached")
    ]
    return found.total(), sum(said), *said, rate(said[0], found.total())


@pytest.mark.parametrize("person", [people.MANAGER, people.LEAD], ids=lambda person: person.role)
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_that_of_the_rows(app: Flask, person: Someone, period: str, seed: int) -> None:
    again = scatter(person, period, seed)
    found = report("residents_view", person, period)
    assert lines(found, "responses") == {WHEN[moment]: responses(counted) for moment, counted in again.items()}
    for question in QUESTIONS:
        assert lines(found, question) == {
            WHEN[moment]: (
                *(numbers := given(counted, question)),
                sum(numbers),
                rate(sum(numbers), counted.total()),
            )
            for moment, counted in again.items()
        }
    for moment, counted in again.items():
        assert lines(found, f"categories-{moment}") == by_category(counted)
    figures = [(figure.value, figure.note) for figure in found.figures]
    for place, (moment, question) in enumerate((moment, question) for moment in WHEN for question in QUESTIONS):
        numbers = given(again[moment], question)
        share = rate(sum(numbers), again[moment].total())
        said = "" if share is None else f", yes of {sum(numbers)} answers ({share}% answered)"
        assert figures[place] == (numbers[0], f"{WHEN[moment][0].lower()}{WHEN[moment][1:]}{said}")


def by_category(counted: Counted) -> dict[str, tuple[Any, ...]]:
    """The yes of each question, how many answered, and how many could have."""
    parts = {
        label: Counter({line: number for line, number in counted.items() if line[1] == (code or "")})
        for code, label in CATEGORIES.items()
    }
    return {
        label: (
            *(given(mine, question)[0] for question in QUESTIONS),
            responses(mine)[2],
            mine.total(),
            responses(mine)[-1],
        )
        for label, mine in {**parts, "All categories": counted}.items()
        if mine
    }


def test_the_answer_is_a_sentence_with_its_response_rate(app: Flask) -> None:
    again = scatter(people.MANAGER, "all", 3)
    first, second = report("residents_view", people.MANAGER).headline
    yes, *rest = given(again[CLOSING], "helped_forward")
    beside = rate(yes + sum(rest), again[CLOSING].total())
    said = f"{yes} of the {yes + sum(rest)} residents who answered said that it helped them find a way forward"
    assert first == f"{said} (response rate {beside}%)."
    yes, *rest = given(again[LATER], "is_solved")
    assert second.startswith(f"{yes} of the {yes + sum(rest)} residents who answered said four weeks later that it is")


def test_without_a_referral_it_is_empty(app: Flask) -> None:
    assert report("residents_view", people.LEAD).is_empty
