"""The two tables of the outcome report that are drawn as what became of it, and as what happened when."""

from collections import Counter
from typing import Final

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.reporting import queries
from referrals.reporting.deciding import LABELS
from referrals.reporting.months import MOST, months_of
from referrals.reporting.periods import Period
from referrals.reporting.queries import DECISIONS, LEFT, NO_RESULT_YET, TAKEN_ON, Became
from referrals.reporting.report import Column, Definition, Picture, Row, Table
from referrals.reporting.scope import Scope, first_day

_RESULTS: Final = {NO_RESULT_YET: "no result yet", LEFT: "withdrawn or sent back later"}

DEFINITION: Final = Definition(
    "What became of what came in",
    "Referrals that were first sent in the period, with how they stand today, also when that came after the period. "
    "Taken on, declined, sent back and withdrawn are as in the report on decisions. A result counts once it is "
    "recorded and the group has not disputed it.",
)


def tables(scope: Scope, period: Period) -> tuple[Table, ...]:
    """Both, for the owner of the referrals: how things stand today is of no period that is over."""
    if not scope.profile.is_exact:
        return ()
    return _became(queries.became(scope, period)), _months(scope, period)


def _became(found: list[Became]) -> Table:
    number = Counter[str]()
    for one in found:
        number[one.decision] += one.number
    results = {one.result: one.number for one in found if one.decision == TAKEN_ON}
    names = {**{item.code: item.label for item in lists.items("resolutions")}, **_RESULTS}
    taken_on = LABELS[TAKEN_ON]
    parts = [
        Row(f"{taken_on}: {name[:1].lower()}{name[1:]}", (results[code],), part_of=taken_on)
        for code, name in names.items()
        if results.get(code)
    ]
    rows = [Row(LABELS[decision], (number[decision],)) for decision in DECISIONS]
    return Table(
        key="became",
        title="What became of what came in",
        first="How it stands today",
        columns=(Column("Referrals"),),
        rows=(rows[0], *parts, *rows[1:]) if found else (),
        total=Row("Received", (number.total(),)) if found else None,
        charted=(0,),
        picture=Picture.FLOW,
        empty="No referral was sent in this period.",
    )


def _months(scope: Scope, period: Period) -> Table:
    received, closed = queries.received_and_closed(scope, period)
    months = months_of(period, first_day(scope) if period.first is None else None, today())
    notes = []
    if not received.keys() | closed.keys() <= {month.code for month in months}:
        notes.append(f"The last {MOST} months; earlier ones count in the other tables.")
    if period.last >= today() and months:
        notes.append(f"{months[-1].label} is not over yet.")
    return Table(
        key="months",
        title="Received and closed, month by month",
        first="Month",
        columns=(Column("Received"), Column("Closed")),
        rows=tuple(Row(month.label, (received[month.code], closed[month.code])) for month in months),
        charted=(0, 1),
        picture=Picture.LINES,
        note=" ".join(notes) or None,
        empty="This period has not begun.",
    )
