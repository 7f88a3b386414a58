"""What an MP knows that may help: which skills and roles fit an issue, and their dates in words."""

from collections.abc import Iterable
from typing import Any

from referrals.directory import lists
from referrals.directory.models import MemberSkill


def fits(skill: str, category: str) -> bool:
    """Whether a skill helps with issues of a category."""
    return category in lists.item("member_skills", skill).categories


def matching(skills: Iterable[MemberSkill], category: str) -> list[MemberSkill]:
    """Those that fit a category, those of today before those of the past."""
    found = [skill for skill in skills if fits(skill.skill, category)]
    found.sort(key=lambda skill: (skill.ends_on is not None, -(skill.ends_on or skill.checked_on).toordinal()))
    return found


def span(begins_on: Any, ends_on: Any) -> str:
    """ "since 2024", "1998 to 2015", "until 2015", or nothing where no date is known."""
    if begins_on and ends_on:
        return str(begins_on.year) if begins_on.year == ends_on.year else f"{begins_on.year} to {ends_on.year}"
    if begins_on:
        return f"since {begins_on.year}"
    return f"until {ends_on.year}" if ends_on else ""
