"""What a coordinator reads of a programme, and what an attacker can make of it: no small count can be worked out."""

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from flask import Flask

from referrals.directory.models import Programme
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotFound
from referrals.reporting import actions, catalogue, money
from referrals.reporting.disclosure import OWNER, Name, profile_of
from referrals.reporting.queries import Sums
from referrals.reporting.report import Report, Unit
from referrals.reporting.scope import scope_of
from tests import people
from tests.reporting import making
from tests.reporting.attacking import Cell, Sum, known, narrowed

THRESHOLD = 10
COORDINATOR = people.COORDINATOR.viewer


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def both(period: str | None = None) -> tuple[Report, Report]:
    """The report of the last quarter as the coordinator reads it, and the same with nothing hidden."""
    with transaction():
        asked = actions.read_report("outcomes", period, by=COORDINATOR)
    bare = dataclasses.replace(asked, scope=dataclasses.replace(asked.scope, profile=OWNER))
    return asked.build(), bare.build()


def counts(report: Report) -> dict[Cell, Any]:
    """Each count of each table by table, line and measure."""
    return {
        (table.key, row.label, column.label): value
        for table in report.tables
        if table.key in ("standing", "results", "referrals", "closed")
        for row in (*table.rows, *([table.total] if table.total else ()))
        for column, value in zip(table.columns, row.values, strict=True)
        # Coordinators do not read of it: it would tie one quarter to the next.
        if column.label != "Still open"
    }


def sums_of(report: Report) -> Iterator[Sum]:
    """What anybody can see in the tables: lines that add up, and the same number standing in two of them."""
    for table in report.tables:
        if table.key not in ("standing", "results", "referrals", "closed") or table.total is None:
            continue
        columns = [column.label for column in table.columns]
        for column in columns:
            cells = tuple((table.key, row.label, column) for row in table.rows)
            yield Sum((table.key, table.total.label, column), cells)
        for row in (*table.rows, table.total):
            if table.key == "results":
                yield Sum(("results", row.label, "All"), tuple(("results", row.label, name) for name in columns[:-1]))
                yield Sum(("results", row.label, "All"), (("standing", row.label, "Claimed"),))
            if table.key == "standing":
                yield Sum(("standing", row.label, "Claimed"), tuple(("standing", row.label, c) for c in columns[1:]))
    yield Sum(("referrals", "All referrals", "Closed"), (("closed", "All closed referrals", "Closed"),))


@pytest.mark.parametrize("seed", range(6))
def test_no_small_count_of_the_report_can_be_worked_out(app: Flask, seed: int) -> None:
    making.scatter((400, 800, 1500, 2500, 4000, 8000)[seed], seed, groups=(people.WHITE_CITY,)).write()
    shown, bare = both()
    truth, published = counts(bare), counts(shown)
    assert truth.keys() == published.keys()
    ranges = narrowed(known(truth, published, THRESHOLD, most=3000), sums_of(shown))
    for cell, value in truth.items():
        if value < THRESHOLD:
            assert published[cell] is None
            low, high = ranges[cell]
            assert high - low + 1 >= THRESHOLD // 2, f"{cell} lies between {low} and {high}"
        elif published[cell] is not None:
            assert published[cell] % 5 == 0
            assert abs(published[cell] - value) <= 2


def test_outcome_codes_show_no_small_count_and_no_small_rest(app: Flask) -> None:
    making.scatter(3000, 11, groups=(people.WHITE_CITY,)).write()
    shown, bare = both()
    exact_rows, rows = (
        {row.label: row.values for row in next(table for table in report.tables if table.key == "outcomes").rows}
        for report in (bare, shown)
    )
    assert 0 < len(rows) < len(exact_rows)
    for label, values in rows.items():
        claimed, confirmed, disputed, evidenced = exact_rows[label]
        truth = {("claimed",): claimed, ("confirmed",): confirmed, ("disputed",): disputed, ("evidenced",): evidenced}
        published = dict(zip(truth, values, strict=True))
        # No table holds these, but everybody can take one number from another.
        truth |= {("rest",): claimed - confirmed - disputed, ("no evidence",): claimed - evidenced}
        published |= {("rest",): None, ("no evidence",): None}
        sums = [
            Sum(("claimed",), (("confirmed",), ("disputed",), ("rest",))),
            Sum(("claimed",), (("evidenced",), ("no evidence",))),
        ]
        ranges = narrowed(known(truth, published, THRESHOLD, most=900), sums)
        for cell, value in truth.items():
            if value < THRESHOLD:
                low, high = ranges[cell]
                assert published[cell] is None
                assert high - low + 1 >= THRESHOLD // 2


def test_percentages_come_from_the_rounded_numbers(app: Flask) -> None:
    making.scatter(2500, 12, groups=(people.WHITE_CITY,)).write()
    shown, _ = both()
    published = counts(shown)
    full, part = (published["standing", f"Resolved in {how}", "Claimed"] for how in ("full", "part"))
    total = published["standing", "All results", "Claimed"]
    share = Decimal(100 * (full + part)) / total
    assert shown.headline[0].startswith(f"About {full + part:,} of {total:,} referrals with a result ({share:.0f}%)")


def test_medians_need_enough_referrals(app: Flask) -> None:
    making.scatter(800, 13, groups=(people.WHITE_CITY,)).write()
    shown, bare = both()
    tables = [next(table for table in report.tables if table.key == "waiting") for report in (shown, bare)]
    hidden = 0
    for row, true in zip(*(table.rows for table in tables), strict=True):
        for median, behind in ((0, 1), (2, 3)):
            if (true.values[behind] or 0) < THRESHOLD:
                assert row.values[median] is None
                hidden += 1
            elif row.values[median] is not None:
                assert row.values[median] == row.values[median].to_integral_value()
    assert hidden


def test_the_threshold_is_the_programmes(app: Flask) -> None:
    for chosen, used in ((10, 10), (25, 25), (0, 5)):
        programme = db.session.get(Programme, people.BIG_LOCAL.id)
        assert programme is not None
        programme.small_count = chosen
        assert scope_of(COORDINATOR).threshold == used
    assert scope_of(people.LEAD.viewer).threshold is None
    assert scope_of(people.MANAGER.viewer).threshold is None


def test_periods_only_end_with_a_quarter(app: Flask) -> None:
    asked = catalogue.request("outcomes", None, COORDINATOR)
    assert {period.last.month % 3 for period in asked.choices} == {0}
    assert asked.period.label == "July to September 2026"
    with pytest.raises(NotFound):
        catalogue.request("outcomes", "all", COORDINATOR)


def some_sums(**numbers: Any) -> Sums:
    behind = {
        "behind_claimed": 40,
        "behind_confirmed": 25,
        "behind_evidenced": 20,
        "apart_claimed_confirmed": 15,
        "apart_claimed_evidenced": 20,
        "apart_confirmed_evidenced": 12,
    }
    pounds = {"claimed": Decimal("123456.78"), "confirmed": Decimal("65432.10"), "evidenced": Decimal("50049.99")}
    for one, other in combinations(list(pounds), 2):
        pounds[f"spread_{one}_{other}"] = pounds[one] - pounds[other]
        pounds[f"largest_{one}_{other}"] = Decimal(7000)
    pounds |= {f"largest_{name}": Decimal(7000) for name in ("claimed", "confirmed", "evidenced")}
    return Sums("one_off", "confirmed", **(pounds | behind | numbers))


GUARDED = profile_of(Name.PROGRAMME, THRESHOLD)


ALL_SHOWN = (Decimal(123500), Decimal(65400), Decimal(50000))


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [
        ({}, ()),
        ({"behind_claimed": 9, "behind_confirmed": 5, "behind_evidenced": 2}, (0, 1, 2)),
        ({"behind_confirmed": 9}, (1,)),
        ({"behind_evidenced": 1}, (2,)),
        # One referral makes the difference between two sums: only one of them is shown.
        ({"apart_claimed_confirmed": 1}, (1,)),
        ({"apart_claimed_evidenced": 9}, (2,)),
        ({"apart_confirmed_evidenced": 1}, (2,)),
        ({"apart_claimed_confirmed": 1, "apart_confirmed_evidenced": 1}, (1,)),
        ({"apart_claimed_confirmed": 0}, ()),
        # One resident holds nearly all of a sum, or of a difference.
        ({"largest_claimed": Decimal(98_766)}, (0, 1, 2)),
        ({"largest_claimed": Decimal(98_765)}, ()),
        ({"largest_evidenced": Decimal(49_000)}, (2,)),
        ({"largest_claimed_confirmed": Decimal(50_000)}, (1,)),
    ],
)
def test_sums_and_their_differences_have_enough_referrals_behind_them(
    numbers: dict[str, Any], hidden: tuple[int, ...]
) -> None:
    *shown, _ = money.shown(some_sums(**numbers), GUARDED)
    assert shown == [None if place in hidden else amount for place, amount in enumerate(ALL_SHOWN)]


def test_published_sums_never_differ_by_a_few_referrals(app: Flask) -> None:
    made = making.scatter(3000, 14, groups=(people.WHITE_CITY,)).write()
    current = {row["id"]: row for row in made.outcomes if row["superseded_at"] is None}
    shown, _ = both()
    (table,) = [table for table in shown.tables if table.key == "money"]
    assert [column.unit for column in table.columns] == [Unit.POUNDS] * 3 + [Unit.REFERRALS]
    names = {money.name_of(kind, basis): (kind, basis) for kind in making.KINDS for basis in making.BASES}
    period = catalogue.request("outcomes", None, COORDINATOR).period
    compared = 0
    for row in table.rows:
        each: dict[Any, list[Decimal]] = {}
        for paid in made.money:
            outcome = current.get(paid["outcome_id"])
            if (
                outcome
                and period.begins <= outcome["recorded_at"] < period.ends
                and (paid["kind"], paid["basis"]) == names[row.label]
            ):
                amount = paid["annual_amount"] or paid["amount"]
                sums = each.setdefault(paid["referral_id"], [Decimal(0)] * 3)
                parts = (True, outcome["standing"] == "confirmed", paid["evidence"] in money_seen())
                each[paid["referral_id"]] = [have + amount * part for have, part in zip(sums, parts, strict=True)]
        for one, other in combinations([place for place in range(3) if row.values[place] is not None], 2):
            differing = sum(sums[one] != sums[other] for sums in each.values())
            assert differing == 0 or differing >= THRESHOLD
            compared += 1
    assert compared


def money_seen() -> set[str]:
    return {"decision_letter", "payment_seen", "agency_reply", "court_or_tribunal_order"}
