"""The counts of areas side by side, by the keys under which they are known wherever they matter."""

from collections.abc import Iterable, Mapping
from typing import Final

from referrals.reporting.deduction import Edge, Key, alone
from referrals.reporting.queries import OfGroup
from referrals.reporting.reports.outcomes import counts as outcomes
from referrals.reporting.reports.outcomes.counts import TOTAL

NAME: Final = "areas"
RECEIVED: Final = "received"
TAKEN_ON: Final = "taken_on"
CLOSED: Final = "closed"
# Of those closed with a result, the ones resolved in full or in part.
SOLVED: Final = "solved"
MEASURES: Final = (RECEIVED, TAKEN_ON, CLOSED, SOLVED)


# What all of them come to stands in the report on outcomes too.
_WHOLE: Final[Mapping[str, Key]] = {
    RECEIVED: outcomes.flow(outcomes.RECEIVED),
    TAKEN_ON: outcomes.flow(outcomes.ACCEPTED),
    CLOSED: outcomes.flow(outcomes.CLOSED),
}


# Those that are also counts of the report on outcomes of the group itself.
OF_OUTCOMES: Final = tuple(_WHOLE)


def of(measure: str, group: str = TOTAL) -> Key:
    """The key of one measure of one group, by its code, or of all of them."""
    return _WHOLE.get(measure, ("area", measure, TOTAL)) if group == TOTAL else ("area", measure, group)


def edges_of(found: Mapping[str, OfGroup], groups: Iterable[str]) -> list[Edge]:
    """Each measure by group, and over all of them."""
    nothing = OfGroup("", 0, 0, 0, 0)
    lines = {code: found.get(code, nothing) for code in groups}
    return [
        alone(of(measure, code), value)
        for measure in MEASURES
        for each in [{code: int(getattr(line, measure)) for code, line in lines.items()}]
        for code, value in ({TOTAL: sum(each.values())} | each).items()
    ]
