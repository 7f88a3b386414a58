"""What comes again and again: the issues that a body causes more than once in a quarter. For who owns the referrals."""

from typing import Final

from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation.clock import today
from referrals.reporting import queries
from referrals.reporting.periods import Period
from referrals.reporting.queries import DAYS, Pattern
from referrals.reporting.report import Column, Definition, Figure, Report, Row, Table
from referrals.reporting.scope import Scope

NAME: Final = "patterns"
TITLE: Final = "What comes again and again"
SUMMARY: Final = f"The same issue with the same body, more than once in {DAYS} days: where one answer would help many."

# From so many on it is more than chance, and worth a word with the body.
MANY: Final = 5
TWICE: Final = 2
NO_BODY: Final = "no body named"


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope, of the last 90 days; every number is exact, because only owners read it."""
    found = queries.patterns(scope)
    again = sorted((one for one in found if one.lately >= TWICE), key=lambda one: (-one.lately, _label(one)))
    names = directory.agency_names([one.agency_id for one in again if one.agency_id])
    rows = tuple(
        Row(
            f"{_label(one)}: {names[one.agency_id] if one.agency_id else NO_BODY}",
            (one.lately, one.open, one.before),
        )
        for one in again
    )
    return Report(
        name=NAME,
        title=TITLE,
        about=scope.name,
        period=period,
        headline=_headline(again),
        figures=(
            Figure("Sent in these days", sum(one.lately for one in found)),
            Figure("Part of something that came again", sum(one.lately for one in again)),
        ),
        tables=(_table(rows),),
        definitions=_DEFINITIONS,
        counted_on=today(),
        precision="exact",
        is_empty=not found,
    )


def _label(one: Pattern) -> str:
    return lists.label("issue_types", one.issue_type)


def _headline(again: list[Pattern]) -> tuple[str, ...]:
    many = [one for one in again if one.lately >= MANY]
    if not again:
        return (f"Nothing came more than once in the last {DAYS} days.",)
    what = "1 issue" if len(again) == 1 else f"{len(again):,} issues"
    first = f"{what} came more than once with the same body in the last {DAYS} days."
    if not many:
        return (first,)
    return first, f"{len(many):,} of them came {MANY} times or more: worth taking up as one."


def _table(rows: tuple[Row, ...]) -> Table:
    return Table(
        key="patterns",
        title="The same issue with the same body",
        first="Issue and body",
        columns=(Column(f"Last {DAYS} days"), Column("Still open"), Column(f"{DAYS} days before")),
        rows=rows,
        empty=f"Nothing came more than once in the last {DAYS} days.",
    )


_DEFINITIONS: Final = (
    Definition("Days", f"The {DAYS} days that end today, by the day on which each referral was sent."),
    Definition(
        "The same",
        "The same type of issue and the same body, as they are recorded now. Each referral counts once; requests for "
        "advice and referrals sent by mistake are left out.",
    ),
)
