"""The attacker with linear programming, who holds both reports that one group or office shows of a quarter."""

import random

import pytest

from referrals.reporting.disclosure import guarded
from referrals.reporting.nets import net_of
from referrals.reporting.queries import Answered, Flow, Result
from referrals.reporting.reports.outcomes import counts
from referrals.reporting.reports.residents_view import counts as residents
from tests.reporting import worlds
from tests.reporting.test_attacker import MOST, PROMISED, THRESHOLD, Attacker, Publish, Published
from tests.reporting.worlds import CATEGORIES, QUESTION, RESOLUTIONS, SAID, World

# Those in which the attacker comes nearest where each report is decided by itself.
SEEDS = (14, 17, 19, 25, 28)


def publish(found: list[World], _: tuple[str, ...] = ()) -> Published:
    """Both decided together, as publications keep them."""
    exact = {key: value for world in found for key, value in world.exact().items()}
    return guarded(net_of(exact), THRESHOLD)


def publish_apart(found: list[World], _: tuple[str, ...] = ()) -> Published:
    """Each decided by itself; whoever reads both knows a number that one of them shows."""
    cells, whole = found[0].number, publish(found)
    flows, results, answers = [], [], []
    for category in CATEGORIES:
        number = sum(cells[cell] for cell in cells if cell[0] == category)
        flows.append(Flow(category, 0, 0, 0, 0, 0, number, 0))
        for resolution in RESOLUTIONS:
            closed = sum(cells[cell] for cell in cells if cell[:2] == (category, resolution))
            results.append(Result(category, resolution, "claimed", evidenced=False, recorded=0, closed=closed))
        for said in SAID:
            number = sum(cells[cell] for cell in cells if (cell[0], cell[2]) == (category, said))
            answers.append(_answered(category, said, number))
    outcomes = counts.flow_edges(flows, results, CATEGORIES, RESOLUTIONS, measures=(counts.CLOSED,))
    first, second = (guarded(edges, THRESHOLD) for edges in (outcomes, residents.edges_of(answers)))
    apart = first | {key: value for key, value in second.items() if value is not None or key not in first}
    return {key: apart.get(key, value) for key, value in whole.items()}


def _answered(category: str, said: tuple[str, str], number: int) -> Answered:
    came, answer = said
    given = {name: answer if name == QUESTION else "" for name in residents.QUESTIONS}
    return Answered("closing", category, came.replace(" ", "_"), **given, number=number)


def narrowest(seed: int, how: Publish = publish) -> tuple[int, int, int]:
    """The fewest values left for a small number; how many are small, how many shown."""
    chance = random.Random(seed)
    circles = (worlds.closed_of_one(), worlds.results(), worlds.later())
    found = [World(chance, circle) for circle in circles]
    published = how(found, ())
    fewest, small, shown = MOST, 0, 0
    for world in found if how is publish else found[:1]:
        attacker = Attacker(world, published)
        shown += sum(published[key] is not None for key in world.circle.published)
        for key in (*world.circle.published, *world.circle.implied):
            if world.sum(key) < THRESHOLD:
                fewest, small = min(fewest, attacker.values(world, key)), small + 1
    return fewest, small, shown


@pytest.mark.parametrize("seed", SEEDS)
def test_no_small_number_can_be_worked_out(seed: int) -> None:
    fewest, small, shown = narrowest(seed)
    assert small > 2
    assert shown > 5
    assert fewest >= PROMISED


def test_the_attacker_finds_somebody_where_each_report_is_decided_by_itself() -> None:
    assert min(narrowest(seed, publish_apart)[0] for seed in SEEDS) < PROMISED
