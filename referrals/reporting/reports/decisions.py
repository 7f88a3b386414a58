"""Referrals and decisions: what came in, what was decided about it and why, and how many days that took."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.reporting import phrases, queries
from referrals.reporting.categories import category_labels
from referrals.reporting.months import MOST, months_of
from referrals.reporting.periods import Period
from referrals.reporting.queries import ANY, DECISIONS, Decided, Spread
from referrals.reporting.report import Column, Definition, Figure, Picture, Report, Row, Table, Unit
from referrals.reporting.scope import Scope, first_day

NAME: Final = "decisions"
TITLE: Final = "Referrals and decisions"
SUMMARY: Final = "What came in, what the office decided about it and why, and how many days that took."

# What each decision is called.
LABELS: Final = {
    "taken_on": "Taken on",
    "declined": "Declined",
    "returned_with_advice": "Sent back with advice",
    "withdrawn": "Withdrawn before a decision",
    "undecided": "Not decided yet",
}
_REASONS: Final = {
    "declined": ("decline_reasons", "Why the office declined"),
    "returned_with_advice": ("return_reasons", "Why the office sent it back"),
    "withdrawn": ("withdrawal_reasons", "Why it was withdrawn before a decision"),
}
_NO_REASON: Final = "No reason given"
_MEDIAN: Final = Column("Median days", Unit.DAYS)
_MOST: Final = Column("Nine of ten within", Unit.DAYS)


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope for a period; every number is exact, because only owners read it."""
    found = queries.decisions(scope, period)
    took = queries.decision_days(scope, period)
    by_decision = _added(found, lambda one: one.decision)
    every = next((one for one in took if one.kind == ANY and one.part is None), None)
    return Report(
        name=NAME,
        title=TITLE,
        about=scope.name,
        period=period,
        headline=_headline(by_decision, every),
        figures=_figures(by_decision, every),
        tables=(
            _decisions(by_decision, took),
            _categories(found, took),
            _months(scope, period, found),
            *(_reasons(found, decision) for decision in _REASONS),
        ),
        definitions=_DEFINITIONS,
        counted_on=today(),
        precision="exact",
        is_empty=not found,
    )


def _added(found: Sequence[Decided], part: Callable[[Decided], str]) -> Counter[str]:
    added: Counter[str] = Counter()
    for one in found:
        added[part(one)] += one.number
    return added


def _headline(number: Counter[str], every: Spread | None) -> tuple[str, ...]:
    received, taken = number.total(), number["taken_on"]
    if not received:
        return ("No referral was sent in this period.",)
    first = f"{taken:,} of {phrases.referrals(received)} received {phrases.was(taken)} taken on."
    second = _rest(number)
    if every is None:
        return (first, *second)
    return first, *second, f"Half of the decisions came within {phrases.days(every.median)}."


def _rest(number: Counter[str]) -> tuple[str, ...]:
    """What became of those that were not taken on, without what happened to none of them."""
    parts = [
        f"{number[decision]:,} {phrases.was(number[decision])} {LABELS[decision].lower()}"
        for decision in _REASONS
        if number[decision]
    ]
    if number["undecided"]:
        parts.append(f"{number['undecided']:,} {'is' if number['undecided'] == 1 else 'are'} not decided yet")
    return (f"{phrases.listed(parts)}.",) if parts else ()


def _figures(number: Counter[str], every: Spread | None) -> tuple[Figure, ...]:
    return (
        Figure("Received", number.total()),
        *(Figure(label, number[decision]) for decision, label in LABELS.items()),
        Figure("Days to a decision", every.median if every else None, Unit.DAYS, "median, calendar days"),
    )


def _decisions(number: Counter[str], took: Sequence[Spread]) -> Table:
    days = {one.kind: one for one in took if one.part is None}

    def row(label: str, decision: str, count: int) -> Row:
        one = days.get(decision)
        share = phrases.percent(count, number.total())
        return Row(label, (count, share, one.median if one else None, one.most if one else None))

    return Table(
        key="decisions",
        title="How they were decided",
        first="Decision",
        columns=(Column("Referrals"), Column("Share", Unit.PERCENT), _MEDIAN, _MOST),
        rows=tuple(row(label, decision, number[decision]) for decision, label in LABELS.items()),
        total=row("All received", ANY, number.total()),
        charted=(0,),
    )


def _categories(found: Sequence[Decided], took: Sequence[Spread]) -> Table:
    days = {one.part: one.median for one in took if one.kind == ANY}
    present = {one.category for one in found}

    def row(label: str, category: str | None) -> Row:
        mine = [one for one in found if category is None or one.category == category]
        return Row(label, (*_received(mine), days.get(category)))

    return Table(
        key="categories",
        title="By category",
        first="Category",
        columns=(*_received_columns(), _MEDIAN),
        rows=tuple(row(label, category) for category, label in category_labels().items() if category in present),
        total=row("All categories", None),
        charted=(0, 1, 2),
    )


def _months(scope: Scope, period: Period, found: Sequence[Decided]) -> Table:
    months = months_of(period, first_day(scope) if period.first is None else None, today())
    is_all = {one.month for one in found} <= {month.code for month in months}
    return Table(
        key="months",
        title="By the month in which they were sent",
        first="Month",
        columns=_received_columns(),
        rows=tuple(Row(month.label, _received([one for one in found if one.month == month.code])) for month in months),
        note=None if is_all else f"The last {MOST} months; earlier ones count in the other tables.",
        charted=(0, 1),
        picture=Picture.LINES,
    )


def _received_columns() -> tuple[Column, ...]:
    return Column("Received"), *(Column(label) for label in LABELS.values())


def _received(found: Sequence[Decided]) -> tuple[int, ...]:
    number = _added(found, lambda one: one.decision)
    return number.total(), *(number[decision] for decision in DECISIONS)


def _reasons(found: Sequence[Decided], decision: str) -> Table:
    list_code, title = _REASONS[decision]
    number = _added([one for one in found if one.decision == decision], lambda one: one.reason or "")
    labels = {**{item.code: item.label for item in lists.items(list_code)}, "": _NO_REASON}
    return Table(
        key=decision,
        title=title,
        first="Reason",
        columns=(Column("Referrals"),),
        rows=tuple(Row(label, (number[code],)) for code, label in labels.items() if number[code]),
        total=Row("All reasons", (number.total(),)) if number else None,
        charted=(0,),
        empty="None in this period.",
    )


_DEFINITIONS: Final = (
    Definition(
        "Period",
        "Referrals that were first sent in the period, with what has come of them until today, also when that was "
        "later. So every referral received stands in one line, and the lines add up. In the report on outcomes each "
        "thing counts by the day on which it happened instead.",
    ),
    Definition(
        "Taken on",
        "The office accepted it, or began to work on it, whatever came after. Declined, sent back and withdrawn are "
        "those that ended so without being taken on. One that was sent again after such an answer counts as it stands "
        "now.",
    ),
    Definition(
        "Days to a decision",
        "Calendar days in London, weekends included, from the day it was first sent to the day it was accepted, "
        "declined or sent back. A withdrawal is no decision of the office. The median is the middle one: half took as "
        "long or less. Nine of ten within is the smallest number of days within which at least nine of ten were "
        "decided.",
    ),
    Definition("Left out", "Drafts, referrals sent by mistake, and requests for advice, which are about no resident."),
)
