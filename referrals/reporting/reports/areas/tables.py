"""The one table of areas side by side, from counts that are ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from referrals.accounts.roles import Side
from referrals.reporting.cells import Cell
from referrals.reporting.deduction import Key
from referrals.reporting.disclosure import Profile
from referrals.reporting.queries import Spread
from referrals.reporting.report import Column, Row, Table, Unit, Value
from referrals.reporting.reports.areas import counts
from referrals.reporting.reports.outcomes.counts import TOTAL
from referrals.reporting.spreading import shown_days
from referrals.reporting.summaries.measures import GROUP_ACCEPTED, GROUP_CLOSED, GROUP_RECEIVED


@dataclass(frozen=True, slots=True)
class Ready:
    """What the table is filled from."""

    side: Side
    # The groups by their code, in the order in which they stand.
    names: Mapping[str, str]
    shown: Mapping[Key, int | None]
    took: Mapping[str | None, Spread]
    profile: Profile

    def share(self, code: str = TOTAL) -> int | None:
        """Of a hundred that were closed with a result, how many were resolved, from the numbers that are shown."""
        solved, closed = (self.shown[counts.of(measure, code)] for measure in (counts.SOLVED, counts.CLOSED))
        return self.profile.percentage(solved, closed)

    def median(self, code: str | None = None) -> Value:
        """The median of days, where enough referrals are behind it."""
        behind = self.shown[counts.of(counts.CLOSED, code or TOTAL)]
        return shown_days(self.took.get(code), behind, self.profile)[0]


def table(ready: Ready) -> Table:
    """All groups, one below the other."""

    def row(label: str, code: str | None) -> Row:
        measures = (counts.RECEIVED, counts.TAKEN_ON, counts.CLOSED)
        numbers = (ready.shown[counts.of(measure, code or TOTAL)] for measure in measures)
        cells = (*(Cell(measure, code=code) for measure in (GROUP_RECEIVED, GROUP_ACCEPTED, GROUP_CLOSED)), None, None)
        return Row(label, (*numbers, ready.share(code or TOTAL), ready.median(code)), cells=cells)

    return Table(
        key="areas",
        title="Groups" if ready.side is Side.OFFICE else "Areas",
        first="Group" if ready.side is Side.OFFICE else "Area",
        columns=(
            Column("Received"),
            Column("Taken on"),
            Column("Closed with a result"),
            Column("Resolved", Unit.PERCENT),
            Column("Median days", Unit.DAYS),
        ),
        rows=tuple(row(name, code) for code, name in ready.names.items()),
        total=row("All of them", None),
        charted=(0, 1, 2),
        note="In the order of their names. Areas differ in what they meet, so this is no ranking.",
        empty="No group has sent anything yet.",
    )
