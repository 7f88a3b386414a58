"""The sentences of the outcome report: its headline, what is hidden and why, and how everything is counted."""

from collections.abc import Mapping
from typing import Final

from referrals.accounts.roles import Side
from referrals.reporting.deduction import Key
from referrals.reporting.report import Definition
from referrals.reporting.reports.outcomes import became, beside, counts
from referrals.reporting.scope import Scope

FULL: Final = "resolved_in_full"
PART: Final = "resolved_in_part"
_WHO_ANSWERS: Final = {Side.GROUP: "Your group", Side.OFFICE: "The groups", Side.PROGRAMME: "The groups"}


def headline(shown: Mapping[Key, int | None], scope: Scope) -> tuple[str, ...]:
    """The answer in one or two sentences."""
    if scope.threshold is None:
        return _exact_headline({key: value or 0 for key, value in shown.items()}, _WHO_ANSWERS[scope.side])
    return _guarded_headline(shown, _WHO_ANSWERS[scope.side])


def _exact_headline(shown: Mapping[Key, int], who: str) -> tuple[str, ...]:
    total = shown[counts.result()]
    if total == 0:
        received = shown[counts.flow(counts.RECEIVED)]
        return (f"{_referrals(received)} received, and none has a result in this period yet.",)
    good = shown[counts.result(FULL)] + shown[counts.result(PART)]
    confirmed, disputed = shown[counts.standing(counts.CONFIRMED)], shown[counts.standing(counts.DISPUTED)]
    if total == 1:
        said = "confirmed it" if confirmed else "disputed it" if disputed else "said nothing to it so far"
        return (f"{good} of 1 referral with a result was resolved in full or in part.", f"{who} {said}.")
    was, against = "was" if good == 1 else "were", f"{disputed:,}" if disputed else "none"
    return (
        f"{good:,} of {total:,} referrals with a result {was} resolved in full or in part.",
        f"{who} confirmed {confirmed:,} of these {total:,} results and disputed {against}.",
    )


def _referrals(number: int) -> str:
    return "1 referral was" if number == 1 else f"{number:,} referrals were"


def _guarded_headline(shown: Mapping[Key, int | None], who: str) -> tuple[str, ...]:
    total, full, part = shown[counts.result()], shown[counts.result(FULL)], shown[counts.result(PART)]
    if not total:
        return ("There are too few results to say how referrals ended.",)
    first = f"About {total:,} referrals have a result."
    if full is not None and part is not None:
        # Each is rounded by itself, so together they can come to more than the total.
        good = min(full + part, total)
        first = (
            f"About {good:,} of {total:,} referrals with a result ({_percent(good, total)}) "
            "were resolved in full or in part."
        )
    confirmed = shown[counts.standing(counts.CONFIRMED)]
    if confirmed is None:
        return (first,)
    confirmed = min(confirmed, total)
    return first, f"{who} confirmed about {confirmed:,} of these results ({_percent(confirmed, total)})."


def _percent(part: int, whole: int) -> str:
    return f"{(200 * part + whole) // (2 * whole)}%"


def definitions(threshold: int | None) -> tuple[Definition, ...]:
    """How everything in this report is counted."""
    shown = (*_DEFINITIONS, *beside.DEFINITIONS)
    return (became.DEFINITION, *shown) if threshold is None else (*shown, _hidden(threshold))


def _hidden(threshold: int) -> Definition:
    return Definition(
        "Hidden numbers",
        f"Counts under {threshold} are hidden, so that no resident can be recognised in a table. Sums of money and "
        f"medians are shown only where at least {threshold} referrals are behind them, and no sum of which one of them "
        "holds nearly all. Percentages are taken from the rounded numbers.",
    )


_DEFINITIONS: Final = (
    Definition(
        "Period",
        "What happened from the first to the last day of the period, by London days. A referral sent in one period and "
        "closed in the next counts in both, once as received and once as closed.",
    ),
    Definition(
        "Left out",
        "Drafts that were never sent, and referrals that were sent by mistake.",
    ),
    Definition(
        "Received, accepted, declined, sent back, withdrawn, closed",
        "Received is by the day a referral was first sent. The others are by the day it happened; one that was "
        "reopened no longer counts as ended. Still open means not ended at the end of the period, or today.",
    ),
    Definition(
        "Result",
        "The newest result that the office recorded for a referral, by the day it was recorded. A result that a later "
        "one replaced does not count.",
    ),
    Definition(
        "Claimed, confirmed, disputed, not answered",
        "Claimed is every result the office recorded. Confirmed and disputed are what the group said to it. Not "
        "answered are those the group has not answered yet, and those closed after its time to answer was over.",
    ),
    Definition(
        "Evidenced",
        "For a result: the office says that it holds evidence. For a sum of money: a letter, a payment, a reply or an "
        "order was seen. A resident’s word alone does not count as evidence here.",
    ),
    Definition(
        "Money",
        "Kinds of money are never added to each other: a debt written off is not income, and a debt on a plan is still "
        "owed. Sums paid or decided, estimated and expected are kept apart too. A regular payment counts as what it "
        "comes to in a year of 52 weeks or 12 months. Claimed includes what is confirmed and what is disputed.",
    ),
    Definition(
        "Days waiting",
        "Before: from the day the resident began to wait to the day the referral was sent, where that day is known. "
        "After: from then to the day the result was recorded. The median is the middle one: half waited less, half "
        "waited longer.",
    ),
)
