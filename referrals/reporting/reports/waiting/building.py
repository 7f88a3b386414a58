"""Building the report on waiting: its queries, what may be shown of their numbers, and the report."""

from collections.abc import Mapping

from referrals.foundation.clock import today
from referrals.reporting import queries
from referrals.reporting.categories import category_labels
from referrals.reporting.periods import Period
from referrals.reporting.queries import WAITED, Spread
from referrals.reporting.report import Figure, Report, Unit
from referrals.reporting.reports.outcomes.counts import waited
from referrals.reporting.reports.waiting import counts, tables, words
from referrals.reporting.reports.waiting.tables import Ready
from referrals.reporting.scope import Scope


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope for a period.

    Turns are for owners: who has several counts in several, so that their number is no number of residents.
    """
    ready = _ready(scope, period)
    over, now = _turns(scope, period)
    return Report(
        name="waiting",
        title="How long people wait",
        about=scope.name,
        period=period,
        headline=words.headline(ready),
        figures=(*_before(ready), *(_figures(over) if scope.profile.is_exact else ())),
        tables=(*tables.before(ready), *(tables.turns(over, now) if scope.profile.is_exact else ())),
        definitions=words.definitions(scope.threshold),
        counted_on=today(),
        precision=scope.profile.precision(),
        warning=scope.profile.warning(),
        is_empty=not (ready.shown[waited()] or over or now),
    )


def _ready(scope: Scope, period: Period) -> Ready:
    before = {one.part: one for one in queries.waited_before(scope, period)}
    bands = queries.waited_in_bands(scope, period)
    # Which categories there are anything of is not told to others than the owners.
    names = [code for code in category_labels() if code in before or (code and not scope.profile.is_exact)]
    numbers = {code: before[code].number if code in before else 0 for code in names}
    in_bands = {place: bands.get(place, 0) for place in range(len(WAITED) + 1)}
    return Ready(scope.profile.counts(counts.edges_of(numbers, in_bands)), names, before, scope.profile)


def _turns(scope: Scope, period: Period) -> tuple[Mapping[str, Spread], Mapping[str, Spread]]:
    """Those that are over, and those that last."""
    if not scope.profile.is_exact:
        return {}, {}
    over = {one.kind: one for one in queries.turns_over(scope, period) if one.part is None}
    return over, {one.kind: one for one in queries.turns_now(scope) if one.part is None}


def _before(ready: Ready) -> tuple[Figure, ...]:
    return (Figure("Waited before", ready.days()[0], Unit.DAYS, "median, until it was sent"),)


def _figures(over: Mapping[str, Spread]) -> tuple[Figure, ...]:
    def median(label: str, turn: str) -> Figure:
        return Figure(label, over[turn].median if turn in over else None, Unit.DAYS, "median, calendar days")

    return (
        median("The office, to decide", "deciding"),
        median("The group, to answer", "answering"),
        median("A body, to answer", "replying"),
    )
