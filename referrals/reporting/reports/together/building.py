"""Building the report on areas and their MPs: five queries, what may be shown of their numbers, and the report."""

from typing import Final

from referrals.engagement.queries import YEAR
from referrals.foundation.clock import today
from referrals.reporting import periods
from referrals.reporting.periods import Period
from referrals.reporting.queries import with_mps as queries
from referrals.reporting.report import Figure, Report, Unit
from referrals.reporting.reports.together import counts, words
from referrals.reporting.reports.together.tables import Ready, tables
from referrals.reporting.reports.together.then import STANCES, Record
from referrals.reporting.scope import Scope

# So many quarters stand in the shares over time: two years.
QUARTERS: Final = 8


def build(scope: Scope, period: Period) -> Report:
    """The report of a programme for the quarter at whose end it looks."""
    ready = _ready(scope, period)
    return Report(
        name="together",
        title="Areas and their MPs",
        about=scope.name,
        period=period,
        headline=words.headline(ready, period),
        figures=_figures(ready),
        tables=tables(ready, period),
        definitions=words.definitions(scope.threshold),
        counted_on=today(),
        precision=f"{scope.profile.precision()}; shares of stances to whole per cents",
        warning=scope.profile.warning(),
    )


def _ready(scope: Scope, period: Period) -> Ready:
    record = _record(scope, period)
    exact = counts.numbers(record, period)
    shares = []
    for quarter in _quarters(period):
        found = list(record.stances_on(quarter.last, quarter.ends).values())
        shares.append((quarter, scope.profile.shares([found.count(stance) for stance in STANCES])))
    return Ready(
        shown=scope.profile.counts(counts.edges_of(exact)),
        shares=shares,
        regions=counts.in_parts(record.areas.values()),
        profile=scope.profile,
    )


def _record(scope: Scope, period: Period) -> Record:
    seats = queries.seats(scope)
    # Where nobody said it of an area, it lies where its seat does.
    lies = {one.area: one.region or "" for one in seats}
    areas = {area: region or lies.get(area, "") for area, region in queries.areas_on(scope, period.last).items()}
    return Record(
        areas=areas,
        seats=seats,
        stances=queries.stances_by(scope, period),
        stages=queries.stages_by(scope, period),
        contacts=queries.contacts_by(scope, period.last - 2 * YEAR, period),
    )


def _quarters(period: Period) -> list[Period]:
    """The quarters up to this one, the oldest first."""
    return list(reversed(periods.quarters_until(period.last, QUARTERS)))


def _figures(ready: Ready) -> tuple[Figure, ...]:
    latest = dict(zip(STANCES, ready.latest, strict=True))
    return (
        Figure("Supportive", latest["supportive"], Unit.PERCENT, "of MPs, as their areas see them"),
        Figure("Neutral", latest["neutral"], Unit.PERCENT, "or too early to say"),
        Figure("Negative", latest["negative"], Unit.PERCENT, "have refused, or worked against"),
        Figure("No contact in six months", ready.shown[counts.key(counts.QUIET)], Unit.AREAS, "areas"),
        Figure("A change of MP ahead", ready.shown[counts.key(counts.AHEAD)], Unit.AREAS, "areas"),
    )
