"""Why this MP may be able to help: those of their skills and roles that fit the category of an issue."""

from collections.abc import Iterable
from typing import Any, Final

from referrals.directory.models import MemberSkill
from referrals.directory.skills import matching, span

# One page holds no more.
MOST: Final = 3


def fitting(member: str, skills: Iterable[MemberSkill], category: str) -> dict[str, Any]:
    """As JSON: the MP's name, and a line for each skill that fits, those of today before those of the past."""
    return {"member": member, "lines": [_line(skill) for skill in matching(skills, category)[:MOST]]}


def _line(skill: MemberSkill) -> dict[str, str]:
    return {
        "role": skill.role,
        "span": span(skill.begins_on, skill.ends_on),
        "source": skill.source,
        "checked_on": skill.checked_on.isoformat(),
    }
