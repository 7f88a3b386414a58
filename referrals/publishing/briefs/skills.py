"""Why this MP may be able to help: those of their skills and roles that fit the category of an issue."""

from collections.abc import Iterable
from typing import Any, Final

from referrals.directory import lists
from referrals.directory.models import MemberSkill

# One page holds no more.
MOST: Final = 3


def fits(skill: str, category: str) -> bool:
    """Whether a skill helps with issues of a category."""
    return category in lists.item("member_skills", skill).categories


def fitting(member: str, skills: Iterable[MemberSkill], category: str) -> dict[str, Any]:
    """As JSON: the MP's name, and a line for each skill that fits, those of today before those of the past."""
    found = [skill for skill in skills if fits(skill.skill, category)]
    found.sort(key=lambda skill: (skill.ends_on is not None, -(skill.ends_on or skill.checked_on).toordinal()))
    return {"member": member, "lines": [_line(skill) for skill in found[:MOST]]}


def span(begins_on: Any, ends_on: Any) -> str:
    """ "since 2024", "1998 to 2015", "until 2015", or nothing where no date is known."""
    if begins_on and ends_on:
        return str(begins_on.year) if begins_on.year == ends_on.year else f"{begins_on.year} to {ends_on.year}"
    if begins_on:
        return f"since {begins_on.year}"
    return f"until {ends_on.year}" if ends_on else ""


def _line(skill: MemberSkill) -> dict[str, str]:
    return {
        "role": skill.role,
        "span": span(skill.begins_on, skill.ends_on),
        "source": skill.source,
        "checked_on": skill.checked_on.isoformat(),
    }
