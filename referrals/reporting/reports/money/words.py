"""The sentences of the report on money: its headline, and how everything is counted."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from referrals.reporting import money, phrases
from referrals.reporting.disclosure import FEWEST_RESIDENTS
from referrals.reporting.report import Definition, Value
from referrals.reporting.reports.money.tables import NONE, TOO_FEW, Line


def headline(found: Sequence[Line], sure: Mapping[str, Value], threshold: int | None) -> tuple[str, ...]:
    """The answer in one or two sentences."""
    if not found:
        return (NONE if threshold is None else TOO_FEW,)
    about = "" if threshold is None else "about "
    named = [
        f"{about}{phrases.pounds(Decimal(amount))} ({money.kind_name(kind).lower()})"
        for kind, amount in sure.items()
        if amount is not None
    ]
    if not named:
        return (_NOT_YET if threshold is None else _NOT_SHOWN,)
    return (
        f"Paid or decided, and confirmed by the group: {'; '.join(named)}.",
        "These are different things, and are never added up.",
    )


_NOT_YET: Final = "No sum is paid or decided yet; the tables show what is estimated or expected."
_NOT_SHOWN: Final = "Too few results with money are paid or decided, and confirmed, to say how much it is."


def definitions(threshold: int | None) -> tuple[Definition, ...]:
    """How everything in this report is counted."""
    return _DEFINITIONS if threshold is None else (*_DEFINITIONS, _hidden(threshold))


def _hidden(threshold: int) -> Definition:
    return Definition(
        "Hidden sums",
        f"A sum is shown only where at least {max(threshold, FEWEST_RESIDENTS)} referrals are behind it and none holds "
        "more than 80% of it; and the same is true of whatever can be worked out by taking one sum from another. Sums "
        "are rounded to the nearest £100.",
    )


_DEFINITIONS: Final = (
    Definition(
        "Period",
        "Money of the newest result of each referral, by the day on which that result was recorded. It is counted as "
        "in the report on outcomes, where the kinds stand without their categories.",
    ),
    Definition(
        "Claimed, confirmed, evidenced",
        "Claimed is every sum the office recorded. Confirmed is what stands in results that the group confirmed. "
        "Evidenced is what a letter, a payment, a reply or an order was seen for; a resident’s word alone does not "
        "count here. Each of the last two is a part of what is claimed.",
    ),
    Definition(
        "Never added up",
        "A debt written off is not income, and a debt on a plan is still owed. Sums that are paid or decided, "
        "estimated, and expected are kept apart, because only the first of them are certain.",
    ),
    Definition("In a year", "A regular payment counts as what it comes to in a year of 52 weeks or 12 months."),
    Definition("Referrals", "How many referrals stand behind a line."),
)
