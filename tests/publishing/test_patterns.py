"""What a brief can be written from, and its figures: counted again in plain Python over random referrals."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, insert, update

from referrals.casework.models import MatchToken, Referral
from referrals.directory.models import Group
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotAllowed
from referrals.publishing.queries.patterns import counted, patterns
from tests import people
from tests.people import Someone
from tests.publishing.making import TODAY, body_ids, cells, people_behind, scatter, step
from tests.reporting import making
from tests.reporting.counting import day
from tests.reporting.making import Made

Row = dict[str, Any]
Marks = dict[UUID, set[bytes]]
LAST_MONTH = date(2026, 10, 31)
WRITERS = [people.LEAD, people.MANAGER, people.COORDINATOR]
SEEDS = [(400, 1), (160, 2), (60, 3), (900, 4)]


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        with transaction():
            db.session.execute(update(Group).values(programme_id=people.BIG_LOCAL.id))
        yield


def mine(rows: list[Row], person: Someone) -> list[Row]:
    """The rows that are the person's to count."""
    if person is people.COORDINATOR:
        return rows
    side = "office_id" if person is people.MANAGER else "group_id"
    return [row for row in rows if row[side] == person.place.id]


def last_day(person: Someone) -> date:
    return LAST_MONTH if person is people.COORDINATOR else TODAY


def threshold(person: Someone) -> int:
    return 10 if person is people.COORDINATOR else 5


def lately(rows: list[Row], last: date) -> list[Row]:
    return [row for row in rows if (last - day(row["submitted_at"])).days < 90]


def again(made: Made, marks: Marks, person: Someone) -> dict[tuple[str, UUID, UUID], int]:
    """How many people there are in each cell that has enough of them, as shown."""
    last, least = last_day(person), threshold(person)
    found = {
        key: len(people_behind(lately(rows, last), marks))
        for key, rows in cells(mine(made.referrals, person), last).items()
    }
    return {key: step(count, least) for key, count in found.items() if count >= least}


@pytest.mark.parametrize("person", WRITERS, ids=lambda one: one.role)
@pytest.mark.parametrize(("number", "seed"), SEEDS)
def test_every_pattern_is_that_of_the_rows(app: Flask, person: Someone, number: int, seed: int) -> None:
    made, marks = scatter(number, seed)
    found = patterns(person.viewer)
    shown = {(one.issue_type, one.agency_id, one.office_id): one.residents for one in found}
    assert shown == again(made, marks, person)
    assert [one.residents for one in found] == sorted(shown.values(), reverse=True)
    assert number < 400 or shown


@pytest.mark.parametrize("person", WRITERS, ids=lambda one: one.role)
@pytest.mark.parametrize(("number", "seed"), SEEDS)
def test_every_figure_is_that_of_the_rows(app: Flask, person: Someone, number: int, seed: int) -> None:
    made, marks = scatter(number, seed)
    enough, last = again(made, marks, person), last_day(person)
    for key, rows in cells(mine(made.referrals, person), last).items():
        found = counted(*key, person.viewer)
        # Whom older referrals show to be one person are counted once here too.
        recent = {row["id"] for row in lately(rows, last)}
        count = sum(bool(circle & recent) for circle in people_behind(rows, marks))
        assert (found is None) is (count < threshold(person))
        if found is None:
            continue
        assert key in enough
        assert (found.first, found.last) == (last - timedelta(days=89), last)
        figures = found.figures
        assert figures.residents == step(count, threshold(person))
        assert figures.threshold == threshold(person)
        assert figures.reached == reached(rows, marks, threshold(person))
        assert figures.areas == areas(rows, marks, person, last)
        assert figures.waited_days == waited(rows, marks, person, last)
        assert dict(figures.codes) == codes(made, rows, marks, person, last)
        assert {(kind, basis): sum_ for kind, basis, sum_ in figures.money} == money(made, rows, marks, person, last)


def reached(rows: list[Row], marks: Marks, least: int) -> str:
    ordered = sorted(rows, key=lambda row: (day(row["submitted_at"]), row["id"]))
    circles = people_behind(ordered, marks)
    seen: list[set[UUID]] = []
    for row in ordered:
        circle = next(one for one in circles if row["id"] in one)
        if circle not in seen:
            seen.append(circle)
        if len(seen) == least:
            return f"{day(row['submitted_at']):%Y-%m}"
    raise AssertionError


def areas(rows: list[Row], marks: Marks, person: Someone, last: date) -> int | None:
    # Who is one person is seen in all rows, of which these are a part.
    circles, large = people_behind(rows, marks), 0
    for group_id in {row["group_id"] for row in rows}:
        here = {row["id"] for row in lately(rows, last) if row["group_id"] == group_id}
        large += sum(bool(circle & here) for circle in circles) >= threshold(person)
    return large if large > 1 else None


def waited(rows: list[Row], marks: Marks, person: Someone, last: date) -> int | None:
    days: dict[int, int] = {}
    circles = people_behind(rows, marks)
    for row in lately(rows, last):
        if row["waiting_since"]:
            number = next(n for n, circle in enumerate(circles) if row["id"] in circle)
            days[number] = max(days.get(number, 0), (day(row["submitted_at"]) - row["waiting_since"]).days)
    if len(days) < threshold(person):
        return None
    middle = Decimal(median(days.values())).quantize(Decimal(1), ROUND_HALF_UP)
    unit = Decimal("30.44") if middle >= 61 else Decimal(7)
    return round((middle / unit).quantize(Decimal(1)) * unit)


def standing(made: Made, rows: list[Row], last: date) -> dict[UUID, UUID]:
    """The results that count, by id, each with its referral."""
    ids = {row["id"] for row in rows}
    return {
        outcome["id"]: outcome["referral_id"]
        for outcome in made.outcomes
        if outcome["referral_id"] in ids
        and outcome["superseded_at"] is None
        and outcome["standing"] != "disputed"
        and day(outcome["recorded_at"]) <= last
    }


def codes(made: Made, rows: list[Row], marks: Marks, person: Someone, last: date) -> dict[str, int]:
    results, circles = standing(made, rows, last), people_behind(rows, marks)
    found: dict[str, int] = {}
    for code in making.CODES:
        with_it = {
            results[row["outcome_id"]] for row in made.codes if row["code"] == code and row["outcome_id"] in results
        }
        count = sum(bool(circle & with_it) for circle in circles)
        if count >= threshold(person):
            found[code] = step(count, threshold(person))
    return found


def money(made: Made, rows: list[Row], marks: Marks, person: Someone, last: date) -> dict[tuple[str, str], int]:
    results, circles = standing(made, rows, last), people_behind(rows, marks)
    found: dict[tuple[str, str], int] = {}
    for kind, basis in {(row["kind"], row["basis"]) for row in made.money}:
        held: dict[int, Decimal] = {}
        for row in made.money:
            if (row["kind"], row["basis"]) == (kind, basis) and row["outcome_id"] in results:
                number = next(n for n, circle in enumerate(circles) if row["referral_id"] in circle)
                held[number] = held.get(number, Decimal(0)) + (row["annual_amount"] or row["amount"])
        whole = sum(held.values(), Decimal(0))
        if len(held) >= threshold(person) and max(held.values()) <= Decimal("0.8") * whole:
            found[kind, basis] = int((whole / 100).quantize(Decimal(1), ROUND_HALF_UP) * 100)
    return found


def test_exactly_five_people_are_five_or_more(app: Flask) -> None:
    assert [step(count, 5) for count in (5, 6, 7, 8, 12, 13)] == [5, 5, 5, 10, 10, 15]
    assert [step(count, 10) for count in (10, 11, 12, 13)] == [10, 10, 10, 15]


def test_one_person_five_times_is_no_pattern_also_once_they_are_erased(app: Flask) -> None:
    made, _ = scatter(12, 5)
    same = {"group_id": people.WHITE_CITY.id, "office_id": people.HAMMERSMITH.id, "issue_type": "damp_and_mould"}
    body = next(one for one in body_ids().values() if one)
    change = update(Referral).values(**same, agency_id=body, submitted_at=making.NOW, state="submitted")
    for erased in (False, True):
        db.session.rollback()
        with db.engine.begin() as connection:
            connection.execute(change.values(erased_at=making.NOW if erased else None))
            connection.execute(delete(MatchToken))
            tokens = [{"token": bytes(16), "referral_id": row["id"]} for row in made.referrals]
            if not erased:
                connection.execute(insert(MatchToken), tokens)
        assert patterns(people.LEAD.viewer) == []


@pytest.mark.parametrize("person", [people.VOLUNTEER, people.CASEWORKER, people.ADMINISTRATOR], ids=lambda p: p.role)
def test_nobody_else_counts_anything(app: Flask, person: Someone) -> None:
    with pytest.raises(NotAllowed):
        patterns(person.viewer)
