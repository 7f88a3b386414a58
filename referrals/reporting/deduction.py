"""What a reader can work out: how far each count could move without any number shown becoming another.

The counts of a table and their totals are seen as a flow that runs in circles: what goes into a node comes out of it. A
cell is an edge, and so is a total, between the node its cells run into and the node that the next ones leave. How far a
count can move is then how much can be pushed around through its edge (Ford and Fulkerson 1956), and with whole numbers
that is exact.
"""

from collections import deque
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

Key = tuple[str, ...]
Node = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A count that runs from one node to another. `shown` is false for one that no table holds but all imply."""

    key: Key
    tail: Node
    head: Node
    value: int
    shown: bool = True


def alone(key: Key, value: int) -> Edge:
    """A count that adds up to nothing else."""
    return Edge(key, (*key, "alone"), (*key, "alone"), value)


def parts_of(edges: Iterable[Edge]) -> list[list[Edge]]:
    """The edges in parts that touch no node of each other, each in the order it was given."""
    found = list(edges)
    parts: list[tuple[set[Node], list[int]]] = []
    for number, edge in enumerate(found):
        touched = [part for part in parts if part[0] & {edge.tail, edge.head}]
        nodes = {edge.tail, edge.head}.union(*(part[0] for part in touched))
        together = sorted([number, *(each for part in touched for each in part[1])])
        parts = [*(part for part in parts if part not in touched), (nodes, together)]
    return [[found[number] for number in together] for _, together in parts]


class Room:
    """How far each count could be from what it is, without any number shown being another."""

    def __init__(self, edges: list[Edge], bounds: list[tuple[int, int]]) -> None:
        self.up = [upper - edge.value for edge, (_, upper) in zip(edges, bounds, strict=True)]
        self.down = [edge.value - lower for edge, (lower, _) in zip(edges, bounds, strict=True)]
        self.edges = edges
        self.leaving: dict[Node, list[int]] = {}
        self.entering: dict[Node, list[int]] = {}
        for number, edge in enumerate(edges):
            self.leaving.setdefault(edge.tail, []).append(number)
            self.entering.setdefault(edge.head, []).append(number)

    def widen(self, number: int, bounds: tuple[int, int]) -> None:
        """Let a count be anything between these bounds."""
        value = self.edges[number].value
        self.up[number], self.down[number] = bounds[1] - value, value - bounds[0]

    def values(self, number: int, enough: int) -> int:
        """How many values a count could have for somebody who reads the table; counting stops at enough."""
        found = 1
        for start, end, room in self._ways(number):
            found += self._push(number, start, end, min(room, enough))[0]
            if found >= enough:
                break
        return found

    def limiting(self, number: int) -> set[int]:
        """The counts that would have to be less well known for this one to have more values than it has."""
        found: set[int] = set()
        for start, end, room in self._ways(number):
            _, reached, up, down = self._push(number, start, end, room)
            if end not in reached:
                found |= self._edge_of(reached, up, down) - {number}
        return found

    def _ways(self, number: int) -> Iterator[tuple[Node, Node, int]]:
        """Up and down: from where to where as much is pushed through all others, and how much at most."""
        edge = self.edges[number]
        yield edge.head, edge.tail, self.up[number]
        yield edge.tail, edge.head, self.down[number]

    def _push(
        self, without: int, start: Node, end: Node, most: int
    ) -> tuple[int, Container[Node], list[int], list[int]]:
        """How much can be pushed, the nodes that the last try reached, and the room that is left of each count."""
        up, down = list(self.up), list(self.down)
        up[without] = down[without] = 0
        if start == end:
            return most, (end,), up, down
        for pushed in range(most):
            came = self._tree(start, end, up, down)
            if end not in came:
                return pushed, came, up, down
            for number, forward in _back(came, start, end):
                up[number] += -1 if forward else 1
                down[number] += 1 if forward else -1
        return most, (end,), up, down

    def _edge_of(self, reached: Container[Node], up: list[int], down: list[int]) -> set[int]:
        """The counts between what was reached and what was not, all without room."""
        return {
            number
            for number, edge in enumerate(self.edges)
            if (edge.tail in reached and edge.head not in reached and not up[number])
            or (edge.head in reached and edge.tail not in reached and not down[number])
        }

    def _tree(self, start: Node, end: Node, up: list[int], down: list[int]) -> dict[Node, tuple[Node, int, bool]]:
        """From where each node is reached, until the end is."""
        came: dict[Node, tuple[Node, int, bool]] = {start: (start, -1, True)}
        frontier = deque([start])
        while frontier and end not in came:
            node = frontier.popleft()
            for number, forward, other in self._steps(node, up, down):
                if other not in came:
                    came[other] = (node, number, forward)
                    frontier.append(other)
        return came

    def _steps(self, node: Node, up: list[int], down: list[int]) -> Iterator[tuple[int, bool, Node]]:
        for number in self.leaving.get(node, ()):
            if up[number] > 0:
                yield number, True, self.edges[number].head
        for number in self.entering.get(node, ()):
            if down[number] > 0:
                yield number, False, self.edges[number].tail


def _back(came: Mapping[Node, tuple[Node, int, bool]], start: Node, end: Node) -> list[tuple[int, bool]]:
    path: list[tuple[int, bool]] = []
    node = end
    while node != start:
        node, number, forward = came[node]
        path.append((number, forward))
    return path
