"""Areas side by side: for an office its groups, for a programme its areas. Always by name: ranking is never shown."""

from collections.abc import Mapping, Sequence
from typing import Final

from referrals.accounts.roles import Side
from referrals.foundation.clock import today
from referrals.reporting import phrases, queries
from referrals.reporting.periods import Period
from referrals.reporting.queries import OfGroup, Spread
from referrals.reporting.report import Column, Definition, Figure, Report, Row, Table, Unit
from referrals.reporting.scope import Scope

NAME: Final = "areas"
TITLE: Final = "Areas side by side"
SUMMARY: Final = "What each group sent, what was taken on and what came of it. By name, and never as a ranking."


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope for a period."""
    names = queries.group_names(scope)
    found = {one.group: one for one in queries.of_groups(scope, period)}
    took = {one.part: one for one in queries.days_of_groups(scope, period)}
    whole = _whole(list(found.values()))
    return Report(
        name=NAME,
        title=TITLE,
        about=scope.name,
        period=period,
        headline=_headline(whole, found),
        figures=_figures(whole, took),
        tables=(_table(scope, names, found, took, whole),),
        definitions=_DEFINITIONS,
        counted_on=today(),
        precision="exact",
        is_empty=not names,
    )


def _whole(found: Sequence[OfGroup]) -> OfGroup:
    measures = ("received", "taken_on", "closed", "solved")
    return OfGroup("", *(sum(getattr(one, measure) for one in found) for measure in measures))


def _headline(whole: OfGroup, found: Mapping[str, OfGroup]) -> tuple[str, ...]:
    sending = sum(one.received > 0 for one in found.values())
    groups = "1 group" if sending == 1 else f"{sending:,} groups"
    first = f"{groups} sent {phrases.referrals(whole.received)}."
    if not whole.closed:
        return (first,)
    return first, (
        f"{whole.solved:,} of {whole.closed:,} closed with a result {phrases.was(whole.solved)} resolved in full or "
        "in part."
    )


def _figures(whole: OfGroup, took: Mapping[str | None, Spread]) -> tuple[Figure, ...]:
    median = took[None].median if None in took else None
    return (
        Figure("Received", whole.received),
        Figure("Taken on", whole.taken_on),
        Figure("Closed with a result", whole.closed),
        Figure("Resolved", phrases.percent(whole.solved, whole.closed), Unit.PERCENT, "in full or in part"),
        Figure("From sent to closed", median, Unit.DAYS, "median, calendar days"),
    )


def _table(
    scope: Scope,
    names: Mapping[str, str],
    found: Mapping[str, OfGroup],
    took: Mapping[str | None, Spread],
    whole: OfGroup,
) -> Table:
    def row(label: str, code: str | None, one: OfGroup) -> Row:
        share = phrases.percent(one.solved, one.closed)
        median = took[code].median if code in took else None
        return Row(label, (one.received, one.taken_on, one.closed, share, median))

    nothing = OfGroup("", 0, 0, 0, 0)
    return Table(
        key="areas",
        title="Groups" if scope.side is Side.OFFICE else "Areas",
        first="Group" if scope.side is Side.OFFICE else "Area",
        columns=(
            Column("Received"),
            Column("Taken on"),
            Column("Closed with a result"),
            Column("Resolved", Unit.PERCENT),
            Column("Median days", Unit.DAYS),
        ),
        rows=tuple(row(name, code, found.get(code, nothing)) for code, name in names.items()),
        total=row("All of them", None, whole),
        charted=(0, 1, 2),
        note="In the order of their names. Areas differ in what they meet, so this is no ranking.",
        empty="No group has sent anything yet.",
    )


_DEFINITIONS: Final = (
    Definition(
        "Period",
        "Received, taken on and closed each count by the day on which it happened, so a referral can count as received "
        "in one period and as closed in the next.",
    ),
    Definition(
        "Resolved",
        "Of a hundred referrals that were closed with a result in the period, so many were resolved in full or in "
        "part, as the office claims. The report on outcomes says how much of that the groups confirm.",
    ),
    Definition(
        "Median days",
        "Calendar days in London from the day a referral was sent to the day it was closed with a result. Half took as "
        "long or less.",
    ),
    Definition(
        "No ranking",
        "Groups stand in the order of their names. What comes to one can be harder than what comes to another, and few "
        "referrals make a share or a median jump.",
    ),
    Definition("Left out", "Drafts, referrals sent by mistake, and requests for advice, which are about no resident."),
)
