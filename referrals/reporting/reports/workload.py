"""The workload: what comes in and goes out each month, what stays open in between, and how old what is open is."""

from collections.abc import Mapping
from typing import Final

from referrals.foundation.clock import today
from referrals.reporting import phrases, queries
from referrals.reporting.bands import band_labels
from referrals.reporting.cells import Cell
from referrals.reporting.months import MONTHS_A_YEAR, month_of, months_of
from referrals.reporting.periods import Period
from referrals.reporting.queries import AGES
from referrals.reporting.report import Column, Definition, Figure, Picture, Report, Row, Table
from referrals.reporting.scope import Scope, first_day
from referrals.reporting.summaries.measures import ENDED, RECEIVED

NAME: Final = "workload"
TITLE: Final = "Coming in and going out"
SUMMARY: Final = "What comes in and is finished each month, whether the pile grows, and how old what is open is."


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope, of this moment and the year before it; exact, because only owners read it."""
    ages = queries.open_by_age(scope)
    months = _months(scope, period)
    return Report(
        name=NAME,
        title=TITLE,
        about=scope.name,
        period=period,
        headline=_headline(sum(ages.values()), months),
        figures=_figures(sum(ages.values()), months),
        tables=(months, _ages(ages)),
        definitions=_DEFINITIONS,
        counted_on=today(),
        precision="exact",
        is_empty=not months.rows,
    )


def _months(scope: Scope, period: Period) -> Table:
    came, went = queries.came_in(scope), queries.went_out(scope)
    months = months_of(period, first_day(scope), today(), most=MONTHS_A_YEAR)
    begin = months[0].code if months else ""
    held = sum(number for code, number in came.items() if code < begin)
    held -= sum(number for code, number in went.items() if code < begin)
    rows = []
    for month in months:
        added, ended = came.get(month.code, 0), went.get(month.code, 0)
        held += added - ended
        cells = (Cell(RECEIVED, month=month.code), Cell(ENDED, month=month.code), None)
        rows.append(Row(month.label, (added, ended, held), cells=cells))
    return Table(
        key="months",
        title="Month by month",
        first="Month",
        columns=(Column("Came in"), Column("Went out"), Column("Open at its end")),
        rows=tuple(rows),
        charted=(0, 1, 2),
        picture=Picture.LINES,
        note=f"{month_of(today()).label} is not over yet.",
        empty="Nothing has come in yet.",
    )


def _headline(number: int, months: Table) -> tuple[str, ...]:
    added, ended = (sum(_at(row, place) for row in months.rows) for place in (0, 1))
    return (
        f"{phrases.referrals(number)} {'is' if number == 1 else 'are'} open.",
        (
            f"In the last {'month' if len(months.rows) == 1 else f'{len(months.rows)} months'} {added:,} came in and "
            f"{ended:,} went out: {_change(added - ended)}."
        ),
    )


def _change(grown: int) -> str:
    if grown == 0:
        return "as many are open as before"
    return f"{abs(grown):,} {'more' if grown > 0 else 'fewer'} are open than before"


def _at(row: Row, place: int) -> int:
    return int(row.values[place] or 0)


def _figures(number: int, months: Table) -> tuple[Figure, ...]:
    last = months.rows[-1] if months.rows else Row("", (0, 0, 0))
    return (
        Figure("Open today", number),
        Figure("Came in", _at(last, 0), note="this month so far"),
        Figure("Went out", _at(last, 1), note="this month so far"),
    )


def _ages(ages: Mapping[int, int]) -> Table:
    return Table(
        key="ages",
        title="How old what is open is",
        first="Days since it was sent",
        columns=(Column("Open"),),
        rows=tuple(Row(label, (ages.get(place, 0),)) for place, label in enumerate(band_labels(AGES))),
        total=Row("All open referrals", (sum(ages.values()),)),
        charted=(0,),
        picture=Picture.DISTRIBUTION,
    )


_DEFINITIONS: Final = (
    Definition("Came in", "Referrals by the month in which they were first sent, London days."),
    Definition(
        "Went out",
        "Referrals by the month in which they ended: closed, declined, sent back or withdrawn. One that was taken up "
        "again counts as open throughout, until it ends once more.",
    ),
    Definition("Open at its end", "All that had come in by the end of the month, less all that had gone out by then."),
    Definition("Age", "Calendar days from the day it was first sent to today, whoever had the turn meanwhile."),
    Definition("Left out", "Drafts, referrals sent by mistake, and requests for advice, which are about no resident."),
)
