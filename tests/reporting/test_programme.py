"""Every report as a programme's coordinators read it, beside the same counted in plain Python from the same rows."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from referrals.directory import lists
from referrals.foundation.clock import clock_at
from referrals.foundation.database import transaction
from referrals.reporting import actions, money
from referrals.reporting.report import Report
from tests import people
from tests.reporting import making
from tests.reporting.counting import Recount, day
from tests.reporting.making import Made
from tests.reporting.reading import CATEGORIES, Row, lines, spread
from tests.reporting.test_answers import answered, write
from tests.reporting.test_decisions import ORDER, decision

THRESHOLD = 10
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
GOOD = ("resolved_in_full", "resolved_in_part")
MONTHS = {"Jul 2026": 7, "Aug 2026": 8, "Sep 2026": 9}
FLOWS = ("received", "accepted", "declined", "returned", "withdrawn", "closed")
BY_CATEGORY = {None: "All", **{code: lists.label("categories", code) for code in making.CATEGORIES}}
# All results, and what the group says to them.
ANSWERS: tuple[dict[str, list[Any]], ...] = (
    {},
    {"standing": ["confirmed"]},
    {"standing": ["disputed"]},
    {"standing": ["claimed", "unanswered"]},
)
BANDS = (30, 91, 182, 273, 365, 730)


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def read(name: str) -> Report:
    """The report of the last quarter as the coordinator reads it."""
    with transaction():
        asked = actions.read_report(name, "2026-q3", by=people.COORDINATOR.viewer)
    return asked.build()


def scatter(seed: int, count: int = 2600) -> tuple[Made, list[Row]]:
    """Random referrals, some of them ended without ever being taken on; and those of the programme that count."""
    made, chance = making.scatter(count, seed), random.Random(seed)
    for row in made.referrals:
        row["started_at"] = row["end_reason"] = None
        if row["submitted_at"] and row["state"] != "closed" and chance.random() < 0.6:
            row["state"] = chance.choice(("declined", "returned_with_advice", "withdrawn", "submitted"))
            row["accepted_at"] = None
            row["ended_at"] = row["submitted_at"] + timedelta(days=chance.randint(0, 30), minutes=70)
            row["ended_at"] = None if row["state"] == "submitted" else min(row["ended_at"], making.NOW)
            row["end_reason"] = chance.choice(("no_capacity", "already_open")) if row["state"] == "declined" else None
    own = [row for row in made.referrals if row["group_id"] == people.WHITE_CITY.id and row["submitted_at"]]
    return made, [row for row in own if row["state"] != "entered_in_error"]


def within(moment: Any) -> bool:
    return moment is not None and FIRST <= day(moment) <= LAST


class Seen:
    """How many numbers were compared, and how many of them are shown."""

    def __init__(self) -> None:
        self.compared = self.shown = 0

    def count(self, shown: Any, true: int) -> None:
        """A count is hidden, and always where it is small; or it is the true one, rounded."""
        self.compared += 1
        if true < THRESHOLD:
            assert shown is None
        if shown is not None:
            self.shown += 1
            assert shown % 5 == 0
            assert abs(shown - true) <= 2

    def share(self, shown: Any, part: Any, whole: Any) -> None:
        """A percentage is that of the numbers beside it."""
        wanted = None if part is None or not whole else int(100 * min(part, whole) / whole + 0.5)
        assert shown == wanted

    def days(self, shown: tuple[Any, Any], number: Any, days: list[int]) -> None:
        """A median has as many behind it as the threshold, a ninetieth of a hundred five times as many."""
        median, most, _ = spread(days)
        for value, true, needed in ((shown[0], median, THRESHOLD), (shown[1], most, 5 * THRESHOLD)):
            if value is not None:
                assert number >= needed
                assert len(days) >= needed
                assert abs(Decimal(value) - Decimal(str(true))) <= Decimal("0.5")


@pytest.mark.parametrize("seed", [11, 12])
def test_outcomes(app: Flask, seed: int) -> None:
    made, _ = scatter(seed)
    made.write()
    again = Recount(made, lambda row: row["group_id"] == people.WHITE_CITY.id, FIRST, LAST)
    found, seen = read("outcomes"), Seen()
    for category, label in BY_CATEGORY.items():
        compare_flows(found, label if category else "All referrals", category, again, seen)
        compare_waits(found, label if category else "All categories", category, again, seen)
    place = [column.label for table in found.tables if table.key == "results" for column in table.columns].index
    for code in (*making.RESOLUTIONS, None):
        line = lists.label("resolutions", code) if code else "All results"
        for category, label in BY_CATEGORY.items():
            seen.count(lines(found, "results")[line][place(label)], again.result(code, category))
        for shown, has in zip(lines(found, "standing")[line], ANSWERS, strict=True):
            seen.count(shown, again.result(code, **has))
    for code in making.RESOLUTIONS:
        seen.count(lines(found, "closed")[lists.label("resolutions", code)][0], again.closed_as(code))
    for code in making.CODES:
        shown_of_code = lines(found, "outcomes").get(lists.label("outcomes", code), (None,) * 4)
        for shown, has in zip(shown_of_code, (*ANSWERS[:3], {"evidenced": [True]}), strict=True):
            seen.count(shown, again.code(code, **has))
    assert seen.shown > 30


def compare_flows(found: Report, line: str, category: str | None, again: Recount, seen: Seen) -> None:
    for shown, measure in zip(lines(found, "referrals")[line], FLOWS, strict=True):
        seen.count(shown, again.flow(measure, category))


def compare_waits(found: Report, line: str, category: str | None, again: Recount, seen: Seen) -> None:
    before, sent, after, results = lines(found, "waiting")[line]
    true_before, true_after = again.before(category), again.after(category)
    seen.count(sent, true_before[1])
    seen.count(results, true_after[1])
    for shown, true, behind in ((before, true_before[0], sent), (after, true_after[0], results)):
        assert shown is None or (behind >= THRESHOLD and abs(float(shown) - (true or 0)) <= 0.5)


@pytest.mark.parametrize("seed", [1, 2])
def test_decisions(app: Flask, seed: int) -> None:
    made, rows = scatter(seed)
    made.write()
    rows = [row for row in rows if within(row["submitted_at"])]
    found, seen = read("decisions"), Seen()

    def number(meets: Callable[[Row], bool]) -> int:
        return sum(meets(row) for row in rows)

    by_decision = lines(found, "decisions")
    for label in ORDER:
        shown, share, *days = by_decision[label]
        seen.count(shown, number(lambda row, label=label: decision(row) == label))
        seen.share(share, shown, by_decision["All received"][0])
        took = [
            (day(row["accepted_at"] or row["ended_at"]) - day(row["submitted_at"])).days
            for row in rows
            if decision(row) == label and (row["accepted_at"] or row["ended_at"])
        ]
        seen.days((days[0], days[1]), shown, took)
    for category, label in CATEGORIES.items():
        mine = [row for row in rows if row["category"] == category]
        received, *decided, _ = lines(found, "categories").get(label, (None,) * 7)
        seen.count(received, len(mine))
        for place, name in enumerate(ORDER):
            seen.count(decided[place], sum(decision(row) == name for row in mine))
    for label, month in MONTHS.items():
        received, *decided = lines(found, "months")[label]
        mine = [row for row in rows if day(row["submitted_at"]).month == month]
        seen.count(received, len(mine))
        for place, name in enumerate(ORDER):
            seen.count(decided[place], sum(decision(row) == name for row in mine))
    for reason in ("no_capacity", "already_open"):
        shown = lines(found, "declined").get(lists.label("decline_reasons", reason), (None,))[0]
        seen.count(shown, number(lambda row, reason=reason: row["state"] == "declined" and row["end_reason"] == reason))
    assert seen.shown > 12


@pytest.mark.parametrize("seed", [3, 4])
def test_areas(app: Flask, seed: int) -> None:
    made, rows = scatter(seed)
    made.write()
    current = {one["referral_id"]: one for one in made.outcomes if one["superseded_at"] is None}
    found, seen = read("areas"), Seen()
    for label in (people.WHITE_CITY.name, "All of them"):
        received, taken_on, closed, share, median = lines(found, "areas")[label]
        ended = [row for row in rows if row["state"] == "closed" and within(row["ended_at"])]
        seen.count(received, sum(within(row["submitted_at"]) for row in rows))
        seen.count(taken_on, sum(within(row["accepted_at"]) for row in rows))
        seen.count(closed, len(ended))
        solved = sum(current[row["id"]]["resolution"] in GOOD for row in ended)
        assert share is None or abs(share - 100 * solved / len(ended)) <= 5
        seen.days((median, None), closed, [(day(row["ended_at"]) - day(row["submitted_at"])).days for row in ended])
    assert seen.shown > 3
    assert len(lines(found, "areas")) == len(found.tables[0].rows) + 1


@pytest.mark.parametrize("seed", [5, 6])
def test_waiting(app: Flask, seed: int) -> None:
    made, rows = scatter(seed)
    made.write()
    waited = {
        row["id"]: (day(row["submitted_at"]) - row["waiting_since"]).days
        for row in rows
        if within(row["submitted_at"]) and row["waiting_since"]
    }
    found, seen = read("waiting"), Seen()
    assert [table.key for table in found.tables] == ["bands", "categories"]
    (bands, categories) = (lines(found, key) for key in ("bands", "categories"))
    total = bands["All of them"][0]
    for place, (shown, share) in enumerate(list(bands.values())[: len(BANDS) + 1]):
        low, high = (-1, *BANDS)[place], (*BANDS, 100_000)[place]
        seen.count(shown, sum(low < days <= high for days in waited.values()))
        seen.share(share, shown, total)
    for category, label in CATEGORIES.items():
        days = [waited[row["id"]] for row in rows if row["id"] in waited and row["category"] == category]
        median, most, number = categories.get(label, (None, None, None))
        seen.count(number, len(days))
        seen.days((median, most), number, days)
    assert seen.shown > 3


@pytest.mark.parametrize("seed", [7, 8])
def test_what_residents_say(app: Flask, seed: int) -> None:
    made, rows = scatter(seed)
    later = answered(made, seed)
    write(made, later)
    current = {one["referral_id"]: one for one in made.outcomes if one["superseded_at"] is None}
    closed = [current[row["id"]] for row in rows if row["state"] == "closed" and within(row["ended_at"])]
    found, seen = read("residents_view"), Seen()
    everybody, _, said, *_, rate = lines(found, "responses")["When it was closed"]
    seen.count(everybody, len(closed))
    seen.count(said, sum(one.get("resident_said") == "answered" for one in closed))
    seen.share(rate, said, everybody)
    for question in ("helped_forward", "is_solved", "less_worried"):
        *given, number, rate = lines(found, question)["When it was closed"]
        for place, answer in enumerate(("yes", "partly", "no")):
            seen.count(given[place], sum(one.get(question) == answer for one in closed))
        seen.count(number, sum(one.get(question) in ("yes", "partly", "no") for one in closed))
        seen.share(rate, number, everybody)
    assert seen.shown > 1
    assert not [table for table in found.tables if table.key.startswith("categories")]


@pytest.mark.parametrize("seed", [9, 10])
def test_money(app: Flask, seed: int) -> None:
    made, _ = scatter(seed, 4000)
    made.write()
    again = Recount(made, lambda row: row["group_id"] == people.WHITE_CITY.id, FIRST, LAST)
    found = read("money")
    compared = 0
    for kind in making.KINDS:
        for basis in making.BASES:
            claimed, confirmed, evidenced, number = again.money(kind, basis)
            shown = lines(found, "kinds").get(money.name_of(kind, basis))
            for value, true in zip(shown or (), (claimed, confirmed, evidenced), strict=False):
                compared += value is not None
                assert value is None or (value % 100 == 0 and abs(value - true) <= 50)
            if shown:
                Seen().count(shown[3], number)
    assert compared > 8
    assert "outcomes" not in {table.key for table in found.tables}


@pytest.mark.parametrize("seed", range(3))
def test_no_sum_and_no_difference_of_sums_is_of_few(app: Flask, seed: int) -> None:
    """Each sum of a category, what is left of them all, and each difference stands for many, none with nearly all."""
    made, chance = scatter(seed + 20, 3000)[0], random.Random(seed)
    for row in made.money:
        if chance.random() < 0.8:
            row |= {"kind": "one_off", "basis": "confirmed", "frequency": None, "annual_amount": None}
    made.write()
    found = read("money")
    shown_categories = 0
    for kind in making.KINDS:
        for basis in making.BASES:
            held = of_residents(made, kind, basis)
            whole = lines(found, "kinds").get(money.name_of(kind, basis))
            tables = [table for table in found.tables if table.key == kind]
            rows = {row.label: row.values for table in tables for row in table.rows}
            shown = [
                category for category, label in CATEGORIES.items() if f"{label}: {money.basis_name(basis)}" in rows
            ]
            if not shown:
                continue
            assert whole is not None
            shown_categories += len(shown)
            left = [category for category in held if category not in shown]
            for group in [[one] for one in shown] + ([left] if left else []):
                residents = [sums for category in group for sums in held.get(category, [])]
                must_be_of_many([claimed for claimed, _ in residents])
                must_be_of_many([confirmed for _, confirmed in residents])
                must_be_of_many([claimed - confirmed for claimed, confirmed in residents], or_none=True)
    assert shown_categories


def must_be_of_many(amounts: list[Decimal], *, or_none: bool = False) -> None:
    there = [amount for amount in amounts if amount]
    if not there and or_none:
        return
    assert len(there) >= THRESHOLD
    assert max(there) <= Decimal("0.8") * sum(there)


def of_residents(made: Made, kind: str, basis: str) -> dict[Any, list[tuple[Decimal, Decimal]]]:
    """What each resident holds, claimed and confirmed, by category."""
    again = Recount(made, lambda row: row["group_id"] == people.WHITE_CITY.id, FIRST, LAST)
    current = {outcome["id"]: (outcome, referral) for outcome, referral in again.results()}
    sums: dict[tuple[Any, Any], list[Decimal]] = {}
    for row in made.money:
        if row["outcome_id"] in current and (row["kind"], row["basis"]) == (kind, basis):
            outcome, referral = current[row["outcome_id"]]
            amount = row["annual_amount"] if kind == "recurring" else row["amount"]
            each = sums.setdefault((referral["category"], referral["id"]), [Decimal(), Decimal()])
            each[0] += amount
            each[1] += amount if outcome["standing"] == "confirmed" else 0
    found: dict[Any, list[tuple[Decimal, Decimal]]] = {}
    for (category, _), (claimed, confirmed) in sums.items():
        found.setdefault(category, []).append((claimed, confirmed))
    return found
