"""Briefs for an MP as pages show them: in lists, each on its own page, and its meeting for a calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from icalendar import Calendar, Event

from referrals.accounts.queries.people import names_of
from referrals.accounts.viewer import Viewer
from referrals.casework.workflow import STATES
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation import clock
from referrals.notifications import settings
from referrals.publishing.actions import briefs as actions
from referrals.publishing.briefs import wording
from referrals.publishing.briefs.figures import Figures
from referrals.publishing.briefs.sheet import sheet_of
from referrals.publishing.models import Brief, BriefAnswer
from referrals.publishing.policy import briefs as policy
from referrals.publishing.queries import briefs as queries
from referrals.publishing.queries.briefs import Behind
from referrals.publishing.queries.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Line:
    """One brief in a list."""

    id: UUID
    title: str
    # From whom or to whom it is.
    other: str
    residents: str
    state: str
    tone: str
    on: Any
    # What the MP did last, and how many things there are.
    done: str


def lines_of(briefs: Sequence[Brief], viewer: Viewer) -> list[Line]:
    """The briefs as lines; three queries for all of them."""
    answers = queries.answers_of(briefs)
    bodies = directory.agency_names([one.agency_id for one in briefs])
    names = directory.names_of([side for one in briefs for side in (one.office_id, one.organisation_id)])
    return [_line(one, answers[one.id], bodies[one.agency_id], names, viewer) for one in briefs]


def _line(brief: Brief, answers: list[BriefAnswer], body: str, names: dict[UUID, str], viewer: Viewer) -> Line:
    own = brief.organisation_id == viewer.organisation_id
    state, tone = state_of(brief, answers)
    return Line(
        id=brief.id,
        title=f"{lists.label('issue_types', brief.issue_type)}: {body}",
        other=f"To {names[brief.office_id]}" if own else f"From {names[brief.organisation_id]}",
        residents=wording.residents(Figures.of(brief.figures)),
        state=state,
        tone=tone,
        on=brief.sent_at or brief.edited_at,
        done=lists.label("brief_answers", answers[-1].kind) if answers else "",
    )


def state_of(brief: Brief, answers: Sequence[BriefAnswer]) -> tuple[str, str]:
    """How things stand with a brief, and the colour of the tag that says so."""
    if brief.sent_at is not None:
        acted = any(answer.kind != queries.NOTHING_YET for answer in answers)
        return ("Acted on", "green") if acted else ("Sent", "teal")
    if brief.approved_at is not None:
        return "Approved", "purple"
    return ("Waits for approval", "yellow") if brief.asked_at is not None else ("Draft", "grey")


def offers_of(patterns: Sequence[Pattern], own: Sequence[Brief] = ()) -> list[dict[str, Any]]:
    """What a brief can be drafted from, in words, and where one of `own`, the newest first, is about the same, why not
    yet; two queries.
    """
    latest: dict[Any, Brief] = {}
    for brief in own:
        latest.setdefault((brief.issue_type, brief.agency_id, brief.office_id), brief)
    bodies = directory.agency_names([one.agency_id for one in patterns])
    offices = directory.names_of([one.office_id for one in patterns])
    return [
        {
            "title": f"{lists.label('issue_types', one.issue_type)}: {bodies[one.agency_id]}",
            "office": offices[one.office_id],
            "residents": wording.about(one.residents, one.threshold),
            "not_yet": actions.not_again_yet(latest.get((one.issue_type, one.agency_id, one.office_id))),
            "where": {"issue": one.issue_type, "body": one.agency_id, "office": one.office_id},
        }
        for one in patterns
    ]


def page_of(brief: Brief, viewer: Viewer) -> dict[str, Any]:
    """What the page of one brief reads."""
    answers = queries.answers_of([brief])[brief.id]
    state, tone = state_of(brief, answers)
    who = [brief.drafted_by_id, brief.edited_by_id, brief.approved_by_id, brief.sent_by_id]
    names = names_of([*who, *(answer.answered_by_id for answer in answers)])
    own = brief.organisation_id == viewer.organisation_id
    return {
        "brief": brief,
        "sheet": sheet_of(brief),
        "state": state,
        "tone": tone,
        "life": _life(brief, names) if own else [],
        "answers": [_answer(answer, names) for answer in answers],
        "own": own,
        "may_change": policy.may_change(brief, viewer),
        "may_answer": policy.may_answer(brief, viewer),
        "may_approve": policy.may_change(brief, viewer) and actions.may_approve(brief, viewer),
        "is_ready": bool(brief.asks),
        "is_alone": brief.edited_by_id == viewer.person_id,
    }


def _life(brief: Brief, names: dict[UUID, str]) -> list[dict[str, Any]]:
    """Who did what with it, the oldest first."""
    approved = "Approved by" if not brief.approved_alone else "Approved by the same person, with nobody else here,"
    rows = [
        ("Drafted by", brief.drafted_by_id, brief.drafted_at),
        ("Last changed by", brief.edited_by_id, brief.edited_at if brief.edited_at != brief.drafted_at else None),
        (approved, brief.approved_by_id, brief.approved_at),
        ("Sent by", brief.sent_by_id, brief.sent_at),
    ]
    return [{"words": words, "who": names[who], "at": at} for words, who, at in rows if at is not None and who]


def _answer(answer: BriefAnswer, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "what": lists.label("brief_answers", answer.kind),
        "on": answer.happened_on,
        "link": answer.link,
        "words": answer.words,
        "who": names[answer.answered_by_id],
        "at": answer.answered_at,
    }


def results_of(lines: Sequence[Behind]) -> dict[str, Any]:
    """The referrals behind a brief: to which results it can be added, and how it is with the others."""
    return {
        "choices": [(str(one.id), one.reference) for one in lines if one.is_open and not one.has_code],
        "others": [
            {"reference": one.reference, "state": STATES[one.state].label_office, "has_code": one.has_code}
            for one in lines
            if not one.is_open or one.has_code
        ],
    }


def meeting_calendar(brief: Brief, on: date) -> bytes:
    """The day of the meeting as an iCalendar file: no name and no topic, only the link."""
    mail = settings.current()
    link = f"{mail.base_url}/briefs/{brief.id}"
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Referrals//Dates//EN")
    calendar.add("version", "2.0")
    event.add("uid", f"{brief.id}@{mail.host}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", "Meeting with the MP’s office")
    event.add("url", link)
    event.add("description", link)
    event.add("transp", "TRANSPARENT")
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
