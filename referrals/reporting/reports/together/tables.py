"""The tables of the report on areas and their MPs, from numbers that are ready to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from referrals.directory import lists
from referrals.engagement.queries import YEAR
from referrals.reporting import phrases
from referrals.reporting.deduction import Key
from referrals.reporting.disclosure import Profile
from referrals.reporting.periods import Period
from referrals.reporting.report import Column, Picture, Row, Table, Unit, Value
from referrals.reporting.reports.together import counts
from referrals.reporting.reports.together.then import BACK, FURTHER, NEW, SAME, STANCES

_TYPES: Final = {"0": "None of them", "1": "One", "2": "Two", "3": "All three"}
_MOVES: Final = {
    FURTHER: "Further than a year before",
    SAME: "Where they were",
    BACK: "Not as far as a year before",
    NEW: "With an MP they did not have then",
}


@dataclass(frozen=True, slots=True)
class Ready:
    """What the tables are filled from."""

    shown: Mapping[Key, int | None]
    # Of each quarter, the share of each stance, the oldest quarter first.
    shares: Sequence[tuple[Period, tuple[int | None, ...]]]
    # The regions there are, by the part of the country.
    regions: Mapping[str, list[str]]
    profile: Profile

    @property
    def latest(self) -> tuple[int | None, ...]:
        """The shares at the end of the quarter itself."""
        return self.shares[-1][1]


def tables(ready: Ready, period: Period) -> tuple[Table, ...]:
    """All of them, what MPs think first."""
    return _stances(ready), _places(ready), _types(ready), _moved(ready, period)


def _stances(ready: Ready) -> Table:
    return Table(
        key="stances",
        title="How MPs stand towards areas, over time",
        first="At the end of",
        columns=tuple(Column(lists.label("stances", stance), Unit.PERCENT) for stance in STANCES),
        rows=tuple(Row(f"{quarter.last:%b %Y}", shares) for quarter, shares in ready.shares),
        charted=(0, 1, 2),
        picture=Picture.LINES,
        note="Of a hundred areas and MPs, as the leads of the areas see it. MPs’ offices are never shown it.",
    )


def _places(ready: Ready) -> Table:
    measures = (counts.AREAS, counts.QUIET, counts.ASSESSED, counts.SUPPORTIVE)

    def row(label: str, keys: list[Key], part: str | None = None) -> Row:
        areas, quiet, assessed, supportive = (ready.shown.get(key) for key in keys)
        share: Value = ready.profile.percentage(supportive, assessed)
        return Row(label, (areas, quiet, assessed, supportive, share), part_of=part)

    rows = []
    for part, regions in ready.regions.items():
        rows.append(row(part, [counts.of_part(measure, part) for measure in measures]))
        rows += [
            row(f"{part}: {name or 'no region'}", [counts.key(measure, name) for measure in measures], part)
            for name in regions
        ]
    whole = row("All areas", [counts.key(measure) for measure in measures])
    # The true share, as everywhere on this page, not one of rounded numbers beside it.
    total = replace(whole, values=(*whole.values[:-1], ready.latest[STANCES.index("supportive")]))
    return Table(
        key="places",
        title="By region",
        first="Region",
        columns=(
            Column("Areas", Unit.AREAS),
            Column("No contact in six months", Unit.AREAS),
            Column("Stances said", Unit.AREAS),
            Column("Supportive", Unit.AREAS),
            Column("Supportive, of a hundred", Unit.PERCENT),
        ),
        rows=tuple(rows),
        total=total,
        note="Neutral and negative are not told apart by region: too few areas are behind them.",
        empty="No area belongs to this programme yet.",
    )


def _types(ready: Ready) -> Table:
    names = [lists.label("engagement_types", item.code).lower() for item in lists.items("engagement_types")]
    return Table(
        key="types",
        title="How many kinds of work areas and MPs do together",
        first="Kinds in 12 months",
        columns=(Column("Areas", Unit.AREAS),),
        rows=tuple(Row(label, (ready.shown[counts.key(counts.TYPES, code)],)) for code, label in _TYPES.items()),
        total=Row("All areas", (ready.shown[counts.key(counts.AREAS)],)),
        charted=(0,),
        note=f"The kinds are {phrases.listed(names)}. An area may straddle them.",
    )


def _moved(ready: Ready, period: Period) -> Table:
    before = period.last - YEAR
    return Table(
        key="moved",
        title=f"How far areas and MPs have come, {before.day} {before:%B %Y} and {period.last.day} {period.last:%B %Y}",
        first="Between the two days",
        columns=(Column("Areas and MPs", Unit.AREAS),),
        rows=tuple(Row(label, (ready.shown[counts.key(counts.MOVED, code)],)) for code, label in _MOVES.items()),
        total=Row("All areas and MPs", (ready.shown[counts.key(counts.PAIRS)],)),
        charted=(0,),
    )
