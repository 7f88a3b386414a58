"""The figures that anybody may read of a programme: the same few tables of each of the last twelve months.

They are read from what was kept of each month, so that they never change; see `publications`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.directory.models import Programme
from referrals.foundation.clock import local_day, today
from referrals.foundation.errors import NotFound
from referrals.reporting import monthly, packing, periods
from referrals.reporting.deduction import Key
from referrals.reporting.disclosure import percentage
from referrals.reporting.models import Publication
from referrals.reporting.periods import Period
from referrals.reporting.publications import FIGURES, figures_of, public_profile
from referrals.reporting.report import Column, Definition, Picture, Report, Row, Table, Unit, Value
from referrals.reporting.scope import Scope, scope_of_programme

MONTHS: Final = 12
# That one picture holds.
MOST_LINES: Final = 4
# Of fewer groups than these, a programme's figures would be those of one place.
FEWEST_GROUPS: Final = 5

Counts = Mapping[Key, int | None]


@dataclass(frozen=True, slots=True)
class Request:
    """The figures of one programme: of whom, of which months (the oldest first), and what is kept of them."""

    scope: Scope
    months: list[Period]
    kept: Mapping[str, Publication]

    @property
    def is_complete(self) -> bool:
        """Whether every month is kept already."""
        return all(month.code in self.kept for month in self.months)

    @property
    def next_month(self) -> Period:
        """The month that is shown next: the one that is not over yet. It is added on the day after its last."""
        return periods.month(self.months[-1].last + timedelta(days=1))

    def report(self) -> Report:
        """The figures as a report; a month that could not be kept yet is not shown."""
        counts = {
            key: value for one in self.kept.values() for key, value in packing.given_of(one.numbers).counts.items()
        }
        first, last = self.months[0], self.months[-1]
        return Report(
            name=FIGURES,
            title="Figures month by month",
            about=self.scope.name,
            period=Period(f"{first.code}-to-{last.code}", f"{first.label} to {last.label}", first.first, last.last),
            headline=_headline(self.months, counts),
            figures=(),
            tables=(_by_month(self.months, counts), _by_category(self.months, counts)),
            definitions=_definitions(self.scope),
            counted_on=max((local_day(one.made_at) for one in self.kept.values()), default=today()),
            precision=public_profile(self.scope).precision(),
            warning=public_profile(self.scope).warning(),
            is_empty=not any(counts.values()),
        )


def programmes() -> list[Programme]:
    """The programmes that have figures for anybody."""
    return directory.programmes_of_many(FEWEST_GROUPS)


def request(code: str) -> Request:
    """The figures of the programme with this code. Raises NotFound for one that there is not, or that is too small."""
    for programme in programmes():
        if programme.organisation.code == code:
            scope = scope_of_programme(programme)
            months = periods.finished_months(today(), MONTHS)[::-1]
            return Request(scope, months, figures_of(scope, months))
    raise NotFound


def _headline(months: list[Period], counts: Counts) -> tuple[str, ...]:
    """All months together, from what is shown of each, and then the newest that says anything."""
    return (*_together(months, counts), *_newest(months, counts))


def _together(months: list[Period], counts: Counts) -> tuple[str, ...]:
    received = [counts.get(monthly.received(month.code)) for month in months]
    closed = [counts.get(monthly.closed(month.code)) for month in months]
    came, ended = (sum(value for value in values if value) for values in (received, closed))
    if not came or not ended:
        return ()
    first = f"In the {MONTHS} months to {months[-1].label}, about {came:,} referrals were sent to MPs’ offices and "
    left_out = ", without the months that are not shown" if None in (*received, *closed) else ""
    return (f"{first}about {ended:,} were finished{left_out}.",)


def _newest(months: list[Period], counts: Counts) -> tuple[str, ...]:
    for month in reversed(months):
        received, closed = counts.get(monthly.received(month.code)), counts.get(monthly.closed(month.code))
        if received is None and closed is None:
            continue
        came = "too few referrals to count were sent" if received is None else f"about {received:,} referrals were sent"
        ended = "too few to count were finished" if closed is None else f"about {closed:,} were finished"
        first = f"In {month.label}, {came} to MPs’ offices and {ended}."
        return (first, *_resolved(month, counts))
    return ("In each of these months, too few referrals were sent or finished to say how many.",)


def _resolved(month: Period, counts: Counts) -> tuple[str, ...]:
    share = _share(month, counts)
    resolved, closed = counts.get(monthly.resolved(month.code)), counts.get(monthly.closed(month.code))
    if share is None or resolved is None or closed is None:
        return ()
    return (f"About {min(resolved, closed):,} of those finished ({share}%) were resolved in full or in part.",)


def _share(month: Period, counts: Counts) -> int | None:
    return percentage(counts.get(monthly.resolved(month.code)), counts.get(monthly.closed(month.code)))


def _by_month(months: list[Period], counts: Counts) -> Table:
    def row(month: Period) -> Row:
        keys = (monthly.received(month.code), monthly.closed(month.code), monthly.resolved(month.code))
        return Row(_short(month), (*(counts.get(key) for key in keys), _share(month, counts)))

    return Table(
        key="months",
        title="Received, closed and resolved",
        first="Month",
        columns=(
            Column("Received"),
            Column("Closed"),
            Column("Resolved in full or in part"),
            Column("Share resolved", Unit.PERCENT),
        ),
        rows=tuple(row(month) for month in months),
        charted=(0, 1),
        picture=Picture.LINES,
    )


def _by_category(months: list[Period], counts: Counts) -> Table:
    codes = lists.codes("categories")
    items = [item for item in lists.items("categories") if item.code in codes]
    keys = [[monthly.closed(month.code, item.code) for month in months] for item in items]
    # One month alone, or none, is no line.
    told = [place for place, own in enumerate(keys) if sum(counts.get(key) is not None for key in own) > 1]

    def values(month: Period) -> tuple[Value, ...]:
        # A category that is newer than a month was not counted in it.
        return tuple(counts.get(monthly.closed(month.code, item.code)) for item in items)

    return Table(
        key="categories",
        title="Closed, by category",
        first="Month",
        columns=(*(Column(item.label) for item in items), Column("All")),
        rows=tuple(Row(_short(month), (*values(month), counts.get(monthly.closed(month.code)))) for month in months),
        charted=tuple(told[:MOST_LINES]),
        picture=Picture.LINES,
    )


def _short(month: Period) -> str:
    return f"{month.last:%b %Y}"


def _definitions(scope: Scope) -> tuple[Definition, ...]:
    threshold = public_profile(scope).threshold
    return (
        Definition(
            "Referral",
            "A problem that somebody could not solve alone, such as a damp home or a benefit that is not paid, written "
            "down with a community group and sent to the resident’s MP.",
        ),
        Definition(
            "Received",
            "Referrals about a resident that groups of this programme sent to an MP’s office for the first time in the "
            "month. Drafts, referrals sent by mistake and questions about no resident do not count.",
        ),
        Definition(
            "Closed",
            "Referrals that were finished in the month with a result. One can be received in one month "
            "and closed in another.",
        ),
        Definition(
            "Resolved in full or in part",
            "Those of the closed ones of which the office recorded that the problem was solved, wholly or partly.",
        ),
        Definition(
            "Hidden numbers",
            f"Counts under {threshold} are hidden, so that nobody can be recognised, and so is a number from which a "
            f"hidden one could be worked out. Where fewer than {threshold} were not resolved, for example, the number "
            "resolved is hidden too: taken from all that were closed, it would tell how few. Percentages are taken "
            "from the rounded numbers.",
        ),
        Definition(
            "Kept as first shown",
            "Each month is counted once, after it has ended, and never again: what changes later is not added to it.",
        ),
    )
