"""A small attacker: works out what hidden counts can be from the numbers that are published, by two ways of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Cell = tuple[str, ...]
Range = tuple[int, int]


@dataclass(frozen=True)
class Sum:
    """A total and the cells that add up to it."""

    total: Cell
    cells: tuple[Cell, ...]


def known(
    truth: Mapping[Cell, int], published: Mapping[Cell, int | None], threshold: int, most: int
) -> dict[Cell, Range]:
    """What each number can be at first sight, for somebody who even knows which are hidden for being small."""
    ranges = {}
    for cell, value in truth.items():
        shown = published[cell]
        if shown is not None:
            ranges[cell] = (max(threshold, shown - 2), shown + 2)
        else:
            ranges[cell] = (0, threshold - 1) if value < threshold else (threshold, most)
    return ranges


def narrowed(ranges: Mapping[Cell, Range], sums: Iterable[Sum]) -> dict[Cell, Range]:
    """Narrow each number by the others of its sums, again and again, until nothing more follows."""
    found, rules, before = dict(ranges), list(sums), {}
    while found != before:
        before = dict(found)
        for rule in rules:
            low = sum(found[cell][0] for cell in rule.cells)
            high = sum(found[cell][1] for cell in rule.cells)
            total = found[rule.total] = _both(found[rule.total], (low, high))
            for cell in rule.cells:
                own = found[cell]
                found[cell] = _both(own, (total[0] - high + own[1], total[1] - low + own[0]))
    return found


def _both(one: Range, other: Range) -> Range:
    both = max(one[0], other[0]), min(one[1], other[1])
    assert both[0] <= both[1], "the published numbers contradict each other"
    return both


def possible(ranges: Mapping[Cell, Range], cells: Sequence[Cell], sums: Sequence[Sum]) -> dict[Cell, set[int]]:
    """All values that each of the cells has in any table that fits; tries every table, so only for small ones."""
    found: dict[Cell, set[int]] = {cell: set() for cell in cells}
    start = narrowed(ranges, sums)
    choices = [range(start[cell][0], start[cell][1] + 1) for cell in cells]
    for values in product(*choices):
        table = dict(zip(cells, values, strict=True))
        if all(_fits(table, rule, start) for rule in sums):
            for cell, value in table.items():
                found[cell].add(value)
    return found


def _fits(table: Mapping[Cell, int], rule: Sum, ranges: Mapping[Cell, Range]) -> bool:
    low, high = ranges[rule.total]
    return low <= sum(table[cell] for cell in rule.cells) <= high
