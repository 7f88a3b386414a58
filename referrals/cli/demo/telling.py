"""Telling a story: each step is the real action, at its own moment, on behalf of the person who would do it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from referrals.accounts.roles import Role, Side
from referrals.accounts.viewer import SERVICE, Viewer
from referrals.casework.actions.agreeing import Agreement, approve_consent
from referrals.casework.actions.answering_later import Said, answer_later, ask_later
from referrals.casework.actions.any_news import answer_news, ask_for_news
from referrals.casework.actions.attention import note_reading
from referrals.casework.actions.chasing import Reminder, chase_enquiry, usual_new_day
from referrals.casework.actions.dates import record_date
from referrals.casework.actions.deciding import meet_deadline, move_deadline
from referrals.casework.actions.drafting import find_draft, save_page, start_draft
from referrals.casework.actions.enquiring import Answer, Question, answer_enquiry, open_of, send_enquiry
from referrals.casework.actions.moving import move
from referrals.casework.actions.planning import set_waiting_on
from referrals.casework.actions.seeing import open_referral
from referrals.casework.actions.writing import record_milestone, write_note
from referrals.casework.asking import AGENCY
from referrals.casework.clocks import is_working_day
from referrals.casework.deadlines import Deadline
from referrals.casework.intake import OWN_REQUEST
from referrals.casework.models import Referral
from referrals.casework.queries.deadlines import dated
from referrals.casework.queries.later import later_answers
from referrals.casework.queries.results import outcome_of
from referrals.casework.workflow import TRANSITIONS
from referrals.cli.demo import agreeing, handing
from referrals.cli.demo.letters import write_letter
from referrals.cli.demo.papers import paper
from referrals.cli.demo.stories import Story
from referrals.cli.demo.world import World
from referrals.directory.queries import agencies, route
from referrals.documents import actions as documents
from referrals.documents.queries import documents_of
from referrals.foundation import clock
from referrals.foundation.errors import DomainError

# What a step says besides the answers of its transition.
STEP_WORDS: Final = frozenset({"day", "do", "by", "side"})
# Whoever opens it, writes on it or answers has read what the other side had said.
AFTER_READING: Final = frozenset({"open", "note", "request_information", "provide_information"})
A_DAY: Final = re.compile(r"(now)?([+-]\d+)d")
FIRST_HOUR: Final = 9
STEP_OF_CLOCK: Final = timedelta(milliseconds=700)


class StoryFault(RuntimeError):
    """A story says something that cannot happen: a fault in its file, found by the tests."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in a story when its steps name nobody else."""

    referrer: Viewer
    worker: Viewer
    # The day on which it is told, which "now-3d" is counted from.
    present: date


def tell(story: Story, world: World, present: datetime, *, name: str | None = None) -> Referral:
    """Carry the story out in the caller's transaction, ending at `present` at the latest; return its referral.

    `name` replaces the resident's. Raises StoryFault, naming the story and what an action said to it.
    """
    try:
        return _tell(story, world, present, name)
    except DomainError as fault:
        raise StoryFault(f"{story['key']}: {fault} {getattr(fault, 'errors', '')}") from fault


def _tell(story: Story, world: World, present: datetime, name: str | None) -> Referral:
    cast = _cast(story, world, clock.local_day(present))
    begins = cast.present - timedelta(days=story["begins"])
    with _at(story, begins, 0, 0, present):
        referral = _draft(story, cast, name)
    for index, step in enumerate(story["steps"]):
        day = begins + timedelta(days=step["day"])
        with _at(story, day, step["day"], index + 1, present):
            _carry_out(step, referral, cast, world)
    return referral


def _at(story: Story, day: date, offset: int, index: int, present: datetime) -> Any:
    """The clock at a plausible moment of a working day: later for later steps of one day, never after `present`."""
    while offset and not is_working_day(day):
        day += timedelta(days=1)
    minutes = sum(story["key"].encode()) % 90 + 37 * index % 330
    moment = datetime.combine(day, time(FIRST_HOUR), clock.LONDON) + timedelta(minutes=minutes)
    latest = present - timedelta(minutes=10) + timedelta(seconds=20 * index)
    return clock.clock_at(min(moment, latest), step=STEP_OF_CLOCK)


def _cast(story: Story, world: World, present: date) -> Cast:
    group, seat = world.groups[story["group"]], _seat(story)
    return Cast(
        referrer=_named(world, story.get("by")) or _first(world, group, (Role.VOLUNTEER, Role.LEAD)),
        worker=_first(world, world.offices[seat], (Role.CASEWORKER, Role.MANAGER)),
        present=present,
    )


def _seat(story: Story) -> str:
    if "seat" in story:
        return str(story["seat"])
    found = route(story["postcode"]) if "postcode" in story else None
    return found.constituency.gss_code if found else "E14001264"


def _named(world: World, email: str | None) -> Viewer | None:
    return world.viewers[email] if email else None


def _first(world: World, organisation_id: Any, roles: tuple[Role, ...]) -> Viewer:
    here = [viewer for viewer in world.viewers.values() if viewer.organisation_id == organisation_id]
    return next(viewer for role in roles for viewer in here if viewer.role is role)


def _draft(story: Story, cast: Cast, name: str | None) -> Referral:
    by = cast.referrer
    referral = start_draft(by=by)
    for page in _pages(story):
        draft = find_draft(referral.id, by=by, to_change=True)
        if any(asked.code == page for asked in draft.pages()):
            save_page(draft, page, _answers(story, page, name, cast), by=by, partly=True)
        if page == story.get("stops_after"):
            break
    return referral


def _pages(story: Story) -> tuple[str, ...]:
    return ("issue", "story", "hopes", "waiting", "urgency", "background", "person", "office", "contact", "needs") + (
        () if "stops_after" in story else ("consent", "feedback", "duplicates")
    )


def _answers(story: Story, page: str, name: str | None, cast: Cast) -> dict[str, Any]:
    """What the story says on one page of the intake, and the plain answer where it says nothing."""
    today = clock.today()
    answers = {key: _dated(value, today, cast) for key, value in story.items() if key != "steps"}
    made: dict[str, Callable[[], dict[str, Any]]] = {
        "waiting": lambda: {"waiting_since": today - timedelta(days=story["waiting_days"])},
        "urgency": lambda: {"urgency": "routine"},
        "person": lambda: {"name": name or story["name"]},
        "office": lambda: {"office": cast.worker.organisation_id if "routing" in story else None},
        "contact": lambda: {"message_ok": "phone" in story, "times": "Weekdays after 10 am"},
        "consent": lambda: {"agreed": "in_person", "given_by": "resident", "given_on": today},
        "feedback": lambda: {"scope": "full"},
        "duplicates": lambda: {"different": True},
    }
    plain = made[page]() if page in made else {}
    return {**plain, **answers, **({"name": plain["name"]} if page == "person" else {})}


def _carry_out(step: Mapping[str, Any], referral: Referral, cast: Cast, world: World) -> None:
    by = _named(world, step.get("by")) or _actor(step, cast)
    answers = {key: _dated(value, clock.today(), cast) for key, value in step.items() if key not in STEP_WORDS}
    if step["do"] in AFTER_READING:
        note_reading(referral, by=by)
    doing = _OTHER_STEPS.get(step["do"])
    if doing is not None:
        doing(referral, answers, by)
        return
    if "assignee" in answers:
        answers["assignee"] = world.viewers[answers["assignee"]].person_id
    if step["do"] == "accept":
        answers = {
            "assignee": by.person_id,
            "category": referral.category,
            "issue_type": referral.issue_type,
            **answers,
        }
    if step["do"] == "start":
        answers = {"started_on": clock.today(), **answers}
    move(referral, step["do"], answers, by=by, version=referral.version)


def _actor(step: Mapping[str, Any], cast: Cast) -> Viewer:
    if "side" in step:
        return {"group": cast.referrer, "office": cast.worker, "service": SERVICE}[step["side"]]
    if step["do"] in TRANSITIONS:
        return cast.referrer if Side.GROUP in TRANSITIONS[step["do"]].ways else cast.worker
    return cast.worker


def _dated(value: Any, day: date, cast: Cast) -> Any:
    """The value with each "+5d" in it made the date five days after `day`, and each "now+5d" five days from today."""
    if isinstance(value, list):
        return [_dated(one, day, cast) for one in value]
    if isinstance(value, Mapping):
        return {key: _dated(one, day, cast) for key, one in value.items()}
    if isinstance(value, str) and (found := A_DAY.fullmatch(value)):
        return (cast.present if found.group(1) else day) + timedelta(days=int(found.group(2)))
    return value


def _open(referral: Referral, _: Mapping[str, Any], by: Viewer) -> None:
    open_referral(str(referral.reference), by=by)


def _milestone(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    record_milestone(referral, step["code"], clock.today(), step.get("words", ""), by=by)


def _note(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    write_note(referral, step["words"], shared=step.get("shared", False), by=by)


def _wait(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    set_waiting_on(referral, step["waiting_on"], step.get("due_on"), by=by, version=None)


def _date(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    record_date(referral, step["kind"], step["on"], step.get("at"), step.get("words", ""), by=by)


def _last_day(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    move_deadline(_deadline(referral, step, by), step["on"], step["words"], by=by)


def _met(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    meet_deadline(_deadline(referral, step, by), clock.today(), by=by)


def _deadline(referral: Referral, step: Mapping[str, Any], by: Viewer) -> Deadline:
    found = dated(referral, by).deadlines
    return next(one for one in found if one.rule.code == step["rule"])


def _enquiry(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    body = next(one for one in agencies() if one.id == referral.agency_id or one.code == step.get("agency"))
    agreement = Agreement(
        kind=AGENCY, agency_id=body.id, given_by="resident", method="by_phone", given_on=clock.today()
    )
    question = Question(
        agency_id=body.id,
        channel=step["channel"],
        asked=step["asked"],
        sent_on=clock.today(),
        due_on=step.get("due_on"),
        agency_reference=step.get("reference", ""),
    )
    send_enquiry(referral, question, agreement, by=by)


def _chase(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    enquiry = open_of(referral)[0]
    reminder = Reminder(
        channel=step["channel"], words=step["words"], sent_on=clock.today(), due_on=usual_new_day(enquiry)
    )
    chase_enquiry(enquiry, reminder, by=by)


def _reply(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    words = {name: step[name] for name in ("result", "words", "next_action", "next_action_on") if name in step}
    answer_enquiry(open_of(referral)[0], Answer(on=clock.today(), **words), by=by)


def _approve(referral: Referral, _: Mapping[str, Any], by: Viewer) -> None:
    for consent in find_draft(referral.id, by=by).consents:
        if consent.approved_at is None and consent.ground != OWN_REQUEST:
            approve_consent(consent, by=by)


def _document(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    key = referral.seal_key()
    if key is None:
        raise TypeError("a story adds documents to a referral that is there")
    ready = documents.prepare(step["name"], paper(step), key)
    documents.add(referral, [ready], shared=step.get("shared", False), by=by)


def _ask_news(referral: Referral, _: Mapping[str, Any], by: Viewer) -> None:
    ask_for_news(referral, by=by)


def _give_news(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    answer_news(referral, step["answer"], step.get("write_by"), step.get("words", ""), by=by)


def _evidence(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    outcome = outcome_of(referral, by)
    if outcome is None:
        raise TypeError("a story shows a result that is there")
    chosen = [line.id for line in documents_of(referral, by) if line.name in step["names"]]
    documents.attach_evidence(outcome, chosen, by=by)


def _later(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    # The volunteer is reminded first, as by the service.
    ask_later()
    [*_, last] = later_answers(referral, by)
    answer_later(last.asked, Said(on=clock.today(), **step), by=by)


_OTHER_STEPS: Final[Mapping[str, Callable[[Referral, Mapping[str, Any], Viewer], object]]] = {
    "open": _open,
    "milestone": _milestone,
    "note": _note,
    "wait": _wait,
    "enquiry": _enquiry,
    "chase": _chase,
    "reply": _reply,
    "approve": _approve,
    "date": _date,
    "last_day": _last_day,
    "met": _met,
    "document": _document,
    "agree": agreeing.agree,
    "take_back": agreeing.take_back,
    "offer": handing.offer,
    "take_on": handing.take_on,
    "letter": write_letter,
    "ask_news": _ask_news,
    "give_news": _give_news,
    "evidence": _evidence,
    "later": _later,
}
