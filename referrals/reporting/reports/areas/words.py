"""The sentences of the report on areas: its headline, and how everything is counted."""

from typing import Final

from referrals.reporting import phrases
from referrals.reporting.hiding import hidden_numbers
from referrals.reporting.report import Definition
from referrals.reporting.reports.areas import counts
from referrals.reporting.reports.areas.tables import Ready


def headline(ready: Ready) -> tuple[str, ...]:
    """The answer in one or two sentences."""
    return _exact(ready) if ready.profile.is_exact else _guarded(ready)


def _exact(ready: Ready) -> tuple[str, ...]:
    received, _, closed, solved = (ready.shown[counts.of(measure)] or 0 for measure in counts.MEASURES)
    sending = sum(bool(ready.shown[counts.of(counts.RECEIVED, code)]) for code in ready.names)
    groups = "1 group" if sending == 1 else f"{sending:,} groups"
    first = f"{groups} sent {phrases.referrals(received)}."
    if not closed:
        return (first,)
    return first, (f"{solved:,} of {closed:,} closed with a result {phrases.was(solved)} resolved in full or in part.")


def _guarded(ready: Ready) -> tuple[str, ...]:
    received, _, closed, solved = (ready.shown[counts.of(measure)] for measure in counts.MEASURES)
    if received is None:
        return ("There are too few referrals to say what the areas sent.",)
    first = f"The {len(ready.names):,} areas of this programme sent about {phrases.referrals(received)}."
    if closed is None or solved is None:
        return (first,)
    solved = min(solved, closed)
    return first, f"About {solved:,} of {closed:,} closed with a result were resolved in full or in part."


def definitions(threshold: int | None) -> tuple[Definition, ...]:
    """How everything in this report is counted."""
    return _DEFINITIONS if threshold is None else (*_DEFINITIONS, hidden_numbers(threshold))


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
