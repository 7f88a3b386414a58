"""The counts of the report on decisions, by the keys under which they are known wherever they matter."""

from collections.abc import Mapping, Sequence
from typing import Final

from referrals.reporting import monthly
from referrals.reporting.deduction import Edge, Key, alone
from referrals.reporting.queries import DECISIONS, Decided
from referrals.reporting.reports.outcomes.counts import RECEIVED, TOTAL, flow

# Those that are decided or ended for a reason, with the list of their reasons.
REASONS: Final[Mapping[str, str]] = {
    "declined": "decline_reasons",
    "returned_with_advice": "return_reasons",
    "withdrawn": "withdrawal_reasons",
}


def decided(decision: str, category: str = TOTAL) -> Key:
    """The key of how many of those received were decided so."""
    return "decided", decision, category


def decided_in(decision: str, month: str) -> Key:
    """The key of how many of these were sent in one month."""
    return "decided_in", decision, month


def received_in(month: str) -> Key:
    """The key of how many were received in one month: the same number that anybody may read of it."""
    return monthly.received(month)


def because(decision: str, reason: str) -> Key:
    """The key of how many of these were decided so for one reason; "" is none."""
    return "because", decision, reason


def edges_of(found: Sequence[Decided], categories: list[str], months: list[str]) -> list[Edge]:
    """Each count by its key: what was received, and each decision, by category, month and reason."""

    counted: dict[Key, int] = {flow(RECEIVED): sum(one.number for one in found)}
    for category in categories:
        counted[flow(RECEIVED, category)] = sum(one.number for one in found if one.category == category)
    for month in months:
        counted[received_in(month)] = sum(one.number for one in found if one.month == month)
    for decision in DECISIONS:
        mine = [one for one in found if one.decision == decision]
        counted[decided(decision)] = sum(one.number for one in mine)
        for category in categories:
            counted[decided(decision, category)] = sum(one.number for one in mine if one.category == category)
        for month in months:
            counted[decided_in(decision, month)] = sum(one.number for one in mine if one.month == month)
        for one in mine if decision in REASONS else ():
            key = because(decision, one.reason or "")
            counted[key] = counted.get(key, 0) + one.number
    return [alone(key, value) for key, value in counted.items()]
