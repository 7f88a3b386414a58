"""Waiting: how long residents had waited before they were referred, and how long each turn lasts after that."""

from collections.abc import Mapping
from typing import Final

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.reporting import phrases, queries
from referrals.reporting.bands import band_labels
from referrals.reporting.categories import category_labels
from referrals.reporting.marking import half_and_nine_of_ten
from referrals.reporting.periods import Period
from referrals.reporting.queries import WAITED, Spread
from referrals.reporting.report import Column, Definition, Figure, Picture, Report, Row, Table, Unit
from referrals.reporting.scope import Scope

NAME: Final = "waiting"
TITLE: Final = "How long people wait"
SUMMARY: Final = "How long residents had waited before they were referred, and how long they then wait for whom."

_TURNS: Final = {
    "deciding": "The MP’s office, to decide",
    "working": "The MP’s office, to work on it",
    "answering": "The group, to answer a question",
    "checking": "The group, to check a result",
    "replying": "A body, to answer an enquiry",
}
_COLUMNS: Final = (Column("Median days", Unit.DAYS), Column("Nine of ten within", Unit.DAYS))


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope for a period; every number is exact, because only owners read it."""
    before = {one.part: one for one in queries.waited_before(scope, period)}
    bands = queries.waited_in_bands(scope, period)
    over = {one.kind: one for one in queries.turns_over(scope, period) if one.part is None}
    now = {one.kind: one for one in queries.turns_now(scope) if one.part is None}
    return Report(
        name=NAME,
        title=TITLE,
        about=scope.name,
        period=period,
        headline=_headline(before.get(None)),
        figures=_figures(before.get(None), over),
        tables=(_bands(bands, before.get(None)), _categories(before), _over(over), _now(now)),
        definitions=_DEFINITIONS,
        counted_on=today(),
        precision="exact",
        is_empty=not (before or over or now),
    )


def _headline(whole: Spread | None) -> tuple[str, ...]:
    if whole is None:
        return ("It is not known of any referral sent in this period since when the resident had waited.",)
    if whole.number == 1:
        return (f"The resident of 1 referral had waited {phrases.days(whole.median)} before it was sent.",)
    return (
        (
            f"Half of the {whole.number:,} residents had waited {phrases.days(whole.median)} or longer before they "
            "were referred."
        ),
        f"Nine of ten had waited {phrases.days(whole.most)} or less.",
    )


def _figures(whole: Spread | None, over: Mapping[str, Spread]) -> tuple[Figure, ...]:
    def median(label: str, turn: str) -> Figure:
        return Figure(label, over[turn].median if turn in over else None, Unit.DAYS, "median, calendar days")

    return (
        Figure("Waited before", whole.median if whole else None, Unit.DAYS, "median, until it was sent"),
        median("The office, to decide", "deciding"),
        median("The group, to answer", "answering"),
        median("A body, to answer", "replying"),
    )


def _bands(bands: Mapping[int, int], whole: Spread | None) -> Table:
    total = sum(bands.values())
    return Table(
        key="bands",
        title="How long residents had waited before they were referred",
        first="Days waited",
        columns=(Column("Referrals"), Column("Share", Unit.PERCENT)),
        rows=tuple(
            Row(label, (bands.get(place, 0), phrases.percent(bands.get(place, 0), total)))
            for place, label in enumerate(band_labels(WAITED))
        )
        if total
        else (),
        total=Row("All of them", (total, 100)) if total else None,
        charted=(0,),
        picture=Picture.DISTRIBUTION,
        marks=half_and_nine_of_ten(whole.median, whole.most, WAITED) if whole else (),
        empty="It is not known of any referral sent in this period since when the resident had waited.",
    )


def _categories(before: Mapping[str | None, Spread]) -> Table:
    return Table(
        key="categories",
        title="Before they were referred, by category",
        first="Category",
        columns=(*_COLUMNS, Column("Referrals")),
        rows=tuple(
            _row(label, before[category]) for category, label in category_labels().items() if category in before
        ),
        total=_row("All categories", before[None]) if None in before else None,
        charted=(0, 1),
        empty="It is not known of any referral sent in this period since when the resident had waited.",
    )


def _over(over: Mapping[str, Spread]) -> Table:
    return Table(
        key="turns",
        title="How long each turn lasted",
        first="Turn of",
        columns=(*_COLUMNS, Column("Turns", Unit.TURNS)),
        rows=_rows(over, _TURNS),
        charted=(0, 1),
        empty="No turn ended in this period.",
    )


def _now(now: Mapping[str, Spread]) -> Table:
    return Table(
        key="now",
        title="Whose turn it is today, and for how long already",
        first="Turn of",
        columns=(*_COLUMNS, Column("Referrals")),
        rows=_rows(now, {item.code: item.label for item in lists.items("waiting_on")}),
        charted=(0, 1),
        note="Of this moment, whatever the period.",
        empty="Nothing is open.",
    )


def _rows(found: Mapping[str, Spread], labels: Mapping[str, str]) -> tuple[Row, ...]:
    return tuple(_row(label, found[code]) for code, label in labels.items() if code in found)


def _row(label: str, one: Spread) -> Row:
    return Row(label, (one.median, one.most, one.number))


_DEFINITIONS: Final = (
    Definition(
        "Waited before",
        "From the day the resident began to wait to the day the referral was first sent, for referrals sent in the "
        "period where that day is known.",
    ),
    Definition(
        "Turns",
        "A turn counts in the period in which it ended, and as often as somebody had it: who is asked twice has two. "
        "The office’s turn to work on it lasts from when it took it on until it asked the group something, recorded a "
        "result or ended it, with pauses and with the time in which a body was asked; the body’s turn counts beside "
        "it, from the day it was asked to the day its answer came. Turns before a referral came to the office that "
        "has it now are included.",
    ),
    Definition(
        "Today",
        "Whose turn it is at this moment, and the days since it became so. Turns of residents are known only while "
        "they last.",
    ),
    Definition(
        "Days",
        "Calendar days in London, weekends included. The median is the middle one: half took as long or less. Nine of "
        "ten within is the smallest number of days within which at least nine of ten were through. How long the "
        "stages of a referral take is a report of its own.",
    ),
    Definition("Left out", "Drafts, referrals sent by mistake, and requests for advice, which are about no resident."),
)
