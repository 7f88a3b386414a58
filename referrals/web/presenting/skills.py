"""What is known of an MP's skills and roles, as the page of their office shows it."""

from typing import Any
from uuid import UUID

from referrals.directory import lists, queries
from referrals.directory.skills import span


def skills_of(office_id: UUID) -> dict[str, Any]:
    """The MP's name and each skill or role; nothing for what is no office."""
    office = queries.office_of(office_id)
    if office is None:
        return {}
    member = office.term.member
    return {
        "member": member.name,
        "skills": [
            {
                "id": skill.id,
                "label": lists.label("member_skills", skill.skill),
                "role": skill.role,
                "span": span(skill.begins_on, skill.ends_on),
                "source": skill.source,
                "checked_on": skill.checked_on,
            }
            for skill in queries.skills_of(member.id)
        ],
    }
