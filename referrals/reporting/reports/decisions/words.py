"""The sentences of the report on decisions: its headline, and how everything is counted."""

from collections.abc import Iterator
from typing import Final

from referrals.reporting import phrases
from referrals.reporting.deciding import LABELS
from referrals.reporting.hiding import hidden_numbers
from referrals.reporting.queries import ANY, TAKEN_ON
from referrals.reporting.report import Definition
from referrals.reporting.reports.decisions import counts
from referrals.reporting.reports.decisions.tables import Ready
from referrals.reporting.reports.outcomes.counts import RECEIVED, flow

_UNDECIDED: Final = "undecided"


def headline(ready: Ready) -> tuple[str, ...]:
    """The answer in up to three sentences."""
    received, taken = ready.shown[flow(RECEIVED)], ready.shown[counts.decided(TAKEN_ON)]
    if received == 0:
        return ("No referral was sent in this period.",)
    if received is None:
        return ("There are too few referrals to say how they were decided.",)
    if taken is None:
        return (f"About {phrases.referrals(received)} were received, too few to say how they were decided.",)
    about = "" if ready.profile.is_exact else "About "
    taken = min(taken, received)
    first = f"{about}{taken:,} of {phrases.referrals(received)} received {phrases.was(taken)} taken on."
    median, _ = ready.days(ANY)
    last = () if median is None else (f"Half of the decisions came within {phrases.days(median)}.",)
    return first, *_rest(ready), *last


def _rest(ready: Ready) -> Iterator[str]:
    """What became of those that were not taken on, without what happened to none of them."""
    numbers = {decision: ready.shown[counts.decided(decision)] for decision in counts.REASONS}
    parts = [
        f"{number:,} {phrases.was(number)} {LABELS[decision].lower()}" for decision, number in numbers.items() if number
    ]
    if number := ready.shown[counts.decided(_UNDECIDED)]:
        parts.append(f"{number:,} {'is' if number == 1 else 'are'} not decided yet")
    if parts:
        yield f"{'' if ready.profile.is_exact else 'About '}{phrases.listed(parts)}."


def definitions(threshold: int | None) -> tuple[Definition, ...]:
    """How everything in this report is counted."""
    return _DEFINITIONS if threshold is None else (*_DEFINITIONS, hidden_numbers(threshold))


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
