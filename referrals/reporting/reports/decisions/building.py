"""Building the report on decisions: two queries, what may be shown of their numbers, and the report."""

from collections.abc import Sequence

from referrals.foundation.clock import today
from referrals.reporting import queries
from referrals.reporting.categories import category_labels
from referrals.reporting.deciding import LABELS
from referrals.reporting.months import Month, months_of
from referrals.reporting.periods import Period
from referrals.reporting.queries import ANY, Decided
from referrals.reporting.report import Figure, Report, Unit
from referrals.reporting.reports.decisions import counts, words
from referrals.reporting.reports.decisions.tables import Ready, tables
from referrals.reporting.reports.outcomes.counts import RECEIVED, flow
from referrals.reporting.scope import Scope, first_day


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope for a period."""
    ready = _ready(scope, period)
    return Report(
        name="decisions",
        title="Referrals and decisions",
        about=scope.name,
        period=period,
        headline=words.headline(ready),
        figures=_figures(ready),
        tables=tables(ready),
        definitions=words.definitions(scope.threshold),
        counted_on=today(),
        precision=scope.profile.precision(),
        warning=scope.profile.warning(),
        is_empty=not ready.shown[flow(RECEIVED)],
    )


def _ready(scope: Scope, period: Period) -> Ready:
    found = queries.decisions(scope, period)
    months, is_all = _months(scope, period, found)
    categories = _categories(scope, found)
    shown = scope.profile.counts(counts.edges_of(found, categories, [month.code for month in months]))
    days = {(one.kind, one.part): one for one in queries.decision_days(scope, period)}
    return Ready(shown, categories, months, days, scope.profile, is_all=is_all)


def _months(scope: Scope, period: Period, found: Sequence[Decided]) -> tuple[list[Month], bool]:
    """Those that are shown one by one, and whether they are all that there is."""
    if scope.profile.parts:
        # What was added up from quarters is known of no single month.
        return [], True
    months = months_of(period, first_day(scope) if period.first is None else None, today())
    return months, {one.month for one in found} <= {month.code for month in months}


def _categories(scope: Scope, found: Sequence[Decided]) -> list[str]:
    """Those of which there is anything; to others than the owners it is not told which these are."""
    present = {one.category for one in found}
    return [code for code in category_labels() if code in present or (code and not scope.profile.is_exact)]


def _figures(ready: Ready) -> tuple[Figure, ...]:
    median, _ = ready.days(ANY)
    return (
        Figure("Received", ready.shown[flow(RECEIVED)]),
        *(Figure(label, ready.shown[counts.decided(decision)]) for decision, label in LABELS.items()),
        Figure("Days to a decision", median, Unit.DAYS, "median, calendar days"),
    )
