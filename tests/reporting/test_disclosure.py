"""Small counts stay hidden: from a reader, and from an attacker who adds and subtracts what is published."""

import random
from collections.abc import Iterator

import pytest

from referrals.reporting.deduction import Edge, Key
from referrals.reporting.disclosure import exact, guarded, rounded
from tests.reporting.attacking import Sum, known, possible

ROWS, COLUMNS = "rows", "columns"


def line(values: list[int]) -> list[Edge]:
    """A row of cells and its total."""
    cells = [Edge(("cell", str(number)), ("a",), ("b",), value) for number, value in enumerate(values)]
    return [*cells, Edge(("total",), ("b",), ("a",), sum(values))]


def line_sums(count: int) -> list[Sum]:
    return [Sum(("total",), tuple(("cell", str(number)) for number in range(count)))]


def grid(values: list[list[int]]) -> list[Edge]:
    """Rows and columns, with the totals of both and of everything."""
    edges = [
        Edge(("cell", str(r), str(c)), ("row", str(r)), ("column", str(c)), value)
        for r, row in enumerate(values)
        for c, value in enumerate(row)
    ]
    edges += [Edge((ROWS, str(r)), ("hub",), ("row", str(r)), sum(row)) for r, row in enumerate(values)]
    by_column = [sum(column) for column in zip(*values, strict=True)]
    edges += [Edge((COLUMNS, str(c)), ("column", str(c)), ("end",), total) for c, total in enumerate(by_column)]
    return [*edges, Edge(("total",), ("end",), ("hub",), sum(by_column))]


def grid_sums(rows: int, columns: int) -> list[Sum]:
    numbers = [str(number) for number in range(max(rows, columns))]
    found = [Sum((ROWS, r), tuple(("cell", r, c) for c in numbers[:columns])) for r in numbers[:rows]]
    found += [Sum((COLUMNS, c), tuple(("cell", r, c) for r in numbers[:rows])) for c in numbers[:columns]]
    # Everything is a sum of all cells too, which is how brute force sees it.
    return [*found, Sum(("total",), tuple(("cell", r, c) for r in numbers[:rows] for c in numbers[:columns]))]


def attack(edges: list[Edge], sums: list[Sum], threshold: int) -> Iterator[tuple[Key, set[int]]]:
    """Each small cell, with the values that an attacker has to think possible."""
    truth = {edge.key: edge.value for edge in edges}
    published = guarded(edges, threshold)
    ranges = known(truth, published, threshold, most=60)
    cells = [edge.key for edge in edges if edge.key[0] == "cell"]
    for cell, values in possible(ranges, cells, sums).items():
        if truth[cell] < threshold:
            yield cell, values


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("threshold", [5, 10])
def test_no_cell_of_a_line_can_be_worked_out(seed: int, threshold: int) -> None:
    chance = random.Random(seed)
    count = chance.randint(1, 4)
    values = [chance.choice((0, 1, 4, 9, 10, 12, 13, 17, 40)) for _ in range(count)]
    attacked = list(attack(line(values), line_sums(count), threshold))
    assert len(attacked) == sum(value < threshold for value in values)
    for _, found in attacked:
        assert len(found) >= threshold // 2


@pytest.mark.parametrize("seed", range(60))
def test_no_cell_of_a_table_can_be_worked_out(seed: int) -> None:
    chance = random.Random(seed)
    rows, columns = chance.choice(((2, 2), (2, 3), (3, 2)))
    values = [[chance.choice((0, 0, 1, 2, 4, 5, 6, 7, 8, 12)) for _ in range(columns)] for _ in range(rows)]
    attacked = list(attack(grid(values), grid_sums(rows, columns), threshold=5))
    assert len(attacked) == sum(value < 5 for row in values for value in row)
    for _, found in attacked:
        assert len(found) >= 2


@pytest.mark.parametrize(
    "values",
    [
        # With the rounding of the others and of the total, these would be known to be exactly 9 and 0.
        [12, 12, 9],
        [13, 13, 13, 13, 0],
        [9],
        [9, 9],
        [0, 0, 0],
    ],
)
def test_rounding_alone_would_not_do(values: list[int]) -> None:
    threshold = 10
    edges, sums = line(values), line_sums(len(values))
    truth = {edge.key: edge.value for edge in edges}
    only_small = {key: None if value < threshold else rounded(value) for key, value in truth.items()}
    naive = possible(known(truth, only_small, threshold, most=60), [edge.key for edge in edges[:-1]], sums)
    if sum(values) >= threshold:
        assert min(len(naive[key]) for key, value in truth.items() if value < threshold) < threshold // 2
    for _, found in attack(edges, sums, threshold):
        assert len(found) >= threshold // 2


def test_counts_under_the_threshold_are_hidden_and_others_rounded_by_themselves() -> None:
    shown = guarded(line([53, 53, 53, 53]), 10)
    assert [shown["cell", str(number)] for number in range(4)] == [55, 55, 55, 55]
    # 212, not four times 55.
    assert shown["total",] == 210
    assert guarded(line([9]), 10) == {("cell", "0"): None, ("total",): None}
    assert guarded(line([10, 10]), 10)["cell", "0"] == 10


def test_two_hidden_numbers_protect_each_other() -> None:
    shown = guarded(line([100, 30, 4, 5]), 10)
    assert shown == {("cell", "0"): 100, ("cell", "1"): 30, ("cell", "2"): None, ("cell", "3"): None, ("total",): 140}


def test_a_complement_that_no_table_shows_is_protected_too() -> None:
    """All are confirmed: were both counts shown, everybody would know that hardly any is not."""
    edges = [
        Edge(("confirmed",), ("b",), ("a",), 42),
        Edge(("not confirmed",), ("b",), ("a",), 0, shown=False),
        Edge(("all",), ("a",), ("b",), 42),
    ]
    assert guarded(edges, 20) == {("all",): 40, ("confirmed",): None, ("not confirmed",): None}


def test_numbers_for_their_owners_are_exact() -> None:
    assert exact(line([3, 4])) == {("cell", "0"): 3, ("cell", "1"): 4, ("total",): 7}


def test_counts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        guarded([Edge(("cell",), ("a",), ("b",), 3), Edge(("total",), ("b",), ("a",), 4)], 10)
    with pytest.raises(ValueError, match="do not add up"):
        guarded([*line([3]), *line([3])], 10)


@pytest.mark.parametrize(("count", "shown"), [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (0, 0)])
def test_rounding(count: int, shown: int) -> None:
    assert rounded(count) == shown
