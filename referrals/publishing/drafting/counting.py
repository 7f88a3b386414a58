"""The figures of an impact report: those of the outcome report as it is kept for readers outside, as plain JSON."""

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from referrals.accounts.roles import Side
from referrals.directory import lists, queries
from referrals.foundation.errors import IllegalMove
from referrals.publishing.drafting import aims
from referrals.publishing.drafting.numbers import Numbers, plain_table, written
from referrals.reporting.disclosure import PROFILES, Name, profile_of
from referrals.reporting.periods import Period
from referrals.reporting.publications import COUNTING, shown_report
from referrals.reporting.report import Report
from referrals.reporting.reports import outcomes, residents_view
from referrals.reporting.scope import Scope

# The tables of the outcome report that stand in an impact report.
TABLES: Final = ("referrals", "standing", "outcomes", "money", "waiting")
# Those of the report of what residents say.
RESIDENTS_TABLES: Final = ("responses", "helped_forward", "is_solved", "less_worried")
# The figures that stand at its head, as the outcome report calls them.
HEAD: Final = (
    "Received",
    "Closed",
    "Results claimed",
    "Confirmed",
    "Waited before",
    "Waited after",
    "Pointed the right way",
)
# What is defined there and is no part of an impact report, or is said above the definitions already.
LEFT_OUT: Final = ("Requests for advice", "Hidden numbers")
# Those that are said only where there are figures for them.
SIGNPOSTS: Final = "People pointed the right way"
WAITING: Final = "Days waiting"
# Outcomes are listed down to so many; the rest are in the report they come from.
MOST_OUTCOMES: Final = 10


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures, as they are kept, and the numbers that the first text is made from."""

    plain: dict[str, Any]
    numbers: Numbers


def scope_outside(scope: Scope) -> Scope:
    """The same referrals as people outside of the organisation may see them: small counts hidden, the rest rounded."""
    programme = queries.programme_of(programme_id) if (programme_id := _programme_id(scope)) else None
    usual = PROFILES[Name.PROGRAMME].threshold or 0
    return replace(scope, profile=profile_of(Name.PROGRAMME, programme.small_count if programme else usual))


def count(scope: Scope, period: Period) -> Counted:
    """The figures of a finished period, as they are kept; their keys are those of `_plain` below.

    Nothing is counted here: two reports, or a report and what a coordinator reads, would else differ by what happened
    between them. Raises IllegalMove where nothing is kept yet.
    """
    report = shown_report(outcomes.NAME, scope, period)
    if report is None:
        raise IllegalMove(COUNTING)
    residents = shown_report(residents_view.NAME, scope, period)
    if residents is None:
        raise IllegalMove(COUNTING)
    numbers = Numbers(report)
    plain = _plain(report, numbers, scope)
    plain["tables"] |= {key: plain_table(Numbers(residents).table(key)) for key in RESIDENTS_TABLES}
    plain["definitions"] += [{"term": one.term, "words": one.words} for one in residents.definitions]
    return Counted(plain, numbers)


def _plain(report: Report, numbers: Numbers, scope: Scope) -> dict[str, Any]:
    programme_id = _programme_id(scope)
    programme = queries.organisation(programme_id) if programme_id else None
    code = aims.code_of(programme.code) if programme else ""
    known = code in {item.code for item in lists.items("programmes")}
    return {
        "about": scope.name,
        "side": scope.side.value,
        # Its name, and the code of the list programmes where its aims are known.
        "programme": programme.name if programme else "",
        "aims_of": code if known else "",
        "counted_on": report.counted_on.isoformat(),
        # Counts under this are hidden.
        "threshold": scope.threshold,
        "is_empty": report.is_empty,
        "warning": report.warning,
        "numbers": [
            {"label": figure.label, "value": written(figure.value, figure.unit), "note": figure.note}
            for figure in report.figures
            if figure.label in HEAD
        ],
        "tables": {key: _table(numbers, key) for key in TABLES},
        "aims": aims.figures(code, numbers) if known else {},
        "definitions": [
            {"term": one.term, "words": one.words} for one in report.definitions if one.term not in _not_said(numbers)
        ],
    }


def _not_said(numbers: Numbers) -> set[str]:
    """What needs no definition, because nothing is said of it here."""
    told = numbers.has("signposts") and numbers.total("signposts", "People")
    waited = numbers.total("waiting", "Median days before") or numbers.total("waiting", "Median days after")
    return {*LEFT_OUT, *([] if told else [SIGNPOSTS]), *([] if waited else [WAITING])}


def _table(numbers: Numbers, key: str) -> dict[str, Any]:
    table = numbers.table(key)
    return plain_table(replace(table, rows=table.rows[:MOST_OUTCOMES]) if key == "outcomes" else table)


def _programme_id(scope: Scope) -> UUID | None:
    if scope.side is Side.PROGRAMME:
        return scope.organisation_id
    group = queries.group_of(scope.organisation_id) if scope.side is Side.GROUP else None
    return group.programme_id if group else None
