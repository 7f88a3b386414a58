"""Briefs of the tests: patterns of referrals written straight into the tables, and briefs brought to any stage."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from referrals.audit.actions import record
from referrals.casework.models import MatchToken, Referral
from referrals.directory import lists
from referrals.directory.queries import agencies
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.foundation.ids import new_id
from referrals.foundation.references import new_reference
from referrals.publishing.actions import briefs as actions
from referrals.publishing.actions.answering import Done, answer_brief
from referrals.publishing.briefs.figures import Figures
from referrals.publishing.models import Brief
from referrals.publishing.queries import briefs as queries
from tests import people
from tests.people import Place, Someone

ISSUE: Final = "damp_and_mould"
BODY: Final = "housing_association"
WORDS: Final = {"happening": "Damp comes back.", "answers": "", "costs": "", "worked": "", "asking": "Write to them."}
STAGES: Final = ("drafted", "written", "approved", "sent")


def body_id(code: str = BODY) -> UUID:
    return next(body.id for body in agencies() if body.code == code)


def make_pattern(
    count: int,
    *,
    group: Place = people.WHITE_CITY,
    office: Place = people.HAMMERSMITH,
    one_person: int = 1,
    days_ago: int = 3,
    **changes: Any,
) -> list[UUID]:
    """So many referrals about the same thing, of which the first few are one person's; their ids."""
    with transaction():
        lists.load_lists()
    moment, body = clock.now() - timedelta(days=days_ago), body_id()
    rows = [
        {
            "id": new_id(),
            "reference": new_reference(),
            "group_id": group.id,
            "office_id": office.id,
            "created_by_id": people.VOLUNTEER.id,
            "state": "in_progress",
            "category": "housing",
            "issue_type": ISSUE,
            "agency_id": body,
            "waiting_since": (moment - timedelta(days=100)).date(),
            "submitted_at": moment,
            "created_at": moment,
            "updated_at": moment,
            "trusted_body_conflict": False,
            "version": 1,
            **changes,
        }
        for _ in range(count)
    ]
    marks = [{"token": b"the same person.", "referral_id": row["id"]} for row in rows[:one_person]]
    with transaction() as session:
        session.connection().execute(Referral.__table__.insert(), rows)  # type: ignore[attr-defined]
        if marks:
            session.connection().execute(MatchToken.__table__.insert(), marks)  # type: ignore[attr-defined]
    return [row["id"] for row in rows]


def make_brief(
    stage: str = "drafted", *, by: Someone = people.LEAD, office: Place = people.HAMMERSMITH, **changes: Any
) -> UUID:
    """A brief at a stage, without any referral behind it; its id."""
    with transaction() as session:
        lists.load_lists()
        session.flush()
        moment = clock.now()
        brief = Brief(
            organisation_id=by.place.id,
            office_id=office.id,
            issue_type=ISSUE,
            agency_id=body_id(),
            first_on=clock.today() - timedelta(days=89),
            last_on=clock.today(),
            figures=Figures(threshold=5, residents=5, reached="2026-06").plain(),
            skills={"member": "Rowan Ashdown", "lines": []},
            asks=[],
            drafted_at=moment,
            drafted_by_id=by.id,
            edited_at=moment,
            edited_by_id=by.id,
        )
        for name, value in changes.items():
            setattr(brief, name, value)
        brief.words = WORDS
        session.add(brief)
        record("brief.drafted", by=by.viewer, subject=("brief", brief.id))
    advance(brief.id, stage, by)
    return brief.id


def advance(brief_id: UUID, stage: str, by: Someone, meeting_on: date | None = None) -> None:
    """Bring a draft on to a stage, by the real verbs."""
    for verb in STAGES[1 : STAGES.index(stage) + 1]:
        with transaction():
            brief = queries.brief(brief_id, by.viewer)
            if verb == "written":
                meeting_on = meeting_on or clock.today() + timedelta(days=9)
                writing = actions.Writing(words=WORDS, asks=["visit"], meeting_on=meeting_on)
                actions.edit_brief(brief, writing, by=by.viewer, version=None)
            elif verb == "approved":
                actions.approve_brief(brief, by=by.viewer, version=None)
            else:
                actions.send_brief(brief, by=by.viewer)


def answer(brief_id: UUID, kind: str = "question_asked", by: Someone = people.CASEWORKER, **more: str) -> None:
    """What the MP did today."""
    with transaction():
        done = Done(kind=kind, happened_on=clock.today(), **more)
        answer_brief(queries.brief(brief_id, by.viewer), done, by=by.viewer)


def the_brief(brief_id: UUID) -> Brief:
    """As it is stored now."""
    db.session.rollback()
    db.session.expire_all()
    found = db.session.get(Brief, brief_id)
    assert found is not None
    return found
