"""Briefs of the demonstration: what is known of an MP, a brief that came to something, and one being written."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from referrals.accounts.viewer import SERVICE, Viewer
from referrals.cli.demo.world import World
from referrals.directory import actions as directory
from referrals.directory.queries import agencies, office_of
from referrals.foundation import clock
from referrals.publishing.actions import briefs
from referrals.publishing.actions.answering import Done, answer_brief
from referrals.publishing.models import Brief

SEAT: Final = "E14001264"
ISSUE: Final = "treatment_delay"
BODY: Final = "nhs_hospital_trust"
SOURCE: Final = "https://members.parliament.example/rowan-ashdown"
SKILLS: Final = (
    ("health", "Member of the committee on health and social care", date(2024, 10, 21), None),
    ("health", "Ward sister in a district hospital", date(2006, 9, 1), date(2019, 12, 31)),
    ("local_government", "Councillor", date(2014, 5, 22), date(2024, 7, 4)),
)
HAPPENING: Final = (
    "The same thing keeps happening at the hospital trust: a date is given, moved, and given again. Five or more "
    "residents of our area came to us about it in 90 days. Each time the case is taken up alone, and each time the "
    "answer is about that case alone."
)
ASKING: Final = (
    "Please ask the trust how many operations it has called off on the day since spring, and for what reason, and tell "
    "us what it says before we next meet."
)
DONE: Final = Done(
    kind="question_asked",
    happened_on=None,
    link="https://questions.parliament.example/2026-11",
    words="Asked how many operations the trust has called off on the day, by month and reason. The answer is due soon.",
)


def write_briefs(world: World, present: datetime) -> None:
    """Note the skills, and tell the life of both briefs, in the caller's transaction, each step at its own moment."""
    office_id = world.offices[SEAT]
    lead, other_lead = world.viewers["lead@demo.example"], world.viewers["jean.osborne@demo.example"]
    manager = world.viewers["manager@demo.example"]
    with clock.clock_at(present - timedelta(days=40)):
        _note_skills(office_id)
    with clock.clock_at(present - timedelta(days=12), step=timedelta(minutes=2)):
        brief = _written(office_id, lead)
        briefs.approve_brief(brief, by=other_lead, version=None)
        briefs.send_brief(brief, by=lead)
    with clock.clock_at(present - timedelta(days=4)):
        done = Done(kind=DONE.kind, happened_on=clock.today(), link=DONE.link, words=DONE.words)
        answer_brief(brief, done, by=world.viewers["caseworker@demo.example"])
    with clock.clock_at(present - timedelta(days=1)):
        briefs.draft_brief(ISSUE, _body_id(), office_id, by=manager)


def _note_skills(office_id: UUID) -> None:
    office = office_of(office_id)
    assert office is not None
    for skill, role, begins_on, ends_on in SKILLS:
        known = directory.Known(
            skill=skill, role=role, source=SOURCE, checked_on=clock.today(), begins_on=begins_on, ends_on=ends_on
        )
        directory.add_skill(office.term.member, known, by=SERVICE)


def _written(office_id: UUID, lead: Viewer) -> Brief:
    brief = briefs.draft_brief(ISSUE, _body_id(), office_id, by=lead)
    writing = briefs.Writing(
        words=brief.words | {"happening": HAPPENING, "asking": ASKING},
        asks=["raise_with_body", "parliamentary_question"],
        meeting_on=clock.today() + timedelta(days=21),
    )
    briefs.edit_brief(brief, writing, by=lead, version=None)
    return brief


def _body_id() -> UUID:
    return next(body.id for body in agencies() if body.code == BODY)
