"""An attacker with linear programming, who holds every table that was published and knows all the rules.

What is published of six successive months (for anybody) and of all reports of the two quarters that they make (for a
programme) is turned into equations over what nobody published: how many referrals there are of each kind in every way
at once (`worlds`). Then every number that was hidden, or that follows from two that were shown, is made as small and
as large as the equations allow. The attacker shares nothing with the engine: it knows the tables, the rounding and the
thresholds, and which numbers are hidden for being small, which is more than a reader is told.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import ceil, floor

import numpy as np
import pytest
from scipy.optimize import linprog

from referrals.reporting import monthly
from referrals.reporting.deduction import Edge
from referrals.reporting.disclosure import Shown, guarded
from referrals.reporting.disclosure import counts as engine
from referrals.reporting.nets import net_of
from referrals.reporting.nets.ended import ENDS
from referrals.reporting.queries import Closing
from referrals.reporting.reports.outcomes.beside import MEASURES
from tests.reporting import worlds
from tests.reporting.worlds import CATEGORIES, Circle, Key, World

THRESHOLD = 10
PROMISED = THRESHOLD // 2
MOST = 10_000
QUARTERS = (("2026-01", "2026-02", "2026-03"), ("2026-04", "2026-05", "2026-06"))
Published = dict[Key, int | None]
Publish = Callable[[list[World], tuple[str, ...]], Published]


def quarter(chance: random.Random, months: tuple[str, ...]) -> list[World]:
    """What came in, what was closed and the results of one quarter; and all that is published beside these."""
    circles = (worlds.received(months), worlds.closed(months), worlds.results(), *beside_referrals())
    return [World(chance, circle) for circle in circles]


def beside_referrals() -> list[Circle]:
    """What was taken on and how else it ended, what bodies were asked, what residents said four weeks later, who was
    shown the way, advice, and how areas stand with their MPs.
    """
    ended = (worlds.ended(end) for end in ENDS)
    aside = (worlds.aside(measure) for measure in MEASURES)
    mps = (worlds.areas_with_mps(), worlds.stances())
    return [worlds.accepted(), *ended, worlds.enquiries(), worlds.later(), *aside, *mps]


def of_months(found: list[World], months: tuple[str, ...]) -> dict[str, list[Edge]]:
    """The counts of each month, of which anybody reads."""
    came_in, went_out = found[:2]
    nets = {}
    for month in months:
        lines = [
            # What came in is told of all categories together.
            Closing(month, name, 0, went_out.sum(monthly.closed(month, name)), 0)
            for name in CATEGORIES
        ]
        arrived, solved = came_in.sum(monthly.received(month)), went_out.sum(monthly.resolved(month))
        lines[0] = replace(lines[0], received=arrived, resolved=solved)
        nets[month] = monthly.of_month(lines, month, CATEGORIES)
    return nets


def publish(found: list[World], months: tuple[str, ...]) -> Published:
    """All numbers as the service publishes them: first the months, then the quarter with them in view."""
    nets = of_months(found, months)
    seen = {key: value for net in nets.values() for key, value in guarded(net, THRESHOLD).items()}
    before = {key: Shown(value, THRESHOLD) for key, value in seen.items()}
    return guarded(all_of(found, nets), THRESHOLD, before)


def publish_without_the_months(found: list[World], months: tuple[str, ...]) -> Published:
    """The same where nobody thinks of the months when the quarter is published, as if it were one long month."""
    nets = of_months(found, months)
    seen = {key: value for net in nets.values() for key, value in guarded(net, THRESHOLD).items()}
    long: Counter[Key] = Counter()
    for edge in all_of(found, nets):
        key = tuple("long" if part in months else part for part in edge.key)
        if key[0] != "rest":
            long[key] += edge.value
    unseen = [replace(edge, shown=edge.shown and "long" not in edge.key) for edge in net_of(long)]
    return dict.fromkeys(key for world in found for key in world.circle.published) | guarded(unseen, THRESHOLD) | seen


def publish_apart(found: list[World], months: tuple[str, ...]) -> Published:
    """The same where the areas are published as if they had nothing to do with the other reports."""
    whole = publish(found, months)
    parts = {key: sum(world.sum(key) for world in found if key in world.circle.published) for key in whole}
    return whole | {
        key: engine.rounded(parts[key]) if parts[key] >= THRESHOLD else None for key in whole if key[0] == "area"
    }


def all_of(found: list[World], nets: dict[str, list[Edge]]) -> list[Edge]:
    exact = {edge.key: edge.value for net in nets.values() for edge in net}
    for world in found:
        exact |= world.exact()
    return net_of(exact)


class Attacker:
    """All that is known of one world, as lower and upper bounds of sums of its smallest cells."""

    def __init__(self, world: World, published: Mapping[Key, int | None]) -> None:
        self.place = {cell: number for number, cell in enumerate(world.places)}
        rows, lows, highs = [], [], []
        for key in world.circle.published:
            low, high = _known(published[key], world.sum(key))
            rows.append(self.row(world, key))
            lows.append(low)
            highs.append(high)
        self.rows = np.vstack([np.array(rows), -np.array(rows)])
        self.most = np.array([*highs, *(-low for low in lows)])

    def row(self, world: World, key: Key) -> np.ndarray:
        row = np.zeros(len(self.place))
        row[[self.place[cell] for cell in world.cells(key)]] = 1
        return row

    def values(self, world: World, key: Key) -> int:
        """How many whole numbers this one can be, as far as it matters."""
        row = self.row(world, key)
        known = {"A_ub": self.rows, "b_ub": self.most, "bounds": (0, None)}
        low, high = (linprog(sign * row, method="highs", **known) for sign in (1, -1))
        assert low.success, "the published numbers contradict each other"
        assert high.success or high.status == 3, "the published numbers contradict each other"
        return (floor(-high.fun + 1e-6) if high.success else MOST) - ceil(low.fun - 1e-6) + 1


def _known(shown: int | None, value: int) -> tuple[int, int]:
    if shown is not None:
        return max(THRESHOLD, shown - 2), shown + 2
    return (0, THRESHOLD - 1) if value < THRESHOLD else (THRESHOLD, MOST)


def narrowest(seed: int, how: Publish = publish) -> tuple[int, int, int]:
    """The fewest values left for a small number of two successive quarters; how many are small, how many shown."""
    chance = random.Random(seed)
    fewest, small, shown = MOST, 0, 0
    for months in QUARTERS:
        found = quarter(chance, months)
        published = how(found, months)
        for world in found:
            attacker = Attacker(world, published)
            shown += sum(published[key] is not None for key in world.circle.published)
            for key in (*world.circle.published, *world.circle.implied):
                if world.sum(key) < THRESHOLD:
                    assert published.get(key) is None
                    fewest, small = min(fewest, attacker.values(world, key)), small + 1
    return fewest, small, shown


@pytest.mark.parametrize("seed", range(5))
def test_no_small_number_can_be_worked_out(seed: int) -> None:
    fewest, small, shown = narrowest(seed)
    assert small > 20
    assert shown > 20
    assert fewest >= PROMISED


def only_the_small(edges: list[engine.Edge], threshold: int, *_: object) -> set[Key]:
    """What a careless engine hides: the small numbers, and nothing beside them."""
    return {edge.key for edge in edges if edge.value < threshold or not edge.shown}


def test_the_attacker_finds_somebody_where_only_small_numbers_are_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_hidden_in", only_the_small)
    assert min(narrowest(seed)[0] for seed in range(1)) < PROMISED


def test_the_attacker_finds_somebody_where_the_months_are_forgotten() -> None:
    """A quarter that is safe by itself is not safe beside its months."""
    assert min(narrowest(seed, publish_without_the_months)[0] for seed in range(3)) < PROMISED


def test_the_attacker_finds_somebody_where_reports_are_published_apart() -> None:
    """Areas that are safe by themselves are not safe beside the totals of other reports."""
    assert min(narrowest(seed, publish_apart)[0] for seed in range(2)) < PROMISED
