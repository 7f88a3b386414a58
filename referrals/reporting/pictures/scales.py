"""From numbers to places: round steps of an axis that begins at zero, and labels moved apart where they would meet."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

_ROUND: Final = (1, 2, 5)


def steps(most: int | Decimal, count: int = 5) -> list[int]:
    """Round whole numbers from 0 to the first that is not under the most, in at most so many equal steps."""
    power = 1
    while True:
        for digit in _ROUND:
            step = digit * power
            if step * count >= most:
                number = max(1, -(-int(most.__ceil__()) // step))
                return [step * index for index in range(number + 1)]
        power *= 10


def apart(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """The middles of labels, each as near to where it is wanted as the others and the ends allow, in the same order.

    Raises ValueError where they do not fit between the ends.
    """
    if sum(heights) > high - low + 0.001:
        raise ValueError("these labels do not fit")
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    tops: dict[int, float] = {}
    edge = low
    for index in order:
        tops[index] = edge = max(edge, wanted[index] - heights[index] / 2)
        edge += heights[index]
    edge = high
    for index in reversed(order):
        tops[index] = edge = min(tops[index], edge - heights[index])
    return [tops[index] + heights[index] / 2 for index in range(len(wanted))]
