"""The page of an MP as an area sees it, and the people whom the area knows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import url_for

from referrals.accounts.queries import names_of
from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.directory.models import Term
from referrals.directory.skills import span
from referrals.engagement import policy, queries
from referrals.engagement.models import KnownPerson, Stage, Stance
from referrals.foundation.clock import today
from referrals.web.presenting.contacts import lines_of


def page_of(term: Term, viewer: Viewer) -> dict[str, Any]:
    """What the page of one MP reads."""
    organisation_id = policy.must_keep_log(viewer)
    stages = queries.stages(organisation_id, viewer, term.id)
    stances = queries.stances(organisation_id, viewer, term.id)
    names = names_of([*(one.set_by_id for one in stages), *(one.assessed_by_id for one in stances)])
    in_log = queries.stage_in_log(organisation_id, viewer, term.id)
    found, _ = queries.stories(organisation_id, viewer, term_id=term.id)
    return {
        "term": term,
        "member": f"{term.member.name} MP",
        "reason": lists.label("term_end_reasons", term.end_reason) if term.end_reason else "",
        "skills": skills_of(term),
        "interests": queries.interests(viewer, term.id),
        "staff": people_of(queries.known_people(viewer, term.id)),
        "stages": [_stage(one, names) for one in stages],
        "in_log": lists.label("engagement_stages", in_log),
        "stances": [_stance(one, names) for one in stances],
        "may_plan": viewer.may(Permission.MEETING_PLAN),
        "may_judge": policy.may_say_where_we_stand(viewer),
        "may_know": policy.may_know_stances(organisation_id, viewer),
        "stories": lines_of(found),
    }


def standing_of(organisation_id: UUID, terms: Sequence[Term], viewer: Viewer) -> list[dict[str, Any]]:
    """Where an area stands with each of its MPs, as coordinators read it: without who said so, and what they go by."""
    stances = queries.present_stances([(organisation_id, term.id) for term in terms], viewer)
    return [_standing(organisation_id, term, stances.get((organisation_id, term.id)), viewer) for term in terms]


def _standing(organisation_id: UUID, term: Term, stance: Stance | None, viewer: Viewer) -> dict[str, Any]:
    stages = queries.stages(organisation_id, viewer, term.id)
    found = stages[0].stage if stages else queries.stage_in_log(organisation_id, viewer, term.id)
    return {
        "name": f"{term.member.name} MP",
        "stage": lists.label("engagement_stages", found),
        "since_on": stages[0].since_on if stages else None,
        "stance": lists.label("stances", stance.stance) if stance else "",
        "assessed_on": stance.assessed_on if stance else None,
    }


def skills_of(term: Term) -> list[dict[str, Any]]:
    """What the MP knows or does, from the directory, which is the one place that says so; one query."""
    return [
        {
            "label": lists.label("member_skills", skill.skill),
            "role": skill.role,
            "span": span(skill.begins_on, skill.ends_on),
            "source": skill.source,
            "checked_on": skill.checked_on,
        }
        for skill in directory.skills_of(term.member_id)
    ]


def people_of(people: list[KnownPerson]) -> list[dict[str, Any]]:
    """People whom the area knows, each with how they are reached today; one query."""
    details = queries.details_of([one.id for one in people])
    return [
        person_of(one) | {"reached": [row.value for row in details[one.id] if row.until_on is None]} for one in people
    ]


def person_of(one: KnownPerson) -> dict[str, Any]:
    """Somebody in words."""
    return {
        "id": one.id,
        "href": url_for("known_people.show", person_id=one.id),
        "name": one.name,
        "role": one.role,
        "begins_on": one.begins_on,
        "ends_on": one.ends_on,
        "gone": one.ends_on is not None and one.ends_on < today(),
    }


def details_of(one: KnownPerson) -> list[dict[str, Any]]:
    """How somebody is and was reached; one query."""
    return [
        {
            "id": row.id,
            "kind": lists.label("contact_detail_kinds", row.kind),
            "value": row.value,
            "from_on": row.from_on,
            "until_on": row.until_on,
        }
        for row in queries.details_of([one.id])[one.id]
    ]


def _stage(one: Stage, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "label": lists.label("engagement_stages", one.stage),
        "since_on": one.since_on,
        "who": names.get(one.set_by_id, ""),
    }


def _stance(one: Stance, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "label": lists.label("stances", one.stance),
        "on": one.assessed_on,
        "who": names.get(one.assessed_by_id, ""),
        "evidence": one.evidence,
        "due_on": one.due_on,
        "is_due": one.due_on <= today(),
    }
