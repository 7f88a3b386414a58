"""Building the ledger: two queries, what may be shown of them, and the report."""

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.reporting import queries
from referrals.reporting.periods import Period
from referrals.reporting.queries import REPLY, STILL
from referrals.reporting.report import Figure, Report, Unit
from referrals.reporting.reports.agencies import counts, words
from referrals.reporting.reports.agencies.tables import Ready, tables
from referrals.reporting.scope import Scope


def build(scope: Scope, period: Period) -> Report:
    """The ledger of a scope for a period."""
    ready = _ready(scope, period)
    return Report(
        name="agencies",
        title="How fast bodies answer",
        about=scope.name,
        period=period,
        headline=words.headline(ready),
        figures=_figures(ready),
        tables=tables(ready),
        definitions=words.definitions(ready),
        counted_on=today(),
        precision=scope.profile.precision(),
        warning=scope.profile.warning(),
        is_empty=not ready.shown[counts.key(counts.SENT)],
    )


def _ready(scope: Scope, period: Period) -> Ready:
    found = queries.replies(scope, period)
    order = [item.code for item in lists.items(lists.AGENCIES)]
    found.sort(key=lambda line: order.index(line.agency))
    shown = scope.profile.counts(counts.edges_of(found))
    lasted = {(one.kind, one.agency): one.median for one in queries.lasted(scope, period)}
    return Ready(shown=shown, agencies=[line.agency for line in found], lasted=lasted, profile=scope.profile)


def _figures(ready: Ready) -> tuple[Figure, ...]:
    def shown(measure: str) -> int | None:
        return ready.shown[counts.key(measure)]

    return (
        Figure("Sent", shown(counts.SENT), Unit.ENQUIRIES),
        Figure("Answered", shown(counts.ANSWERED), Unit.ENQUIRIES),
        Figure("Days to an answer", ready.median(REPLY), Unit.DAYS, "median, calendar days"),
        Figure("Within the published target", ready.share(), Unit.PERCENT, "where a body has one"),
        Figure("Still waiting", shown(counts.WAITING), Unit.ENQUIRIES),
        Figure("Days waited so far", ready.median(STILL), Unit.DAYS, "median of those still waiting"),
    )
