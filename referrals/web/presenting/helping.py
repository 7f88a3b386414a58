"""Who could help with this: what the MP of a referral knows or does that fits what it is about."""

from typing import Any

from referrals.casework.models import Referral
from referrals.casework.workflow import states
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.directory.skills import matching, span

# More would be a list, and not a hint.
MOST = 2


def helping_for(referral: Referral) -> list[dict[str, Any]]:
    """At most two skills or roles of the MP that fit, while it is open; one query, or none."""
    if referral.office_id is None or not referral.category or referral.state in states.ENDED_STATES:
        return []
    found = matching(directory.skills_of_office(referral.office_id), referral.category)
    return [
        {
            "role": skill.role,
            "span": span(skill.begins_on, skill.ends_on),
            "label": lists.label("member_skills", skill.skill),
            "source": skill.source,
            "checked_on": skill.checked_on,
        }
        for skill in found[:MOST]
    ]
