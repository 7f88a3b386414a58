"""The resident's own answers, counted over random data and again in plain Python, at both moments."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update

from referrals.casework.models import LaterAnswer, Outcome
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db
from referrals.foundation.ids import new_id
from referrals.reporting.periods import open_choices
from referrals.reporting.queries import CLOSING, LATER, Answered, Response, answers, response
from referrals.reporting.scope import scope_of
from tests import people
from tests.people import LEAD, MANAGER, Someone
from tests.reporting.counting import day
from tests.reporting.making import NOW, Made, count_from_nothing, scatter

QUESTIONS = ("helped_forward", "is_solved", "less_worried")
SAID = (None, "answered", "declined", "not_reached", "not_asked")
STANDINGS = ("waiting", "answered", "declined", "not_reached", "died", "lapsed", "stopped")
TRIED = ("answered", "declined", "not_reached")


@pytest.fixture(autouse=True)
def now(app: Flask) -> Iterator[None]:
    """The day of the data."""
    with clock_at(NOW):
        yield


def some(chance: random.Random, *, answered: bool, nothing: str) -> dict[str, str | None]:
    codes = ("yes", "partly", "no", nothing)
    return {name: chance.choice(codes) if answered else None for name in QUESTIONS}


def answered(made: Made, seed: int) -> list[dict[str, Any]]:
    """Give each result a word about the resident, and each closed referral what came four weeks later."""
    chance, later = random.Random(seed), []
    for outcome in made.outcomes:
        said = chance.choice(SAID)
        outcome |= {"resident_said": said, **some(chance, answered=said == "answered", nothing="not_asked")}
    for row in made.referrals:
        if row["state"] != "closed":
            continue
        standing = chance.choice(STANDINGS)
        told = standing not in ("waiting", "lapsed") or chance.random() < 0.5
        due = day(row["ended_at"]) + timedelta(days=28)
        if due > NOW.date():
            # Nothing has happened that is still to come.
            standing, told = "waiting", False
        later.append(
            {
                "id": new_id(),
                "referral_id": row["id"],
                "group_id": row["group_id"],
                "closed_at": row["ended_at"],
                "due_on": due,
                "ends_on": due + timedelta(days=28),
                "told_at": row["ended_at"] + timedelta(days=28) if told else None,
                "standing": standing,
                **some(chance, answered=standing == "answered", nothing="declined"),
            }
        )
    return later


def write(made: Made, later: list[dict[str, Any]]) -> None:
    made.write()
    with db.engine.begin() as connection:
        connection.execute(insert(LaterAnswer), later)
        for outcome in made.outcomes:
            values = {name: outcome[name] for name in ("resident_said", *QUESTIONS)}
            connection.execute(update(Outcome).where(Outcome.id == outcome["id"]).values(values))
    count_from_nothing()


def recount(
    made: Made, later: list[dict[str, Any]], who: Someone, first: date | None, last: date
) -> Counter[tuple[str, ...]]:
    """The same lines from the rows themselves."""
    key = "office_id" if who is MANAGER else "group_id"
    mine = {row["id"]: row for row in made.referrals if row[key] == who.place.id}
    found: Counter[tuple[str, ...]] = Counter()
    for outcome in made.outcomes:
        row = mine.get(outcome["referral_id"])
        if not row or row["state"] != "closed" or outcome["superseded_at"]:
            continue
        if (first is None or day(row["ended_at"]) >= first) and day(row["ended_at"]) <= last:
            given = [outcome[name] or "" for name in QUESTIONS]
            found[(CLOSING, row["category"] or "", outcome["resident_said"] or "not_asked", *given)] += 1
    for asked in later:
        row = mine.get(asked["referral_id"])
        told = asked["standing"] != "waiting" or asked["told_at"]
        if not row or not told or asked["standing"] == "stopped":
            continue
        if (first is None or asked["due_on"] >= first) and asked["due_on"] <= last:
            given = [asked[name] or "" for name in QUESTIONS]
            found[(LATER, row["category"] or "", asked["standing"], *given)] += 1
    return found


def as_counted(found: list[Answered]) -> Counter[tuple[str, ...]]:
    lines: Counter[tuple[str, ...]] = Counter()
    for one in found:
        lines[(one.moment, one.category, one.said, one.helped_forward, one.is_solved, one.less_worried)] += one.number
    return lines


def of_response(lines: Counter[tuple[str, ...]], moment: str) -> Response:
    said = Counter[str]()
    for line, number in lines.items():
        if line[0] == moment and line[2] != "died":
            said[line[2]] += number
    tried = [said[code] for code in TRIED]
    return Response(sum(said.values()), sum(tried), *tried)


@pytest.mark.parametrize("who", [LEAD, MANAGER], ids=lambda one: one.name)
def test_every_line_is_what_the_rows_say(app: Flask, who: Someone) -> None:
    made = scatter(400, seed=28, groups=(people.WHITE_CITY, people.THURCROFT))
    later = answered(made, 29)
    write(made, later)
    scope, counted = scope_of(who.viewer), 0
    for period in open_choices(date(2025, 1, 1), NOW.date()):
        found = answers(scope, period)
        again = recount(made, later, who, period.first, period.last)
        assert as_counted(found) == again, period.code
        for moment in (CLOSING, LATER):
            assert response(found, moment) == of_response(again, moment)
            counted += response(found, moment).answered
    assert counted > 50


def test_where_there_is_nothing_nobody_was_asked(app: Flask) -> None:
    [everything, *_] = open_choices(None, NOW.date())
    found = answers(scope_of(LEAD.viewer), everything)
    assert found == []
    assert response(found, LATER) == Response(0, 0, 0, 0, 0)
