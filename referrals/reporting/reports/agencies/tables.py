"""The tables of the ledger, from counts that are ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from referrals.directory import lists
from referrals.reporting.cells import Cell
from referrals.reporting.deduction import Key
from referrals.reporting.disclosure import Profile
from referrals.reporting.queries import REPLY, STILL
from referrals.reporting.report import Column, Row, Table, Unit, Value
from referrals.reporting.reports.agencies import counts
from referrals.reporting.summaries.measures import ASKED

_BEHIND: Final = {REPLY: counts.ANSWERED, STILL: counts.WAITING}


@dataclass(frozen=True, slots=True)
class Ready:
    """What the tables are filled from."""

    shown: Mapping[Key, int | None]
    # The codes of the bodies that were asked, in the order of their list.
    agencies: list[str]
    lasted: Mapping[tuple[str, str | None], Decimal]
    profile: Profile

    def median(self, kind: str, agency: str | None = None) -> Value:
        """The median of days, where enough enquiries are behind it."""
        behind = counts.key(_BEHIND[kind], agency or counts.TOTAL)
        return self.profile.median(self.lasted.get((kind, agency)), self.shown[behind])

    def share(self, agency: str = counts.TOTAL) -> int | None:
        """The percentage of promises kept, from the numbers that are shown; None without them."""
        kept, promised = (self.shown[counts.key(measure, agency)] for measure in (counts.KEPT, counts.PROMISED))
        return self.profile.percentage(kept, promised)

    def with_target(self) -> list[str]:
        """The bodies that have published one."""
        return [agency for agency in self.agencies if lists.item(lists.AGENCIES, agency).target]

    def without_target(self) -> list[str]:
        """Those that have not, as far as is known."""
        return [agency for agency in self.agencies if not lists.item(lists.AGENCIES, agency).target]


def name_of(agency: str) -> str:
    """What a body is called."""
    return lists.label(lists.AGENCIES, agency)


def tables(ready: Ready) -> tuple[Table, ...]:
    """All of them, in the order they are read."""
    return _days(ready), _promises(ready)


def _days(ready: Ready) -> Table:
    def row(label: str, agency: str | None) -> Row:
        place = agency or counts.TOTAL
        sent, answered, waiting, given_up = (
            ready.shown[counts.key(measure, place)] for measure in (counts.SENT, *counts.ENDS)
        )
        reply, still = ready.median(REPLY, agency), ready.median(STILL, agency)
        asked = [Cell(ASKED, code=agency, aspect=which) for which in (None, *counts.ENDS)]
        cells = (None, *asked[:3], None, asked[3])
        return Row(label, (reply, sent, answered, waiting, still, given_up), cells=cells)

    return Table(
        key="days",
        title="Days until an answer",
        first="Body",
        columns=(
            Column("Median days", Unit.DAYS),
            Column("Sent", Unit.ENQUIRIES),
            Column("Answered", Unit.ENQUIRIES),
            Column("Still waiting", Unit.ENQUIRIES),
            Column("Median days so far", Unit.DAYS),
            Column("Given up", Unit.ENQUIRIES),
        ),
        rows=tuple(row(name_of(agency), agency) for agency in _visible(ready, ready.agencies, counts.SENT)),
        total=row("All bodies", None),
        charted=(0,),
        note="Bodies with too few enquiries are left out." if not ready.profile.is_exact else None,
        empty="No body has enough enquiries to be shown."
        if not ready.profile.is_exact
        else "No body was asked in this period.",
    )


def _promises(ready: Ready) -> Table:
    def row(label: str, agency: str) -> Row:
        promised, kept = (ready.shown[counts.key(measure, agency)] for measure in (counts.PROMISED, counts.KEPT))
        target = lists.item(lists.AGENCIES, agency).target if agency != counts.TOTAL else None
        return Row(label, (ready.share(agency), target.days if target else None, promised, kept))

    without = ", ".join(name_of(agency) for agency in _visible(ready, ready.without_target(), counts.SENT))
    return Table(
        key="target",
        title="Within the published target",
        first="Body",
        columns=(
            Column("Share in time", Unit.PERCENT),
            Column("Target in working days", Unit.DAYS),
            Column("Due or answered", Unit.ENQUIRIES),
            Column("Answered in time", Unit.ENQUIRIES),
        ),
        rows=tuple(row(name_of(agency), agency) for agency in _visible(ready, ready.with_target(), counts.PROMISED)),
        charted=(0,),
        note=f"No published target is known for: {without}." if without else None,
        empty=(f"No published target is known for: {without}." if without else "No answer is due yet."),
    )


def _visible(ready: Ready, agencies: list[str], measure: str) -> list[str]:
    """Those with a number to show."""
    return [agency for agency in agencies if ready.shown[counts.key(measure, agency)]]
