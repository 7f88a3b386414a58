"""What is known of an MP's skills and roles: each with where it was read, added and taken out by an administrator."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import policy
from referrals.directory.actions import checks
from referrals.directory.models import Member, MemberSkill
from referrals.foundation.clock import today
from referrals.foundation.database import db

LONGEST_SOURCE: Final = 300


@dataclass(frozen=True, kw_only=True)
class Known:
    """One skill or role: a code of member_skills, in words, its dates as far as known, and where it was read when."""

    skill: str
    role: str
    source: str
    checked_on: date
    begins_on: date | None = None
    ends_on: date | None = None


def add_skill(member: Member, known: Known, *, by: Viewer) -> MemberSkill:
    """Note a skill or role of an MP. Raises NotAllowed, and Invalid under the names of `Known`."""
    policy.must_manage(by)
    checks.refuse(
        {
            "skill": checks.code_fault("member_skills", known.skill),
            "role": checks.name_fault(known.role),
            "source": None if _is_address(known.source) else "Enter the address of the page where you read it",
            "checked_on": None if known.checked_on <= today() else "The day you looked must be today or in the past",
            "ends_on": checks.dates_fault(known.begins_on, known.ends_on),
        }
    )
    skill = checks.keep(
        MemberSkill(
            member_id=member.id,
            skill=known.skill,
            role=known.role.strip(),
            begins_on=known.begins_on,
            ends_on=known.ends_on,
            source=known.source,
            checked_on=known.checked_on,
        )
    )
    record("member.skill_added", by=by, subject=("lists", member.id), facts={"skill": known.skill, "row": skill.id})
    return skill


def remove_skill(skill: MemberSkill, *, by: Viewer) -> None:
    """Take out what was wrong. Briefs that were drafted with it keep what they say. Raises NotAllowed."""
    policy.must_manage(by)
    db.session.delete(skill)
    facts = {"skill": skill.skill, "row": skill.id}
    record("member.skill_removed", by=by, subject=("lists", skill.member_id), facts=facts)


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return len(text) <= LONGEST_SOURCE and parts.scheme in {"https", "http"} and "." in parts.netloc
