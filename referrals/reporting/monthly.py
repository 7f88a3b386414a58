"""The counts of one month that anybody may read, by the keys under which they are known wherever they matter."""

from collections.abc import Iterable
from typing import Final

from referrals.reporting.deduction import Edge, Key, alone
from referrals.reporting.queries import Closing

TOTAL: Final = "total"


def received(month: str) -> Key:
    """The key of how many referrals a month received."""
    return "month", month, "received"


def closed(month: str, category: str = TOTAL) -> Key:
    """The key of how many it closed."""
    return "month", month, "closed", category


def resolved(month: str) -> Key:
    """The key of how many of these were resolved in full or in part."""
    return "month", month, "resolved"


def not_resolved(month: str) -> Key:
    """The key of the others, which no table shows."""
    return "month", month, "not resolved"


def of_month(found: Iterable[Closing], month: str, categories: Iterable[str]) -> list[Edge]:
    """The net of one month; what has none of the categories is in the total, and stands in no line."""
    lines = [line for line in found if line.month == month]
    start, middle, end = (("month", month, name) for name in ("start", "middle", "end"))
    shown = list(categories)
    values = dict.fromkeys(shown, 0) | {line.category: line.closed for line in lines}
    total, good = sum(values.values()), sum(line.resolved for line in lines)
    return [
        alone(received(month), sum(line.received for line in lines)),
        *(Edge(closed(month, name), start, middle, value, shown=name in shown) for name, value in values.items()),
        Edge(closed(month), middle, end, total),
        Edge(resolved(month), end, start, good),
        Edge(not_resolved(month), end, start, total - good, shown=False),
    ]
