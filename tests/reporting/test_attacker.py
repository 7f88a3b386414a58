"""An attacker with linear programming, who holds every table that was published and knows all the rules.

What is published of six successive months (for anybody) and of the two quarters that they make (for a programme) is
turned into equations over what nobody published: how many referrals of each category were closed in each month with
each result, and so on. Then every number that was hidden is made as small and as large as the equations allow. The
attacker shares nothing with the engine: it knows the tables, the rounding and the thresholds, and which numbers are
hidden for being small, which is more than a reader is told.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import ceil, floor

import numpy as np
import pytest
from scipy.optimize import linprog

from referrals.reporting import monthly
from referrals.reporting.disclosure import Given, Name, Shown, profile_of
from referrals.reporting.disclosure import counts as engine
from referrals.reporting.queries import Closing, Flow, Result
from referrals.reporting.reports.outcomes import counts

THRESHOLD = 10
PROMISED = THRESHOLD // 2
CATEGORIES = ["housing", "health", "welfare", "other"]
GOOD = ["resolved_in_full", "resolved_in_part"]
RESOLUTIONS = [*GOOD, "not_resolved", "information_only"]
STANDINGS = counts.STANDINGS
QUARTERS = (("2026-01", "2026-02", "2026-03"), ("2026-04", "2026-05", "2026-06"))
Cell = tuple[str, ...]


class Truth:
    """What really happened in a quarter, at random: each arrival, closing and result by all that they have."""

    def __init__(self, chance: random.Random, months: tuple[str, ...]) -> None:
        self.months = months
        often = {cell: chance.choice((0, 0.3, 1, 3, 8, 20)) for cell in self.places()}
        self.number: Counter[Cell] = Counter({cell: _about(chance, mean) for cell, mean in often.items()})

    def places(self) -> Iterator[Cell]:
        """The smallest cells, which no table shows: the attacker's unknowns."""
        for category in CATEGORIES:
            for month in self.months:
                yield "received", category, month
                for resolution in RESOLUTIONS:
                    yield "closed", category, month, resolution
            for resolution in RESOLUTIONS:
                for standing in STANDINGS:
                    yield "result", category, resolution, standing

    def sum(self, kind: str, **having: Iterable[str]) -> int:
        return sum(self.number[cell] for cell in self.cells(kind, **having))

    def cells(self, kind: str, **having: Iterable[str]) -> list[Cell]:
        names = {
            "received": ("category", "month"),
            "closed": ("category", "month", "resolution"),
            "result": ("category", "resolution", "standing"),
        }[kind]
        return [
            cell
            for cell in self.places()
            if cell[0] == kind
            and all(part in having.get(name, (part,)) for name, part in zip(names, cell[1:], strict=True))
        ]


def _about(chance: random.Random, mean: float) -> int:
    return sum(chance.random() < 0.5 for _ in range(round(2 * mean))) if mean >= 1 else int(chance.random() < mean)


def tables(truth: Truth) -> dict[Cell, list[Cell]]:
    """Each number that a table has, and one that follows from two of them, with the smallest cells it is the sum of."""
    of = truth.cells
    found: dict[Cell, list[Cell]] = {counts.flow("received"): of("received"), counts.flow("closed"): of("closed")}
    for category in CATEGORIES:
        found[counts.flow("received", category)] = of("received", category=[category])
        found[counts.flow("closed", category)] = of("closed", category=[category])
        found[counts.result(category=category)] = of("result", category=[category])
        for resolution in RESOLUTIONS:
            found[counts.result(resolution, category)] = of("result", category=[category], resolution=[resolution])
    for resolution in RESOLUTIONS:
        found[counts.closed_as(resolution)] = of("closed", resolution=[resolution])
        found[counts.result(resolution)] = of("result", resolution=[resolution])
        for standing in STANDINGS:
            found[counts.standing(standing, resolution)] = of("result", resolution=[resolution], standing=[standing])
    for standing in STANDINGS:
        found[counts.standing(standing)] = of("result", standing=[standing])
    found[counts.result()] = of("result")
    for month in truth.months:
        found[monthly.received(month)] = of("received", month=[month])
        found[monthly.closed(month)] = of("closed", month=[month])
        found[monthly.resolved(month)] = of("closed", month=[month], resolution=GOOD)
        found[monthly.not_resolved(month)] = of("closed", month=[month], resolution=RESOLUTIONS[2:])
        for category in CATEGORIES:
            found[monthly.closed(month, category)] = of("closed", month=[month], category=[category])
    return found


def publish(truth: Truth) -> dict[Cell, int | None]:
    """All numbers as the service publishes them: first the months, then the quarter with them in view."""
    closings = [
        Closing(
            month,
            category,
            received=truth.sum("received", month=[month], category=[category]),
            closed=truth.sum("closed", month=[month], category=[category]),
            resolved=truth.sum("closed", month=[month], category=[category], resolution=GOOD),
        )
        for month in truth.months
        for category in CATEGORIES
    ]
    public = replace(profile_of(Name.PUBLIC, THRESHOLD), given=Given())
    for month in truth.months:
        public.counts(monthly.of_month(closings, month, CATEGORIES))
    seen = {key: Shown(value, THRESHOLD) for key, value in public.given.counts.items()}
    flows = [
        Flow(
            category,
            received=truth.sum("received", category=[category]),
            closed=truth.sum("closed", category=[category]),
            **dict.fromkeys(("accepted", "declined", "returned", "withdrawn", "left_open"), 0),
        )
        for category in CATEGORIES
    ]
    results = [
        Result(category, resolution, standing, False, truth.number["result", category, resolution, standing], 0)
        for category in CATEGORIES
        for resolution in RESOLUTIONS
        for standing in STANDINGS
    ]
    results += [
        Result(category, resolution, "claimed", False, 0, closed)
        for category in CATEGORIES
        for resolution in RESOLUTIONS
        for closed in [truth.sum("closed", category=[category], resolution=[resolution])]
    ]
    edges = [
        *counts.flow_edges(flows, results, CATEGORIES, RESOLUTIONS, closings, measures=("received", "closed")),
        *counts.result_edges(results, CATEGORIES, RESOLUTIONS),
    ]
    programme = replace(profile_of(Name.PROGRAMME, THRESHOLD), before=seen, given=Given())
    return {**programme.counts(edges), **public.given.counts}


class Attacker:
    """All that is known, as lower and upper bounds of sums of the smallest cells."""

    def __init__(self, truth: Truth, published: dict[Cell, int | None]) -> None:
        self.unknown = {cell: number for number, cell in enumerate(truth.places())}
        rows, lows, highs = [], [], []
        for key, cells in tables(truth).items():
            low, high = self.known(published[key], sum(truth.number[cell] for cell in cells), key)
            rows.append(self.row(cells))
            lows.append(low)
            highs.append(high)
        self.rows = np.vstack([np.array(rows), -np.array(rows)])
        self.most = np.array([*highs, *(-low for low in lows)])

    def known(self, shown: int | None, value: int, key: Cell) -> tuple[int, int]:
        if shown is not None:
            return max(THRESHOLD, shown - 2), shown + 2
        if key[-1] == "not resolved":
            # No table has it, so nobody is told that it is hidden.
            return 0, 10_000
        return (0, THRESHOLD - 1) if value < THRESHOLD else (THRESHOLD, 10_000)

    def row(self, cells: list[Cell]) -> np.ndarray:
        row = np.zeros(len(self.unknown))
        row[[self.unknown[cell] for cell in cells]] = 1
        return row

    def range(self, cells: list[Cell]) -> tuple[int, int]:
        """The smallest and the largest whole number that the sum of these cells can be."""
        row = self.row(cells)
        known = {"A_ub": self.rows, "b_ub": self.most, "bounds": (0, None)}
        found = [linprog(sign * row, method="highs", **known) for sign in (1, -1)]
        assert all(one.success for one in found), "the published numbers contradict each other"
        return ceil(found[0].fun - 1e-6), floor(-found[1].fun + 1e-6)


def narrowest(seed: int) -> tuple[int, int, int]:
    """The fewest values left for a small number of two successive quarters; how many are small, how many shown."""
    chance = random.Random(seed)
    fewest, small, shown = 10_000, 0, 0
    for months in QUARTERS:
        truth = Truth(chance, months)
        published = publish(truth)
        attacker = Attacker(truth, published)
        for key, cells in tables(truth).items():
            shown += published[key] is not None
            if sum(truth.number[cell] for cell in cells) < THRESHOLD:
                assert published[key] is None
                low, high = attacker.range(cells)
                fewest, small = min(fewest, high - low + 1), small + 1
    return fewest, small, shown


@pytest.mark.parametrize("seed", range(12))
def test_no_small_number_can_be_worked_out(seed: int) -> None:
    fewest, small, shown = narrowest(seed)
    assert small > 10
    assert shown > 10
    assert fewest >= PROMISED


def only_the_small(edges: list[engine.Edge], threshold: int, *_: object) -> set[Cell]:
    """What a careless engine hides: the small numbers, and nothing beside them."""
    return {edge.key for edge in edges if edge.value < threshold or not edge.shown}


def test_the_attacker_finds_somebody_where_only_small_numbers_are_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_hidden_in", only_the_small)
    assert min(narrowest(seed)[0] for seed in range(4)) < PROMISED


def test_the_attacker_finds_somebody_where_the_months_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter that is safe by itself is not safe beside its months."""
    careful = counts.flow_edges

    def forgetful(*args: object, **options: object) -> list[engine.Edge]:
        return careful(*args[:4], **options)  # type: ignore[arg-type]

    monkeypatch.setattr(counts, "flow_edges", forgetful)
    assert min(narrowest(seed)[0] for seed in range(12)) < PROMISED
