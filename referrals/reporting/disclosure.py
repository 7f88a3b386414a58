"""Statistical disclosure control: small counts hidden, the rest rounded, and nothing hidden that can be worked out.

Whoever reads a table knows each number shown to within the rounding, and that each number hidden for being small is
under the threshold. While that leaves too few values that a small number could have, the smallest number beside it is
hidden too. Statisticians call this secondary suppression.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from referrals.reporting.deduction import Edge, Key, Node, Room

ROUND_TO: Final = 5
MONEY_ROUND_TO: Final = Decimal(100)

Show = Callable[[Iterable[Edge]], dict[Key, int | None]]


def rounded(count: int) -> int:
    """To the nearest 5; whole numbers never lie half way."""
    return ROUND_TO * ((count + ROUND_TO // 2) // ROUND_TO)


def rounded_pounds(amount: Decimal) -> Decimal:
    """To the nearest 100 pounds, halves up."""
    return (amount / MONEY_ROUND_TO).quantize(Decimal(1), ROUND_HALF_UP) * MONEY_ROUND_TO


def exact(edges: Iterable[Edge]) -> dict[Key, int | None]:
    """Every count as it is, for the organisation whose referrals they are."""
    return {edge.key: edge.value for edge in edges}


def guarded(edges: Iterable[Edge], threshold: int) -> dict[Key, int | None]:
    """Every count as others may see it: rounded, or None. Raises ValueError when the edges do not run in circles."""
    found = list(edges)
    _check(found)
    hidden = hidden_keys(found, threshold)
    return {edge.key: None if edge.key in hidden else rounded(edge.value) for edge in found}


def hidden_keys(edges: list[Edge], threshold: int) -> set[Key]:
    """What must be hidden: all counts under the threshold, and others until none of those can be worked out.

    Among equals the one that comes first is hidden: cells come before their totals.
    """
    hidden = {edge.key for edge in edges if edge.value < threshold or not edge.shown}
    while exposed := next(_exposed(edges, hidden, threshold), None):
        beside = [edge for edge in edges if edge.key not in hidden]
        touching = [edge for edge in beside if {edge.tail, edge.head} & {exposed.tail, exposed.head}]
        hidden.add(min(touching or beside, key=lambda edge: edge.value).key)
    return hidden


def _exposed(edges: list[Edge], hidden: set[Key], threshold: int) -> Iterator[Edge]:
    """The small counts that what is shown pins down to fewer than half the values under the threshold."""
    needed = threshold // 2
    if all(edge.key in hidden for edge in edges):
        return
    room = Room(edges, [known(edge, hidden, threshold) for edge in edges])
    for number, edge in enumerate(edges):
        if edge.value < threshold and room.values(number, needed) < needed:
            yield edge


def known(edge: Edge, hidden: set[Key], threshold: int) -> tuple[int, int]:
    """The lowest and the highest value of a count for a reader who even knows which are hidden for being small."""
    if edge.key not in hidden:
        shown, slack = rounded(edge.value), ROUND_TO // 2
        return max(threshold, shown - slack), shown + slack
    return (0, threshold - 1) if edge.value < threshold else (threshold, edge.value * 2)


def _check(edges: list[Edge]) -> None:
    balance: dict[Node, int] = {}
    for edge in edges:
        balance[edge.tail] = balance.get(edge.tail, 0) - edge.value
        balance[edge.head] = balance.get(edge.head, 0) + edge.value
    if len({edge.key for edge in edges}) != len(edges) or any(balance.values()):
        raise ValueError("these counts do not add up")
