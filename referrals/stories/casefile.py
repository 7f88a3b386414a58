"""Case studies for another casework system, as plain JSON beside the rest of a case: how each stands, not its words."""

from collections.abc import Sequence
from typing import Any

from referrals.stories.queries import StudyLine
from referrals.stories.workflow import DRAFT, STATES, WAITING


def plain_studies(lines: Sequence[StudyLine], *, private: bool) -> list[dict[str, Any]]:
    """Each case study; those that only the viewer's own side knows of so far only where `private`."""
    return [_plain(line) for line in lines if private or line.state not in (DRAFT, WAITING)]


def _plain(line: StudyLine) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "state": {"code": line.state, "label": STATES[line.state].label},
        "title": line.title,
        "own": line.own,
        "shown_until": line.shown_until.isoformat() if line.shown_until else None,
        "ended_why": line.ended_why,
    }
