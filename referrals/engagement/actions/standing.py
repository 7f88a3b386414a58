"""Saying where an area and its MP stand: the stage they have reached, and the stance that the area sees."""

from datetime import date
from typing import Final
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework.deadlines.counting import corresponding_date
from referrals.directory import lists
from referrals.engagement import policy, queries
from referrals.engagement.models import Stage, Stance
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid

# In so many months a stance is to be looked at again.
MONTHS: Final = 6
LONGEST_EVIDENCE: Final = 1000


def set_stage(term_id: UUID, stage: str, since_on: date, *, by: Viewer) -> Stage:
    """Say which stage the area and an MP are at, and since when; what was said before stays as history.

    Raises NotAllowed, NotFound, and Invalid under "stage" and "since_on".
    """
    organisation_id = policy.must_say_where_we_stand(by)
    queries.term_of(term_id, by)
    _refuse("stage", "engagement_stages", stage, "since_on", since_on)
    assert by.person_id is not None
    row = Stage(
        organisation_id=organisation_id,
        term_id=term_id,
        stage=stage,
        since_on=since_on,
        set_at=clock.now(),
        set_by_id=by.person_id,
    )
    db.session.add(row)
    record("stage.set", by=by, subject=("stage", row.id), facts={"term": term_id, "stage": stage})
    return row


def assess_stance(term_id: UUID, stance: str, assessed_on: date, evidence: str, *, by: Viewer) -> Stance:
    """Say how an MP stands towards the area, on which day, and what one goes by; due again after six months.

    The event says that it was assessed, and never what: books are read by more people than stances are.
    Raises NotAllowed, NotFound, and Invalid under "stance", "assessed_on" and "evidence".
    """
    organisation_id = policy.must_say_where_we_stand(by)
    policy.must_know_stances(organisation_id, by)
    queries.term_of(term_id, by)
    if not 0 < len(evidence.strip()) <= LONGEST_EVIDENCE:
        raise Invalid({"evidence": f"Say what you go by, in at most {LONGEST_EVIDENCE:,} characters"})
    _refuse("stance", "stances", stance, "assessed_on", assessed_on)
    assert by.person_id is not None
    row = Stance(
        organisation_id=organisation_id,
        term_id=term_id,
        stance=stance,
        assessed_on=assessed_on,
        assessed_at=clock.now(),
        assessed_by_id=by.person_id,
        due_on=corresponding_date(assessed_on, MONTHS),
    )
    row.evidence = evidence.strip()
    db.session.add(row)
    record("stance.assessed", by=by, subject=("stance", row.id), facts={"term": term_id})
    return row


def _refuse(name: str, list_code: str, code: str, day_name: str, day: date) -> None:
    faults = {}
    if code not in lists.codes(list_code):
        faults[name] = "Choose one of the answers"
    if day > clock.today():
        faults[day_name] = "The day must be today or in the past"
    if faults:
        raise Invalid(faults)
