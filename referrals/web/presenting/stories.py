"""Case studies in words: how each stands, what is still missing, and what can be done with it."""

from typing import Any, Final

from flask import url_for

from referrals.accounts.queries import names_of as people_names
from referrals.accounts.viewer import Viewer
from referrals.casework import queries as cases
from referrals.casework.models import Referral
from referrals.directory import lists
from referrals.directory.queries import names_of
from referrals.stories import policy, queries
from referrals.stories.actions.publishing import named_member
from referrals.stories.actions.stepping import faults_of, findings_in
from referrals.stories.models import CaseStudy, StoryAgreement
from referrals.stories.queries import StudyLine
from referrals.stories.recognising import Finding
from referrals.stories.rendering.sheet import Sheet, sheet_of_draft
from referrals.stories.sections import SECTIONS
from referrals.stories.workflow import (
    ANNOUNCED,
    DRAFT,
    EXPIRED,
    PUBLISHED,
    STATES,
    WAITING,
    WITHDRAWN,
    Step,
)
from referrals.web.filters import count, day

# The lists of the page of an organisation, in their order: what each is called.
LISTS: Final = (
    ("answer", "For you to answer"),
    (WAITING, "Waiting for approval"),
    ("ending", "Agreement ends within 30 days"),
    (DRAFT, "Drafts"),
    (ANNOUNCED, "With the other side"),
    (PUBLISHED, "Published"),
    ("over", "Withdrawn or expired"),
)
NO_TITLE: Final = "Case study without a title"
OVER: Final = "Case study that is over"
# Of a referral that is flagged because of the body that the group answers to.
BY_OFFICE: Final = (
    "The MP’s office has to read and approve it, because this referral is kept from most people of your group. You "
    "publish it then."
)
BY_OFFICE_HERE: Final = (
    "The group asks your office to approve this, because the referral is kept from most of its own people. A manager "
    "reads it as it will be shown, and then approves it or sends it back."
)


def lists_of(studies: queries.Studies) -> list[dict[str, Any]]:
    """The lists that hold something: {code, title, rows}."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in [*studies.live, *studies.ended]:
        found.setdefault(_list_of(line), []).append(row_of(line))
    return [{"code": code, "title": title, "rows": found[code]} for code, title in LISTS if code in found]


def _list_of(line: StudyLine) -> str:
    if not line.own:
        return "answer" if line.state == ANNOUNCED else line.state
    if line.state in (EXPIRED, WITHDRAWN):
        return "over"
    return "ending" if line.is_ending else line.state


def row_of(line: StudyLine) -> dict[str, Any]:
    """One case study on a list: its title, link, mark, and what is next."""
    state = STATES[line.state]
    over = line.state in (EXPIRED, WITHDRAWN)
    return {
        "href": url_for("stories.show", study_id=line.id),
        "title": line.title or (OVER if over else NO_TITLE),
        "reference": line.reference,
        "state": state.label,
        "colour": state.colour,
        "about": _about(line),
        "own": line.own,
        # Only its own side knows of it so far.
        "private": line.state in (DRAFT, WAITING),
    }


def _about(line: StudyLine) -> str:
    if line.state == PUBLISHED:
        return f"Shown until {day(line.shown_until)} at the latest"
    if line.state == ANNOUNCED and line.answer_by:
        return f"Can be objected to until {day(line.answer_by)}"
    if line.ended_why:
        return f"{lists.label('story_endings', line.ended_why)}, {day(line.updated_at)}"
    return f"Last changed on {day(line.updated_at)}"


def about_referral(referral: Referral, viewer: Viewer) -> dict[str, Any]:
    """What the page of a referral says of its case studies; one query at most."""
    rows = [row_of(line) for line in queries.studies_of(referral, viewer) if line.ended_why is None]
    own = any(row["own"] for row in rows)
    may_start = policy.may_start(referral, viewer) and not own
    start = url_for("stories.new", of=referral.reference) if may_start else None
    return {"shown": bool(rows or start), "rows": rows, "start": start}


def page_for(study: CaseStudy, viewer: Viewer) -> dict[str, Any]:
    """What the page of one case study shows its reader."""
    state = STATES[study.state]
    own = policy.is_own(study, viewer)
    shown = {
        "id": study.id,
        "state": state.label,
        "code": study.state,
        "colour": state.colour,
        "own": own,
        "handed_on": policy.is_handed_on(study),
        "title": queries.studies.title_of(study, viewer),
        "reference": study.referral.reference,
        "teller": names_of([study.organisation_id]).get(study.organisation_id, ""),
        "agreement": agreement_rows(study.agreement),
        "next": _next_of(study, viewer, own=own),
        "steps": [link_of(step, study) for step in policy.available_steps(study, viewer)],
        "said": study.said if own or study.answered_by_id else None,
        "ended": lists.label("story_endings", study.ended_why) if study.ended_why else "",
        "ended_at": study.ended_at,
        "writes": policy.may_write(study, viewer),
        "agrees": policy.may_agree(study, viewer),
    }
    if not policy.may_read(study, viewer) and study.state not in (PUBLISHED, EXPIRED, WITHDRAWN):
        return shown
    if study.state == DRAFT:
        shown |= _draft(study, viewer)
    elif study.state in (WAITING, ANNOUNCED):
        shown |= {"sheet": preview_of(study), "checks": check_rows(study) if own or policy.is_for_office(study) else []}
    elif study.published is not None:
        shown["slug"] = study.published.slug
        shown["published_at"] = study.published.published_at
    return shown


def link_of(step: Step, study: CaseStudy) -> dict[str, str]:
    """The way to the form of a step."""
    address = url_for("story_steps.new", study_id=study.id, step=step.name.replace("_", "-"))
    return {"name": step.name, "text": step.label, "href": address}


def _next_of(study: CaseStudy, viewer: Viewer, *, own: bool) -> str:
    if study.state == WAITING:
        return _waits_for_approval(study, viewer, own=own)
    if study.state == ANNOUNCED and not own:
        return f"You can object until {day(study.answer_by)}. If you say nothing, it may be published then."
    if study.state == ANNOUNCED:
        return _waits_for(study)
    return ""


def _waits_for_approval(study: CaseStudy, viewer: Viewer, *, own: bool) -> str:
    if policy.is_for_office(study):
        return BY_OFFICE if own else BY_OFFICE_HERE
    if str(viewer.person_id) in study.writers:
        return "Somebody else of your organisation who did not write in it has to read and approve it."
    return "Read it as it will be shown, and then approve it or send it back."


def _waits_for(study: CaseStudy) -> str:
    if study.answer is not None:
        return f"The other side has answered: {lists.label('story_answers', study.answer).lower()}."
    fault = policy.publishing_fault(study)
    if fault == policy.TOO_EARLY:
        return f"The other side can object until {day(study.answer_by)}. When it has answered, or then, publish it."
    return "Nobody has objected. It can be published."


def _draft(study: CaseStudy, viewer: Viewer) -> dict[str, Any]:
    found = findings_in(study, viewer)
    faults = faults_of(study, viewer)
    checks = len(study.checks or {})
    number = len(lists.current("story_checks"))
    return {
        "rows": [_section_row(study, code, found) for code in SECTIONS],
        "facts": "\n".join(f"{key}: {value}" for key, value in study.facts or []),
        "facts_findings": warnings_in("facts", found),
        "names_mp": study.names_mp,
        "checks_done": f"{checks} of {number} answered" if checks < number else "All answered",
        "checks": check_rows(study),
        "faults": list(faults.values()),
        "left": count(len(faults), "thing", "things"),
    }


def _section_row(study: CaseStudy, code: str, found: list[Finding]) -> dict[str, Any]:
    section = SECTIONS[code]
    words = (study.words or {}).get(code, "")
    return {
        "heading": section.heading,
        "words": words,
        "empty": "Not written yet" if section.required else "Nothing, and nothing is needed",
        "href": url_for("story_pages.section", study_id=study.id, code=code),
        "warnings": warnings_in(code, found),
    }


def warnings_in(code: str, found: list[Finding]) -> list[dict[str, Any]]:
    """What was found in one section: {sure, text}."""
    return [{"sure": one.sure, "text": f"“{one.words}” {_may(one)}"} for one in found if one.section == code]


def _may(one: Finding) -> str:
    return f"is {one.what}. Take it out." if one.sure else f"may be {one.what}. Take it out if it is."


def check_rows(study: CaseStudy) -> list[dict[str, str]]:
    """The answers about being recognised, as rows of a list."""
    answers = study.checks or {}
    return [
        {"key": item.label, "value": _answer(answers[item.code]) if item.code in answers else "Not answered yet"}
        for item in lists.current("story_checks")
    ]


def _answer(one: dict[str, str]) -> str:
    return f"Yes. {one['done']}" if one["done"] else "No"


def agreement_rows(agreement: StoryAgreement | None) -> list[dict[str, str]]:
    """What the person agreed to, as rows of a list; nothing while nothing is recorded."""
    if agreement is None:
        return []
    consent = agreement.consent
    covers = ["The story", *_chosen("story_coverage", quote=agreement.quote, picture=agreement.picture)]
    places = _chosen("story_places", page=agreement.page, file=agreement.file, report=agreement.report)
    recorded_by = people_names([consent.recorded_by_id]).get(consent.recorded_by_id, "")
    rows = [
        ("Who agreed", lists.label("consent_capacities", consent.given_by)),
        ("How", lists.label("consent_methods", consent.method)),
        ("When", day(consent.given_on)),
        ("What may be told", "\n".join(covers)),
        ("Where it may be shown", "\n".join(places)),
        ("Until", day(consent.expires_on)),
        ("Recorded by", recorded_by),
        ("Words that were agreed to", f"Version {consent.wording_version}"),
        ("Taken back", day(consent.withdrawn_at)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _chosen(list_code: str, **picked: bool) -> list[str]:
    return [item.label for item in lists.items(list_code) if picked.get(item.code)]


def preview_of(study: CaseStudy) -> Sheet:
    """The sheet of a case study that is not published, as it would be shown today."""
    teller = names_of([study.organisation_id]).get(study.organisation_id, "")
    return sheet_of_draft(study, teller, named_member(study))


def said_of(code: str, referral: Referral, viewer: Viewer) -> list[dict[str, str]]:
    """What the referral says that helps to write a section: {key, value}."""
    outcome = cases.outcome_of(referral, viewer)
    steps = [step.words for step in cases.milestones(referral, viewer) if step.words]
    about = {
        "situation": [("What has happened", referral.story), ("What was wanted", referral.wanted)],
        "tried": [("What was tried", referral.tried), ("Who else helped", referral.helpers)],
        "changed": [("The result", outcome.words if outcome else ""), ("Steps", "\n".join(steps))],
        "title": [("In one line", referral.summary)],
    }
    return [{"key": key, "value": words} for key, words in about.get(code, ()) if words]
