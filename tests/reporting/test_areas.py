"""Areas side by side: counted again in plain Python over random referrals, by name and never as a ranking."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from referrals.foundation.clock import clock_at
from referrals.foundation.errors import NotFound
from tests import people
from tests.reporting import making
from tests.reporting.counting import day
from tests.reporting.making import Made
from tests.reporting.reading import PERIODS, Row, lines, owned, report, spread, within

GROUPS = {place.name: place.id for place in (people.THURCROFT, people.WHITE_CITY)}
SOLVED = ("resolved_in_full", "resolved_in_part")


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def counted(made: Made, rows: list[Row], period: str) -> tuple[Any, ...]:
    """Received, taken on, closed with a result, the share of those resolved, and the median of days."""
    current = {one["referral_id"]: one for one in made.outcomes if one["superseded_at"] is None}
    closed = [row for row in rows if row["state"] == "closed" and within(row["ended_at"], period)]
    closed = [row for row in closed if row["id"] in current]
    solved = sum(current[row["id"]]["resolution"] in SOLVED for row in closed)
    days, _, _ = spread([(day(row["ended_at"]) - day(row["submitted_at"])).days for row in closed])
    return (
        sum(within(row["submitted_at"], period) for row in rows),
        sum(within(row["accepted_at"], period) for row in rows),
        len(closed),
        int(100 * solved / len(closed) + 0.5) if closed else None,
        days,
    )


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_that_of_the_rows(app: Flask, period: str, seed: int) -> None:
    made = making.scatter(300, seed).write()
    rows = owned(made.referrals, people.MANAGER)
    found = report("areas", people.MANAGER, period)
    wanted = {
        name: counted(made, [row for row in rows if row["group_id"] == group], period) for name, group in GROUPS.items()
    }
    assert lines(found, "areas") == {**wanted, "All of them": counted(made, rows, period)}
    # In the order of their names, whatever the numbers.
    assert [row.label for row in found.tables[0].rows] == sorted(GROUPS)


def test_an_office_compares_only_groups_it_has_heard_from(app: Flask) -> None:
    making.scatter(40, 3, groups=(people.THURCROFT,), offices=(people.HAMMERSMITH,)).write()
    assert set(lines(report("areas", people.MANAGER), "areas")) == {people.THURCROFT.name, "All of them"}
    assert report("areas", people.OTHER_MANAGER).is_empty


def test_a_group_compares_itself_with_nobody(app: Flask) -> None:
    with pytest.raises(NotFound):
        report("areas", people.LEAD)
