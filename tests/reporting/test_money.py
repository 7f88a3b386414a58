"""Money: counted again in plain Python over random sums; kinds, bases and who says so are never added up."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from flask import Flask

from referrals.directory import lists
from referrals.foundation.clock import clock_at
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.counting import PAPERS
from tests.reporting.making import BASES, CODES, KINDS, Made
from tests.reporting.reading import CATEGORIES, PERIODS, Row, lines, owned, report, within

BASIS = {"confirmed": "paid or decided", "estimated": "estimated", "predicted": "expected, not decided yet"}


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def kind_name(kind: str) -> str:
    return lists.label("money_kinds", kind) + (", in a year" if kind == "recurring" else "")


def rows_of(made: Made, person: Someone, period: str) -> list[tuple[Row, Row, Row]]:
    """Each sum that counts, with its result and its referral."""
    mine = {row["id"]: row for row in owned(made.referrals, person)}
    current = {
        one["id"]: one
        for one in made.outcomes
        if one["superseded_at"] is None and one["referral_id"] in mine and within(one["recorded_at"], period)
    }
    return [
        (row, current[row["outcome_id"]], mine[row["referral_id"]])
        for row in made.money
        if row["outcome_id"] in current
    ]


def added(found: list[tuple[Row, Row, Row]]) -> tuple[Any, ...]:
    """Claimed, confirmed, evidenced, and the referrals behind them."""
    sums = [Decimal(), Decimal(), Decimal()]
    for row, outcome, _ in found:
        amount = row["annual_amount"] if row["kind"] == "recurring" else row["amount"]
        for place, counts in enumerate((True, outcome["standing"] == "confirmed", row["evidence"] in PAPERS)):
            sums[place] += amount if counts else 0
    return *sums, len({referral["id"] for _, _, referral in found})


@pytest.mark.parametrize("person", [people.MANAGER, people.LEAD], ids=lambda person: person.role)
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_sum_is_that_of_the_rows(app: Flask, person: Someone, period: str, seed: int) -> None:
    made = making.scatter(260, seed).write()
    every = rows_of(made, person, period)
    found = report("money", person, period)
    by_outcome = {
        one["id"]: {code["code"] for code in made.codes if code["outcome_id"] == one["id"]} for one in made.outcomes
    }
    kinds, codes = {}, {}
    for kind, basis in product(KINDS, BASES):
        same = [one for one in every if (one[0]["kind"], one[0]["basis"]) == (kind, basis)]
        kinds[f"{kind_name(kind)}: {BASIS[basis]}"] = added(same)
        for code in CODES:
            line = f"{lists.label('outcomes', code)}. {kind_name(kind)}: {BASIS[basis]}"
            codes[line] = added([one for one in same if code in by_outcome[one[1]["id"]]])
    assert lines(found, "kinds") == there(kinds)
    assert lines(found, "outcomes") == there(codes)
    for kind in {row["kind"] for row, _, _ in every}:
        by_category = {
            f"{label}: {BASIS[basis]}": added(
                [
                    one
                    for one in every
                    if (one[0]["kind"], one[0]["basis"], one[2]["category"]) == (kind, basis, category)
                ]
            )
            for (category, label), basis in product(CATEGORIES.items(), BASES)
        }
        assert lines(found, kind) == there(by_category)


def there(found: dict[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    """The lines behind which any referral stands."""
    return {line: values for line, values in found.items() if values[-1]}


def test_it_counts_money_as_the_report_on_outcomes_does(app: Flask) -> None:
    making.scatter(260, 3).write()
    for person in (people.MANAGER, people.LEAD):
        for period in PERIODS:
            assert lines(report("money", person, period), "kinds") == lines(report("outcomes", person, period), "money")


def test_nothing_is_added_up(app: Flask) -> None:
    making.scatter(260, 4).write()
    found = report("money", people.MANAGER)
    assert [table.key for table in found.tables if table.total] == []
    assert "never added up" in found.headline[1]
    labels = [figure.label for figure in found.figures]
    assert labels == [kind_name(kind) for kind in KINDS]


def test_without_money_it_is_empty(app: Flask) -> None:
    assert report("money", people.LEAD).is_empty
