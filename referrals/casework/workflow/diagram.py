"""The workflow drawn as a Mermaid state diagram, for the README."""

from referrals.casework.workflow.states import DRAFT, STATES, Kind
from referrals.casework.workflow.transition import BACK, STAY, Transition
from referrals.casework.workflow.transitions import TRANSITIONS


def diagram() -> str:
    """The Mermaid text: an arrow for each way from a state to another, labelled with the transition's name."""
    lines = ["stateDiagram-v2", f"    [*] --> {DRAFT}"]
    for transition in TRANSITIONS.values():
        lines += [f"    {source} --> {target}: {transition.name}" for source, target in _arrows(transition)]
    lines += [f"    {state.code} --> [*]" for state in STATES.values() if state.kind is not Kind.OPEN]
    return "\n".join(lines) + "\n"


def _arrows(transition: Transition) -> list[tuple[str, str]]:
    arrows: list[tuple[str, str]] = []
    for target in dict.fromkeys([transition.target, *transition.targets.values()]):
        if target == STAY:
            continue
        if target == BACK:
            # Back to where the question was asked from.
            askers = [other for other in TRANSITIONS.values() if other.target in transition.sources]
            arrows += [(source, back) for source in transition.sources for other in askers for back in other.sources]
        else:
            arrows += [(source, target) for source in transition.sources]
    return arrows
