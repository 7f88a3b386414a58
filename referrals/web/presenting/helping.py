"""Who could help with this: what the MP of a referral knows, does or cares about, and who else was elected."""

from typing import Any

from flask import url_for

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.workflow import states
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.directory.skills import matching, span
from referrals.engagement.queries.helping import elected_people, helping_interests

# More would be a list, and not a hint.
MOST = 2
MOST_ELECTED = 3

Hints = list[dict[str, Any]]


def helping_for(referral: Referral, viewer: Viewer) -> dict[str, Hints]:
    """What fits what it is about, while it is open: one query for an office, three for the group."""
    if referral.office_id is None or not referral.category or referral.state in states.ENDED_STATES:
        return {}
    found = {"skills": _skills(referral)}
    if viewer.side is Side.GROUP:
        found |= {"interests": _interests(referral, viewer), "elected": _elected(viewer)}
    return found if any(found.values()) else {}


def _skills(referral: Referral) -> Hints:
    assert referral.office_id is not None
    found = matching(directory.skills_of_office(referral.office_id), referral.category or "")
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


def _interests(referral: Referral, viewer: Viewer) -> Hints:
    assert referral.office_id is not None
    texts = [referral.summary or "", referral.wanted or "", lists.label("categories", referral.category or "")]
    if referral.issue_type:
        texts.append(lists.label("issue_types", referral.issue_type))
    found = helping_interests(referral.office_id, texts, viewer)
    return [{"words": one.words, "source": one.source, "noted_at": one.noted_at} for one in found[:MOST]]


def _elected(viewer: Viewer) -> Hints:
    found = elected_people(viewer)[:MOST_ELECTED]
    return [
        {"name": one.name, "role": one.role, "href": url_for("known_people.show", person_id=one.id)} for one in found
    ]
