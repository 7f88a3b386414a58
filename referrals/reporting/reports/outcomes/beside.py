"""The part of the outcome report that is no referral of a resident: people shown the way, and requests for advice."""

from collections.abc import Iterable, Mapping
from typing import Final

from referrals.reporting.deduction import Edge, Key
from referrals.reporting.queries import Asked
from referrals.reporting.report import Column, Definition, Figure, Row, Table, Unit
from referrals.reporting.reports.outcomes.counts import TOTAL
from referrals.reporting.reports.outcomes.tables import Ready, category_name

SIGNPOSTED: Final = "signposted"
ASKED: Final = "asked"
ANSWERED: Final = "answered"
MEASURES: Final = (SIGNPOSTED, ASKED, ANSWERED)

DEFINITIONS: Final = (
    Definition(
        "People pointed the right way",
        "How many people a group told where to go, as its volunteers counted them, by the day it happened. They are no "
        "referrals and nothing is kept about them, so one person who was told twice counts twice.",
    ),
    Definition(
        "Requests for advice",
        "Questions that a group asked an MP’s office for itself, about no resident: asked by the day they were sent, "
        "answered by the day of the answer. They count nowhere else in this report.",
    ),
)


def beside(measure: str, category: str = TOTAL) -> Key:
    """The key of one of these counts."""
    return "beside", measure, category


def edges(people: Mapping[str, int] | None, asked: Iterable[Asked], categories: Iterable[str]) -> list[Edge]:
    """Each measure by category with its total, every one a circle of its own."""
    lines = {line.category: line for line in asked}
    measures = {
        ASKED: {name: line.asked for name, line in lines.items()},
        ANSWERED: {name: line.answered for name, line in lines.items()},
    }
    if people is not None:
        measures[SIGNPOSTED] = dict(people)
    names, found = list(categories), list[Edge]()
    for measure, values in measures.items():
        start, end = ("beside", measure, "start"), ("beside", measure, "end")
        cells = [Edge(beside(measure, name), start, end, values.get(name, 0)) for name in names]
        found += [*cells, Edge(beside(measure), end, start, sum(cell.value for cell in cells))]
    return found


def figures(ready: Ready) -> tuple[Figure, ...]:
    """The numbers that stand beside those of referrals."""
    asked = Figure("Advice asked for", ready.shown[beside(ASKED)], Unit.REQUESTS, "by the group, about no resident")
    if beside(SIGNPOSTED) not in ready.shown:
        return (asked,)
    return (
        Figure("Pointed the right way", ready.shown[beside(SIGNPOSTED)], Unit.PEOPLE, "people, not referrals"),
        asked,
    )


def tables(ready: Ready) -> tuple[Table, ...]:
    """People shown the way, where the scope counts them, and requests for advice."""
    advice = _table(
        ready,
        "advice",
        "Requests for advice by category",
        {ASKED: Column("Asked", Unit.REQUESTS), ANSWERED: Column("Answered", Unit.REQUESTS)},
        "All requests",
    )
    if beside(SIGNPOSTED) not in ready.shown:
        return (advice,)
    title = "People pointed the right way, by category"
    return (_table(ready, "signposts", title, {SIGNPOSTED: Column("People", Unit.PEOPLE)}, "All people"), advice)


def _table(ready: Ready, key: str, title: str, columns: Mapping[str, Column], total: str) -> Table:
    def row(label: str, category: str) -> Row:
        return Row(label, tuple(ready.shown[beside(measure, category)] for measure in columns))

    return Table(
        key=key,
        title=title,
        first="Category",
        columns=tuple(columns.values()),
        rows=tuple(row(category_name(name), name) for name in ready.categories),
        total=row(total, TOTAL),
        note="These are not referrals, and count nowhere else in this report.",
    )
