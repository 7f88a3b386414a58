"""Building the outcome report: its queries, what may be shown of their numbers, and the report."""

from collections.abc import Collection

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.reporting import queries
from referrals.reporting.periods import Period
from referrals.reporting.queries import AFTER, BEFORE
from referrals.reporting.report import Figure, Report, Unit
from referrals.reporting.reports.outcomes import became, beside, counts, words
from referrals.reporting.reports.outcomes.tables import Ready, measures_of, tables
from referrals.reporting.scope import Scope


def build(scope: Scope, period: Period) -> Report:
    """The outcome report of a scope for a period."""
    ready = _ready(scope, period)
    return Report(
        name="outcomes",
        title="Outcomes",
        about=scope.name,
        period=period,
        headline=words.headline(ready.shown, scope),
        figures=_figures(ready),
        tables=(*became.tables(scope, period), *tables(ready), *beside.tables(ready)),
        definitions=words.definitions(scope.threshold),
        counted_on=today(),
        precision=scope.profile.precision(money=True),
        warning=scope.profile.warning(money=True),
        is_empty=not any(ready.shown.values()),
    )


def _ready(scope: Scope, period: Period) -> Ready:
    flows = queries.flows(scope, period)
    results = queries.results(scope, period)
    codes = queries.codes(scope, period)
    waits = queries.waits(scope, period)
    people, asked = queries.shown_the_way(scope, period), queries.asked_for_advice(scope, period)
    found = [line.category for lines in (flows, results, asked) for line in lines]
    categories = _present("categories", [*found, *(people or ())])
    resolutions = _present("resolutions", [line.resolution for line in results])
    edges = [
        *counts.flow_edges(flows, results, categories, resolutions, measures=measures_of(scope.profile)),
        *counts.result_edges(results, categories, resolutions),
        *counts.code_edges(codes),
        *counts.wait_edges(waits, categories),
        *beside.edges(people, asked, categories),
    ]
    return Ready(
        shown=scope.profile.counts(edges),
        categories=categories,
        resolutions=resolutions,
        codes=list(dict.fromkeys(line.code for line in codes)),
        sums=queries.sums(scope, period),
        waits=waits,
        profile=scope.profile,
    )


def _present(list_code: str, found: Collection[str]) -> list[str]:
    """The codes of the list that can be chosen today or that were found, in its order; and what has no code, last."""
    today = lists.codes(list_code)
    known = [item.code for item in lists.items(list_code) if item.code in today or item.code in found]
    return [*known, ""] if "" in found else known


def _figures(ready: Ready) -> tuple[Figure, ...]:
    shown = ready.shown
    return (
        Figure("Received", shown[counts.flow(counts.RECEIVED)]),
        Figure("Accepted", shown[counts.flow(counts.ACCEPTED)]),
        Figure("Closed", shown[counts.flow(counts.CLOSED)]),
        Figure("Results claimed", shown[counts.result()]),
        Figure("Confirmed", shown[counts.standing(counts.CONFIRMED)], note="by the group"),
        Figure("Evidenced", shown[counts.standing(counts.EVIDENCED)], note="by the office"),
        Figure("Waited before", ready.median(BEFORE), Unit.DAYS, _behind(shown[counts.waited()], "until it was sent")),
        Figure("Waited after", ready.median(AFTER), Unit.DAYS, _behind(shown[counts.result()], "until a result")),
        *beside.figures(ready),
    )


def _behind(referrals: int | None, until: str) -> str:
    return f"{until}, median of {referrals:,}" if referrals else until
