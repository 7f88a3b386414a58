"""The counts of the outcome report as one net of cells and totals, so that what one table hides no other gives away."""

from collections.abc import Iterable, Iterator
from typing import Final

from referrals.reporting.deduction import Edge, Key
from referrals.reporting.queries import BEFORE, Code, Flow, Result, Wait

TOTAL: Final = "total"
RECEIVED: Final = "received"
ACCEPTED: Final = "accepted"
CLOSED: Final = "closed"
FLOWS: Final = (RECEIVED, ACCEPTED, "declined", "returned", "withdrawn", CLOSED)
# What is open at the end of one period is open at the beginning of the next: it ties what happened in the two together,
# so only those read of it to whom every number is shown.
MEASURES: Final = (*FLOWS, "left_open")
CONFIRMED: Final = "confirmed"
DISPUTED: Final = "disputed"
NOT_ANSWERED: Final = "not_answered"
STANDINGS: Final = (CONFIRMED, DISPUTED, NOT_ANSWERED)
EVIDENCED: Final = "evidenced"
NOT_EVIDENCED: Final = "not_evidenced"


def flow(measure: str, category: str = TOTAL) -> Key:
    """The key of a count of referrals in one of the MEASURES."""
    return "flow", measure, category


def result(resolution: str = TOTAL, category: str = TOTAL) -> Key:
    """The key of a count of results."""
    return "result", resolution, category


def standing(which: str, resolution: str = TOTAL) -> Key:
    """The key of a count of results that the group has answered in one of the STANDINGS, or that are EVIDENCED."""
    return "standing", which, resolution


def closed_as(resolution: str) -> Key:
    """The key of a count of closed referrals by their result."""
    return "closed_as", resolution


def code(name: str, which: str = TOTAL) -> Key:
    """The key of a count of results with an outcome code: all of them, or of one standing, or EVIDENCED."""
    return "code", name, which


def waited(category: str = TOTAL) -> Key:
    """The key of how many referrals a median of days before sending is taken from."""
    return "waited", category


def standing_of(found: Result | Code) -> str:
    """One of the STANDINGS: a claim that waits for its answer is as little answered as one closed after silence."""
    return found.standing if found.standing in (CONFIRMED, DISPUTED) else NOT_ANSWERED


def flow_edges(
    found: list[Flow],
    results: list[Result],
    categories: Iterable[str],
    resolutions: Iterable[str],
    *,
    measures: Iterable[str] = MEASURES,
) -> list[Edge]:
    """Each measure by category; the closed ones by their result as well."""
    lines = {line.category: line for line in found}
    edges: list[Edge] = []
    for measure in measures:
        start, end, back = _nodes("flow", measure)
        values = {name: getattr(lines[name], measure) if name in lines else 0 for name in categories}
        edges += [Edge(flow(measure, name), start, end, value) for name, value in values.items()]
        if measure == CLOSED:
            edges += _closed_as(results, resolutions, sum(values.values()))
        edges.append(Edge(flow(measure), back if measure == CLOSED else end, start, sum(values.values())))
    return edges


def _closed_as(results: list[Result], resolutions: Iterable[str], total: int) -> Iterator[Edge]:
    _, end, back = _nodes("flow", CLOSED)
    left = total
    for name in resolutions:
        value = sum(line.closed for line in results if line.resolution == name)
        left -= value
        yield Edge(closed_as(name), end, back, value)
    if left:
        # Nothing is closed without a result.
        yield Edge(closed_as("none"), end, back, left, shown=False)


def result_edges(found: list[Result], categories: Iterable[str], resolutions: list[str]) -> list[Edge]:
    """Results by category and resolution, by resolution and standing, and by evidence, around one circle."""
    hub, answered, proved = _nodes("result", "hub")
    edges: list[Edge] = []
    for category in categories:
        each = [line for line in found if line.category == category]
        edges += [
            Edge(result(name, category), ("category", category), ("resolution", name), _sum(each, resolution=name))
            for name in resolutions
        ]
        edges.append(Edge(result(category=category), hub, ("category", category), _sum(each)))
    for name in resolutions:
        each = [line for line in found if line.resolution == name]
        edges += [
            Edge(standing(which, name), ("resolved", name), ("standing", which), _sum(each, standing=which))
            for which in STANDINGS
        ]
        edges.append(Edge(result(name), ("resolution", name), ("resolved", name), _sum(each)))
    edges += [Edge(standing(which), ("standing", which), answered, _sum(found, standing=which)) for which in STANDINGS]
    with_evidence = sum(line.recorded for line in found if line.evidenced)
    return [
        *edges,
        Edge(standing(EVIDENCED), proved, hub, with_evidence),
        Edge(standing(NOT_EVIDENCED), proved, hub, _sum(found) - with_evidence, shown=False),
        Edge(result(), answered, proved, _sum(found)),
    ]


def _sum(lines: Iterable[Result | Code], *, resolution: str | None = None, standing: str | None = None) -> int:
    return sum(
        line.recorded
        for line in lines
        if (resolution is None or (isinstance(line, Result) and line.resolution == resolution))
        and (standing is None or standing_of(line) == standing)
    )


def code_edges(found: list[Code]) -> list[Edge]:
    """Each outcome code by standing, and by evidence. A result has any number of codes, so codes have no total."""
    edges: list[Edge] = []
    for name in {line.code: None for line in found}:
        start, answered, proved = _nodes("code", name)
        each = [line for line in found if line.code == name]
        with_evidence = sum(line.recorded for line in each if line.evidenced)
        edges += [
            Edge(code(name, which), answered, proved, _sum(each, standing=which), shown=which != NOT_ANSWERED)
            for which in STANDINGS
        ]
        edges.append(Edge(code(name, EVIDENCED), proved, start, with_evidence))
        edges.append(Edge(code(name, NOT_EVIDENCED), proved, start, _sum(each) - with_evidence, shown=False))
        edges.append(Edge(code(name), start, answered, _sum(each)))
    return edges


def wait_edges(found: list[Wait], categories: Iterable[str]) -> list[Edge]:
    """How many referrals the medians before sending are taken from; those after it are taken from all results."""
    start, end, _ = _nodes("waited", BEFORE)
    behind = {wait.category: wait.referrals for wait in found if wait.kind == BEFORE}
    edges = [Edge(waited(name), start, end, behind.get(name, 0)) for name in categories]
    return [*edges, Edge(waited(), end, start, sum(edge.value for edge in edges))]


def _nodes(*name: str) -> tuple[Key, Key, Key]:
    return (*name, "first"), (*name, "second"), (*name, "third")
