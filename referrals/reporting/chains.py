"""Building a net of counts step by step: the same referrals divided by one thing after the other, around a circle.

Referrals run through a chain in strands, one for each thing that they are divided by at that place. Along a strand
their number is told, or divided without being kept apart; across, they are divided by the next thing, and what the
strands held before comes together. A thing so stands beside the one before it and the one after it, as in two tables
that share a margin.
"""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Final, NamedTuple

from referrals.reporting.deduction import Edge, Key, Node

# The one strand of everything; no code is called so.
ALL: Final = "*"


class Count(NamedTuple):
    """A count with its key; `shown` is false for one that no table holds but all imply."""

    key: Key
    value: int
    shown: bool = True


Counts = Iterable[Count]


class Chain:
    """One circle that is being built; `strands` says which node each strand has come to."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.edges: list[Edge] = []
        self._nodes = count()
        self.start = self._node(ALL)
        self.strands: dict[str, Node] = {ALL: self.start}

    def along(self, strand: str, counts: Counts) -> None:
        """Tell the number of a strand (one count), or divide it and put it together again (several)."""
        head = self._node(strand)
        if self._add(counts, self._at(strand), head):
            self.strands[strand] = head

    def across(self, counts: Mapping[tuple[str, str], Counts]) -> None:
        """Divide the strands, by (strand, strand it goes on in)."""
        heads = {name: self._node(name) for name in dict.fromkeys(to for _, to in counts)}
        for (strand, to), each in counts.items():
            self._add(each, self._at(strand), heads[to])
        self.strands = heads

    def beside(self, strand: str, others: Counts, *bundles: Counts) -> None:
        """Divide a strand into those who are divided further, by one of the bundles after the other, and the others."""
        tail, head = self._at(strand), self._node(strand)
        self._add(others, tail, head)
        for bundle in bundles[:-1]:
            there = self._node(strand)
            self._add(bundle, tail, there)
            tail = there
        self._add(bundles[-1], tail, head)
        self.strands[strand] = head

    def close(self, counts: Counts) -> list[Edge]:
        """Lead the one strand that is left back to the beginning, and give all edges."""
        self._add(counts, self._at(ALL), self.start)
        return self.edges

    def _add(self, counts: Counts, tail: Node, head: Node) -> bool:
        found = [Edge(one.key, tail, head, one.value, one.shown) for one in counts]
        self.edges += found
        return bool(found)

    def _at(self, strand: str) -> Node:
        """Where a strand has come to; nowhere, where there is nothing to divide by."""
        return self.strands.get(strand) or self._node(strand)

    def _node(self, strand: str) -> Node:
        return self.name, str(next(self._nodes)), strand
