"""The counts of the ledger as one net of cells and totals, so that what one table hides no other gives away."""

from typing import Final

from referrals.reporting.deduction import Edge, Key
from referrals.reporting.queries import Replies

TOTAL: Final = "total"
SENT: Final = "sent"
ANSWERED: Final = "answered"
WAITING: Final = "waiting"
GIVEN_UP: Final = "given_up"
ENDS: Final = (ANSWERED, WAITING, GIVEN_UP)
PROMISED: Final = "promised"
KEPT: Final = "kept"
LATE: Final = "late"


def key(measure: str, agency: str = TOTAL) -> Key:
    """The key of a count of enquiries to one body, or to all."""
    return measure, agency


def edges_of(found: list[Replies]) -> list[Edge]:
    """What was sent to each body by what came of it; and what was promised by whether it was kept."""
    hub, everything, promises, kept = ("hub",), ("all",), ("promises",), ("all promises",)
    edges: list[Edge] = []
    for line in found:
        body, promise = ("body", line.agency), ("promise", line.agency)
        edges += [Edge(key(end, line.agency), body, ("end", end), getattr(line, end)) for end in ENDS]
        edges.append(Edge(key(SENT, line.agency), hub, body, line.sent))
        late = line.promised - line.kept
        edges.append(Edge(key(KEPT, line.agency), promise, ("end", KEPT), line.kept))
        edges.append(Edge(key(LATE, line.agency), promise, ("end", LATE), late, shown=False))
        edges.append(Edge(key(PROMISED, line.agency), promises, promise, line.promised))
    edges += [Edge(key(end), ("end", end), everything, sum(getattr(line, end) for line in found)) for end in ENDS]
    edges.append(Edge(key(SENT), everything, hub, sum(line.sent for line in found)))
    met, promised = sum(line.kept for line in found), sum(line.promised for line in found)
    edges.append(Edge(key(KEPT), ("end", KEPT), kept, met))
    edges.append(Edge(key(LATE), ("end", LATE), kept, promised - met, shown=False))
    edges.append(Edge(key(PROMISED), kept, promises, promised))
    return edges
