"""The life of an impact report as data: its states, what they are called, and which follow which."""

from dataclasses import dataclass
from typing import Final

DRAFT: Final = "draft"
APPROVED: Final = "approved"
ISSUED: Final = "issued"
SUPERSEDED: Final = "superseded"


@dataclass(frozen=True, slots=True)
class State:
    """What a state is called, and the colour of its tag."""

    label: str
    colour: str


STATES: Final[dict[str, State]] = {
    DRAFT: State("Draft", "yellow"),
    APPROVED: State("Approved, not issued yet", "blue"),
    ISSUED: State("Issued", "green"),
    SUPERSEDED: State("Replaced by a corrected one", "grey"),
}
# Each verb, the states it starts from, and the state it leads to.
MOVES: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "edit": ((DRAFT,), DRAFT),
    "approve": ((DRAFT,), APPROVED),
    "reopen": ((APPROVED,), DRAFT),
    "issue": ((APPROVED,), ISSUED),
    # Begins another, which takes its place when that is issued.
    "correct": ((ISSUED,), ISSUED),
    "supersede": ((ISSUED,), SUPERSEDED),
}
# Those that a reader outside of the house may have seen.
OUT: Final = (ISSUED, SUPERSEDED)
# Those of which an organisation has one for each period at most.
LIVING: Final = (DRAFT, APPROVED, ISSUED)


def may(move: str, state: str) -> bool:
    """Whether a verb starts from this state."""
    return state in MOVES[move][0]
