"""The tables of the outcome report, from counts that are ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from referrals.casework.workflow import states
from referrals.directory import lists
from referrals.reporting import money
from referrals.reporting.cells import LEFT_OPEN, NOT_ANSWERED, Cell
from referrals.reporting.deduction import Key
from referrals.reporting.disclosure import Profile
from referrals.reporting.queries import AFTER, BEFORE, Sums, Wait
from referrals.reporting.report import Column, Row, Table, Unit, Value
from referrals.reporting.reports.outcomes import counts
from referrals.reporting.summaries.measures import ACCEPTED, CLOSED, ENDED, OUTCOME_CODE, RECEIVED, RESULT

NO_CATEGORY: Final = "Not given"
_MEASURES: Final = {
    "received": "Received",
    "accepted": "Accepted",
    "declined": "Declined",
    "returned": "Sent back",
    "withdrawn": "Withdrawn",
    "closed": "Closed",
    "left_open": "Still open",
}
_ENDED_AS: Final = {
    "declined": states.DECLINED,
    "returned": states.RETURNED_WITH_ADVICE,
    "withdrawn": states.WITHDRAWN,
    "closed": states.CLOSED,
}
# What the group says to a result, in the order of the columns.
_ANSWERS: Final = ("confirmed", "disputed", NOT_ANSWERED)


@dataclass(frozen=True, slots=True)
class Ready:
    """What the tables are filled from."""

    shown: Mapping[Key, int | None]
    categories: list[str]
    resolutions: list[str]
    codes: list[str]
    sums: list[Sums]
    waits: list[Wait]
    profile: Profile

    def median(self, kind: str, category: str | None = None) -> Value:
        """The median wait in days, where enough referrals are behind it."""
        place = counts.TOTAL if category is None else category
        behind = counts.waited(place) if kind == BEFORE else counts.result(category=place)
        found = [wait.median for wait in self.waits if wait.kind == kind and wait.category == category]
        return self.profile.median(found[0] if found else None, self.shown[behind])


def tables(ready: Ready) -> tuple[Table, ...]:
    """All of them, in the order they are read."""
    return (
        _standing(ready),
        _results(ready),
        _flows(ready),
        _closed(ready),
        _codes(ready),
        _money(ready),
        _waits(ready),
    )


def category_name(code: str) -> str:
    """What a category is called."""
    return lists.label("categories", code) if code else NO_CATEGORY


def _resolution_name(code: str) -> str:
    return lists.label("resolutions", code)


def _flow_behind(measure: str, category: str) -> Cell:
    place = None if category == counts.TOTAL else category
    if measure in _ENDED_AS:
        return Cell(ENDED, place, _ENDED_AS[measure])
    return Cell({"received": RECEIVED, "accepted": ACCEPTED}.get(measure, LEFT_OPEN), place)


def _results_behind(resolution: str) -> tuple[Cell, ...]:
    code = None if resolution == counts.TOTAL else resolution
    return Cell(RESULT, code=code), *(Cell(RESULT, code=code, aspect=which) for which in _ANSWERS)


def _code_behind(code: str) -> tuple[Cell | None, ...]:
    # Of all of them alone: there are many lines, and a page stays light.
    return Cell(OUTCOME_CODE, code=code), None, None, None


def _standing(ready: Ready) -> Table:
    def row(label: str, resolution: str) -> Row:
        answers = [ready.shown[counts.standing(which, resolution)] for which in counts.STANDINGS]
        return Row(label, (ready.shown[counts.result(resolution)], *answers), cells=_results_behind(resolution))

    return Table(
        key="standing",
        title="What the office claims, and what the group says",
        first="Result",
        columns=(Column("Claimed"), Column("Confirmed"), Column("Disputed"), Column("Not answered")),
        rows=tuple(row(_resolution_name(name), name) for name in ready.resolutions),
        total=row("All results", counts.TOTAL),
        charted=(0, 1, 2),
    )


def _results(ready: Ready) -> Table:
    places = [*ready.categories, counts.TOTAL]

    def row(label: str, resolution: str) -> Row:
        return Row(label, tuple(ready.shown[counts.result(resolution, place)] for place in places))

    return Table(
        key="results",
        title="Results by category",
        first="Result",
        columns=(*(Column(category_name(name)) for name in ready.categories), Column("All")),
        rows=tuple(row(_resolution_name(name), name) for name in ready.resolutions),
        total=row("All results", counts.TOTAL),
    )


def measures_of(profile: Profile) -> tuple[str, ...]:
    """The measures of referrals by category that a profile shows."""
    return counts.MEASURES if profile.is_exact else counts.FLOWS


def _flows(ready: Ready) -> Table:
    measures = measures_of(ready.profile)

    def row(label: str, category: str) -> Row:
        shown = tuple(ready.shown[counts.flow(measure, category)] for measure in measures)
        return Row(label, shown, cells=tuple(_flow_behind(measure, category) for measure in measures))

    return Table(
        key="referrals",
        title="Referrals by category",
        first="Category",
        columns=tuple(Column(_MEASURES[measure]) for measure in measures),
        rows=tuple(row(category_name(name), name) for name in ready.categories),
        total=row("All referrals", counts.TOTAL),
        charted=(0, 1, 5),
    )


def _closed(ready: Ready) -> Table:
    return Table(
        key="closed",
        title="Closed referrals by result",
        first="Result",
        columns=(Column("Closed"),),
        rows=tuple(
            Row(_resolution_name(name), (ready.shown[counts.closed_as(name)],), cells=(Cell(CLOSED, code=name),))
            for name in ready.resolutions
        ),
        total=Row("All closed referrals", (ready.shown[counts.flow(counts.CLOSED)],)),
    )


def _codes(ready: Ready) -> Table:
    order = [item.code for item in lists.items("outcomes")]
    visible = [code for code in ready.codes if ready.shown[counts.code(code)] is not None]
    visible.sort(key=lambda code: (-(ready.shown[counts.code(code)] or 0), order.index(code)))
    which = (counts.TOTAL, counts.CONFIRMED, counts.DISPUTED, counts.EVIDENCED)
    return Table(
        key="outcomes",
        title="What came of it",
        first="Outcome",
        columns=(Column("Claimed"), Column("Confirmed"), Column("Disputed"), Column("Evidenced")),
        rows=tuple(
            Row(
                lists.label("outcomes", code),
                tuple(ready.shown[counts.code(code, each)] for each in which),
                cells=_code_behind(code),
            )
            for code in visible
        ),
        note="A result can have several outcomes, so these do not add up to the number of results."
        + (" Outcomes with too few results are left out." if not ready.profile.is_exact else ""),
        empty="No outcome has enough results to be shown."
        if not ready.profile.is_exact
        else "No outcome was recorded in this period.",
    )


def _money(ready: Ready) -> Table:
    def row(sums: Sums) -> Row:
        return Row(money.name_of(sums.kind, sums.basis), money.shown(sums, ready.profile))

    rows = [row(sums) for sums in money.in_order(ready.sums)]
    return Table(
        key="money",
        title="Money",
        first="Kind and basis",
        columns=(
            Column("Claimed", Unit.POUNDS),
            Column("Confirmed", Unit.POUNDS),
            Column("Evidenced", Unit.POUNDS),
            Column("Referrals"),
        ),
        rows=tuple(found for found in rows if found.values[0] is not None),
        note="Each line stands for itself: kinds of money are never added to each other."
        + (" Lines with too few referrals are left out." if not ready.profile.is_exact else ""),
        empty="No sum has enough referrals behind it to be shown."
        if not ready.profile.is_exact
        else "No money was recorded in this period.",
    )


def _waits(ready: Ready) -> Table:
    def row(label: str, category: str | None) -> Row:
        place = counts.TOTAL if category is None else category
        return Row(
            label,
            (
                ready.median(BEFORE, category),
                ready.shown[counts.waited(place)],
                ready.median(AFTER, category),
                ready.shown[counts.result(category=place)],
            ),
        )

    return Table(
        key="waiting",
        title="Days waiting",
        first="Category",
        columns=(
            Column("Median days before", Unit.DAYS),
            Column("Referrals sent"),
            Column("Median days after", Unit.DAYS),
            Column("Results"),
        ),
        rows=tuple(row(category_name(name), name) for name in ready.categories),
        total=row("All categories", None),
    )
