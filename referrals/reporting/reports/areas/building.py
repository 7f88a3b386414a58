"""Building the report on areas: three queries, what may be shown of their numbers, and the report."""

from referrals.foundation.clock import today
from referrals.reporting import queries
from referrals.reporting.periods import Period
from referrals.reporting.report import Figure, Report, Unit
from referrals.reporting.reports.areas import counts, words
from referrals.reporting.reports.areas.tables import Ready, table
from referrals.reporting.scope import Scope


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope for a period."""
    names = queries.group_names(scope)
    found = {one.group: one for one in queries.of_groups(scope, period)}
    ready = Ready(
        side=scope.side,
        names=names,
        shown=scope.profile.counts(counts.edges_of(found, names)),
        took={one.part: one for one in queries.days_of_groups(scope, period)},
        profile=scope.profile,
    )
    return Report(
        name="areas",
        title="Areas side by side",
        about=scope.name,
        period=period,
        headline=words.headline(ready),
        figures=_figures(ready),
        tables=(table(ready),),
        definitions=words.definitions(scope.threshold),
        counted_on=today(),
        precision=scope.profile.precision(),
        warning=scope.profile.warning(),
        is_empty=not names,
    )


def _figures(ready: Ready) -> tuple[Figure, ...]:
    return (
        Figure("Received", ready.shown[counts.of(counts.RECEIVED)]),
        Figure("Taken on", ready.shown[counts.of(counts.TAKEN_ON)]),
        Figure("Closed with a result", ready.shown[counts.of(counts.CLOSED)]),
        Figure("Resolved", ready.share(), Unit.PERCENT, "in full or in part"),
        Figure("From sent to closed", ready.median(), Unit.DAYS, "median, calendar days"),
    )
