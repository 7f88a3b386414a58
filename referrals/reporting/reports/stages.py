"""How long each stage takes, from sent to opened, taken on, begun, a result and the end; for who owns the referrals."""

from bisect import bisect_left
from collections import Counter
from decimal import Decimal
from typing import Final

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.reporting import queries
from referrals.reporting.bands import band_labels
from referrals.reporting.cells import Cell
from referrals.reporting.marking import half_and_nine_of_ten
from referrals.reporting.periods import Period
from referrals.reporting.queries import STAGES, WHOLE, Took
from referrals.reporting.report import Column, Definition, Figure, Picture, Report, Row, Table, Unit
from referrals.reporting.scope import Scope

NAME: Final = "stages"
TITLE: Final = "How long each stage takes"
SUMMARY: Final = (
    "Days until a referral is opened, taken on, begun, has a result and is over: the middle one, and nine of ten."
)

_WORDS: Final = (
    "Until the office has opened it",
    "Until the office has taken it on",
    "From taken on to work begun",
    "From work begun to a result",
    "From the result to the end",
    "From sent to the end",
)
_LABELS: Final = dict(zip(STAGES, _WORDS, strict=True))
# Those that stand on top.
_FIGURES: Final = (STAGES[0], STAGES[1], WHOLE)
# One, two, four, eight and twelve weeks, and half a year; each up to and including its number.
_BANDS: Final = (7, 14, 28, 56, 84, 182)
_COLUMNS: Final = (Column("Median days", Unit.DAYS), Column("Nine of ten within", Unit.DAYS), Column("Referrals"))


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope for a period; every number is exact, because only owners read it."""
    found = queries.stages(scope, period)
    every = {one.stage: one for one in found if one.category is None}
    return Report(
        name=NAME,
        title=TITLE,
        about=scope.name,
        period=period,
        headline=_headline(every.get(WHOLE)),
        figures=_figures(every),
        tables=(_by_stage(every), _spread(scope, period, every.get(WHOLE)), _by_category(found, every.get(WHOLE))),
        definitions=_DEFINITIONS,
        counted_on=today(),
        precision="exact",
        is_empty=not every,
    )


def _headline(whole: Took | None) -> tuple[str, ...]:
    if whole is None:
        return ("No referral has ended in this period.",)
    if whole.referrals == 1:
        return (f"1 referral ended, {_days(whole.median)} after it was sent.",)
    return (
        f"Half of the {whole.referrals:,} referrals that ended were over within {_days(whole.median)} of being sent.",
        f"Nine of ten were over within {_days(whole.most)}.",
    )


def _days(number: Decimal | int) -> str:
    text = f"{number:,}".removesuffix(".0")
    return f"{text} day" if text == "1" else f"{text} days"


def _figures(every: dict[str, Took]) -> tuple[Figure, ...]:
    return tuple(
        Figure(_LABELS[stage], every[stage].median if stage in every else None, Unit.DAYS, "median, calendar days")
        for stage in _FIGURES
    )


def _by_stage(every: dict[str, Took]) -> Table:
    return Table(
        key="stages",
        title="Days in each stage",
        first="Stage",
        columns=_COLUMNS,
        rows=tuple(_row(label, every[stage]) for stage, label in _LABELS.items() if stage in every),
        charted=(0, 1),
    )


def _spread(scope: Scope, period: Period, whole: Took | None) -> Table:
    number = Counter[int]()
    for days, referrals in queries.days_to_the_end(scope, period).items():
        number[bisect_left(_BANDS, days)] += referrals
    return Table(
        key="spread",
        title="From sent to the end, by how many days it took",
        first="Days it took",
        columns=(Column("Referrals"),),
        rows=tuple(Row(label, (number[place],)) for place, label in enumerate(band_labels(_BANDS))) if whole else (),
        total=Row("All referrals", (number.total(),)) if whole else None,
        charted=(0,),
        picture=Picture.DISTRIBUTION,
        marks=half_and_nine_of_ten(whole.median, whole.most, _BANDS) if whole else (),
        empty="No referral has ended in this period.",
    )


def _by_category(found: list[Took], whole: Took | None) -> Table:
    by_code = {one.category: one for one in found if one.stage == WHOLE and one.category is not None}
    labels = {**{item.code: item.label for item in lists.items("categories")}, "": "No category"}
    return Table(
        key="categories",
        title="From sent to the end, by category",
        first="Category",
        columns=_COLUMNS,
        rows=tuple(_row(label, by_code[code]) for code, label in labels.items() if code in by_code),
        total=_row("All referrals", whole) if whole else None,
        charted=(0, 1),
        empty="No referral has ended in this period.",
    )


def _row(label: str, took: Took) -> Row:
    cell = Cell(took.stage, took.category)
    return Row(label, (took.median, took.most, took.referrals), cells=(None, None, cell))


_DEFINITIONS: Final = (
    Definition("Period", "A stage counts in the period in which it ended, also when it began before."),
    Definition("Days", "Calendar days in London, weekends included. What began and ended on the same day took 0 days."),
    Definition("Median", "The middle one: half took as long or less, half as long or longer."),
    Definition("Nine of ten within", "The smallest number of days within which at least nine of ten were through."),
    Definition(
        "Stages",
        "A referral that was taken up again, or handed to another office, goes through its stages anew, and only the "
        "last time counts. Requests for advice and referrals sent by mistake are left out.",
    ),
)
