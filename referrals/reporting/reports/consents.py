"""Agreements and data protection: what residents agreed to, what ends soon, what waits; for owners only."""

from collections.abc import Mapping, Sequence
from typing import Final

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.reporting import queries
from referrals.reporting.cells import Cell
from referrals.reporting.days import number_of
from referrals.reporting.months import MONTHS_A_YEAR, month_of, months_of
from referrals.reporting.periods import Period
from referrals.reporting.queries import SINCE_DECLINED, SOON, Agreed
from referrals.reporting.report import Column, Definition, Figure, Picture, Report, Row, Table, Unit
from referrals.reporting.scope import Scope, first_day
from referrals.reporting.summaries.facts import APPROVED, UNAPPROVED
from referrals.reporting.summaries.measures import (
    AGREED,
    AGREED_UNTIL,
    DECLINED_KEPT,
    GROUND,
    OPEN,
    TAKEN_BACK,
    UNAPPROVED_AGREED,
    WITHDRAWN,
)

NAME: Final = "consents"
TITLE: Final = "Agreements and data protection"
SUMMARY: Final = "What residents agreed to and took back, what ends soon, and what must be approved or removed."

_GIVEN: Final = Column("Given", Unit.AGREEMENTS)
_WAITING: Final = Column("Wait for approval", Unit.AGREEMENTS)
_SINCE: Final = (
    "Declined in the last 7 days",
    "8 to 14 days ago",
    "15 to 30 days ago",
    "More than 30 days ago: closed to the office",
)


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope, of this moment; every number is exact, because only owners read it."""
    found = queries.agreements(scope)
    declined, erased = queries.since_declined(scope), queries.erased(scope)
    leaving = sum(number for place, number in declined.items() if place < len(_SINCE) - 1)
    return Report(
        name=NAME,
        title=TITLE,
        about=scope.name,
        period=period,
        headline=_headline(found, leaving),
        figures=(
            Figure("Agreements that stand", _sum(found, "standing"), Unit.AGREEMENTS),
            Figure("Taken back", _sum(found, "withdrawn"), Unit.AGREEMENTS),
            Figure("End soon", _sum(found, "ends_soon"), Unit.AGREEMENTS, f"within {SOON} days, on open cases"),
            Figure("Wait for approval", _sum(found, "waiting"), Unit.AGREEMENTS),
            Figure("Still to be closed", leaving, note="declined, and still read by the office"),
            Figure("Erased", erased),
        ),
        tables=(_kinds(found), _grounds(scope), _months(scope, period), _declined(declined)),
        definitions=_DEFINITIONS,
        counted_on=today(),
        precision="exact",
        is_empty=not found and not declined and not erased,
    )


def _sum(found: Sequence[Agreed], measure: str) -> int:
    return sum(getattr(one, measure) for one in found)


def _headline(found: Sequence[Agreed], leaving: int) -> tuple[str, ...]:
    waiting, soon = _sum(found, "waiting"), _sum(found, "ends_soon")
    first = (
        "No agreement waits for approval."
        if not waiting
        else f"{_agreements(waiting)} {'waits' if waiting == 1 else 'wait'} for approval."
    )
    second = f"{_agreements(soon)} {'ends' if soon == 1 else 'end'} within {SOON} days" if soon else ""
    third = f"what was written in {leaving:,} declined {'referral' if leaving == 1 else 'referrals'} is still to be "
    third = f"{third}closed to the office" if leaving else ""
    rest = ", and ".join(words for words in (second, third) if words)
    return (first, f"{rest[0].upper()}{rest[1:]}.") if rest else (first,)


def _agreements(number: int) -> str:
    return "1 agreement" if number == 1 else f"{number:,} agreements"


def _kinds(found: Sequence[Agreed]) -> Table:
    measures = {
        "given": "Given",
        "standing": "Stand",
        "withdrawn": "Taken back",
        "run_out": "Run out",
        "ends_soon": f"End within {SOON} days",
        "waiting": "Wait for approval",
    }
    rows = [
        Row(
            _name(kind.label, extent),
            tuple(getattr(one, measure) for measure in measures),
            cells=_behind(extent or "", kind.code),
        )
        for kind in lists.items("consent_kinds")
        for extent in (None, *(item.code for item in lists.items("consent_scopes")))
        for one in found
        if (one.kind, one.scope) == (kind.code, extent)
    ]
    return Table(
        key="kinds",
        title="What residents agreed to",
        first="Agreement",
        columns=tuple(Column(label, Unit.AGREEMENTS) for label in measures.values()),
        rows=tuple(rows),
        total=Row("All agreements", tuple(_sum(found, measure) for measure in measures), cells=_behind(None, None)),
        empty="No agreement has been recorded yet.",
    )


def _behind(extent: str | None, kind: str | None) -> tuple[Cell | None, ...]:
    """In the order of the columns; there is no list of those that stand, which are most of what was given."""
    day = number_of(today())
    return (
        Cell(AGREED, extent, kind),
        None,
        Cell(AGREED, extent, kind, WITHDRAWN),
        Cell(AGREED_UNTIL, extent, kind, days=(None, day - 1)),
        Cell(AGREED_UNTIL, extent, kind, OPEN, days=(day, day + SOON)),
        Cell(UNAPPROVED_AGREED, extent, kind),
    )


def _name(kind: str, extent: str | None) -> str:
    return kind if extent is None else f"{kind}: {lists.label('consent_scopes', extent).lower()}"


def _grounds(scope: Scope) -> Table:
    by_code = {one.ground: one for one in queries.grounds(scope)}
    return Table(
        key="grounds",
        title="On what ground",
        first="Ground",
        columns=(_GIVEN, Column("Approved", Unit.AGREEMENTS), _WAITING),
        rows=tuple(
            Row(
                item.label,
                (one.given, one.approved, one.waiting),
                cells=tuple(Cell(GROUND, code=item.code, aspect=which) for which in (None, APPROVED, UNAPPROVED)),
            )
            for item in lists.items("consent_grounds")
            if (one := by_code.get(item.code))
        ),
        empty="No agreement has been recorded yet.",
    )


def _months(scope: Scope, period: Period) -> Table:
    given, withdrawn = queries.agreed_by_month(scope), queries.withdrawn_by_month(scope)
    months = months_of(period, first_day(scope), today(), most=MONTHS_A_YEAR)
    return Table(
        key="months",
        title="Month by month",
        first="Month",
        columns=(_GIVEN, Column("Taken back", Unit.AGREEMENTS)),
        rows=tuple(
            Row(
                month.label,
                (given.get(month.code, 0), withdrawn.get(month.code, 0)),
                cells=(Cell(AGREED, month=month.code), Cell(TAKEN_BACK, month=month.code)),
            )
            for month in months
        ),
        charted=(0, 1),
        picture=Picture.LINES,
        note=f"{month_of(today()).label} is not over yet.",
        empty="Nothing has been sent yet.",
    )


def _declined(declined: Mapping[int, int]) -> Table:
    day, (week, fortnight, month) = number_of(today()), SINCE_DECLINED
    spans = ((day - week, None), (day - fortnight, day - week - 1), (day - month, day - fortnight - 1))
    cells = [Cell(DECLINED_KEPT, days=span) for span in (*spans, (None, day - month - 1))]
    return Table(
        key="declined",
        title="What an office declined",
        first="Since when",
        columns=(Column("Referrals"),),
        rows=tuple(Row(label, (declined.get(place, 0),), cells=(cells[place],)) for place, label in enumerate(_SINCE))
        if declined
        else (),
        total=Row("All declined referrals", (sum(declined.values()),), cells=(Cell(DECLINED_KEPT),)),
        note="An office keeps no content of what it declines: after 30 days it reads no word of it any more.",
        empty="Nothing has been declined.",
    )


_DEFINITIONS: Final = (
    Definition(
        "Agreements",
        "Each agreement of a resident, or ground that stands in for one, as a record of its own. In a group also those "
        "of drafts, in an office those of what was sent to it. Referrals sent by mistake are left out.",
    ),
    Definition(
        "Stand, taken back, run out",
        "An agreement stands until the resident takes it back or its last day has passed. Taken back counts before run "
        "out.",
    ),
    Definition(
        "End soon", f"Agreements that stand and whose last day is today or within {SOON} days, where the case is open."
    ),
    Definition(
        "Wait for approval",
        "Where the resident did not ask, one of four grounds must apply (Data Protection Act 2018, Schedule 1, "
        "paragraph 23) and a lead must approve it. It counts for nothing until then.",
    ),
    Definition(
        "Erased",
        "Referrals whose key was destroyed: the words can never be read again, and the codes and dates still count.",
    ),
)
