"""The net of a whole quarter: the circles of what came in and ended, of results, enquiries and areas, and the rest."""

from collections.abc import Mapping

from referrals.reporting.deduction import Edge, Key
from referrals.reporting.nets import ended, enquiries, received, results, together
from referrals.reporting.nets.numbers import Numbers


def net_of(exact: Mapping[Key, int]) -> list[Edge]:
    """All counts of a quarter, arranged as a reader can add them up and subtract them; each is in one place."""
    numbers = Numbers(exact)
    found = [edge for net in (received, ended, results, enquiries, together) for edge in net.edges(numbers)]
    return [*found, *numbers.left()]
