"""Statistical disclosure control: small counts hidden, the rest rounded, and nothing hidden that can be worked out.

Whoever reads a table knows each number shown to within the rounding, and that each number hidden for being small is
under the threshold. While that leaves too few values that a small number could have, the smallest number beside it is
hidden too. Statisticians call this secondary suppression.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from referrals.reporting.deduction import Edge, Key, Node, Room, parts_of

ROUND_TO: Final = 5
MONEY_ROUND_TO: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as somebody was shown it before: the number, or None for a hidden one, and the threshold of then."""

    value: int | None
    threshold: int


NOTHING: Final[Mapping[Key, Shown]] = {}


def rounded(count: int) -> int:
    """To the nearest 5; whole numbers never lie half way."""
    return ROUND_TO * ((count + ROUND_TO // 2) // ROUND_TO)


def rounded_pounds(amount: Decimal) -> Decimal:
    """To the nearest 100 pounds, halves up."""
    return (amount / MONEY_ROUND_TO).quantize(Decimal(1), ROUND_HALF_UP) * MONEY_ROUND_TO


def percentage(part: int | None, whole: int | None) -> int | None:
    """How many of a hundred, halves up, from two numbers as they are shown; None without them."""
    if part is None or not whole:
        return None
    # Each is rounded by itself, so the part can come to more than the whole.
    return (200 * min(part, whole) + whole) // (2 * whole)


def exact(edges: Iterable[Edge]) -> dict[Key, int | None]:
    """Every count as it is, for the organisation whose referrals they are."""
    return {edge.key: edge.value for edge in edges}


def guarded(
    edges: Iterable[Edge], threshold: int, before: Mapping[Key, Shown] = NOTHING, spare: int = 0
) -> dict[Key, int | None]:
    """Every count as others may see it: rounded, or None. Raises ValueError when the edges do not run in circles.

    `before` are counts that were shown already: they stay as they were, and the others are hidden with them in view.
    `spare` is how many values more than usual each small count must keep, where readers will know more than this.
    """
    found = list(edges)
    _check(found)
    hidden = hidden_keys(found, threshold, before, spare)
    shown = {edge.key: None if edge.key in hidden else rounded(edge.value) for edge in found}
    return shown | {key: before[key].value for key in shown.keys() & before.keys()}


def hidden_keys(edges: list[Edge], threshold: int, before: Mapping[Key, Shown] = NOTHING, spare: int = 0) -> set[Key]:
    """What must be hidden: all counts under the threshold, and others until none of those can be worked out.

    Among equals the one that comes first is hidden: cells come before their totals.
    """
    return {key for part in parts_of(edges) for key in _hidden_in(part, threshold, before, spare)}


def _hidden_in(edges: list[Edge], threshold: int, before: Mapping[Key, Shown], spare: int) -> set[Key]:
    hidden = {
        edge.key
        for edge in edges
        if (before[edge.key].value is None if edge.key in before else edge.value < threshold or not edge.shown)
    }
    limits = [before[edge.key].threshold if edge.key in before else threshold for edge in edges]
    # That there is nobody is said of nobody, and needs nothing to spare.
    needed = [limit // 2 + (spare if edge.value else 0) for edge, limit in zip(edges, limits, strict=True)]
    small = {edge.key for edge in edges if _is_small(edge, threshold, before)}
    room = Room(edges, [known(edge, hidden, threshold, before) for edge in edges])
    for number, edge in enumerate(edges):
        # A small count must keep half the values under the threshold. What is hidden beside others only widens what
        # they can be, so that none is looked at twice.
        while edge.key in small and room.values(number, needed[number]) < needed[number]:
            free = [
                one for one in room.limiting(number) if edges[one].key not in hidden and edges[one].key not in before
            ]
            if not free:
                # What was shown before stays; there is nothing left that could be hidden with it.
                break
            chosen = min(free, key=lambda one: (edges[one].value, one))
            hidden.add(edges[chosen].key)
            room.widen(chosen, known(edges[chosen], hidden, threshold, before))
    return hidden


def _is_small(edge: Edge, threshold: int, before: Mapping[Key, Shown]) -> bool:
    """Whether a count is hidden for being small, by the threshold of now or of when it was hidden."""
    if edge.key in before:
        return before[edge.key].value is None and edge.value < before[edge.key].threshold
    return edge.value < threshold


def known(edge: Edge, hidden: set[Key], threshold: int, before: Mapping[Key, Shown] = NOTHING) -> tuple[int, int]:
    """The lowest and the highest value of a count for a reader who even knows which are hidden for being small."""
    if edge.key in before:
        low, high = _range(before[edge.key].value, edge.value, before[edge.key].threshold)
        # A count that changed since it was shown: what was shown of it says less about what it is now.
        return min(low, edge.value), max(high, edge.value)
    return _range(None if edge.key in hidden else rounded(edge.value), edge.value, threshold)


def _range(shown: int | None, value: int, threshold: int) -> tuple[int, int]:
    if shown is not None:
        slack = ROUND_TO // 2
        return max(threshold, shown - slack), shown + slack
    return (0, threshold - 1) if value < threshold else (threshold, value * 2)


def _check(edges: list[Edge]) -> None:
    balance: dict[Node, int] = {}
    for edge in edges:
        balance[edge.tail] = balance.get(edge.tail, 0) - edge.value
        balance[edge.head] = balance.get(edge.head, 0) + edge.value
    if len({edge.key for edge in edges}) != len(edges) or any(balance.values()):
        raise ValueError("these counts do not add up")
