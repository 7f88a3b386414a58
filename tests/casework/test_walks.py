"""Walks: people do anything they may, in any order, on any day, and what must always hold still does."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from flask import Flask

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.audit.verify import verify_books
from referrals.casework import actions, clocks, policy, queries
from referrals.casework.actions.timing import is_naked
from referrals.casework.models import Referral
from referrals.casework.workflow import STATES, Waiting
from referrals.foundation.clock import clock_at, today
from referrals.foundation.database import db, transaction
from tests import people
from tests.casework import cases
from tests.people import CASEWORKER, LEAD, MANAGER, VOLUNTEER

STEPS = 14
WALKERS = (VOLUNTEER, LEAD, CASEWORKER, MANAGER)


def anything(referral: Referral, by: Viewer, random: Random) -> None:
    """One thing that the person may do now, or only a look."""
    offered = [row.name for row in policy.available_moves(referral, by)]
    chosen = random.choice([*offered, "look", "note", "turn"])
    with transaction():
        if chosen in offered:
            actions.move(referral, chosen, cases.answers_for(chosen, by), by=by, version=referral.version)
        elif chosen == "note" and referral.submitted_at and policy.may_write(referral, by, Permission.NOTE_WRITE):
            actions.write_note(referral, "A call", shared=random.random() < 0.5, by=by)
        elif chosen == "turn" and referral.state in ("accepted", "in_progress") and by.side == "office":
            turn = random.choice([Waiting.AGENCY, Waiting.RESIDENT, Waiting.OFFICE])
            actions.set_waiting_on(referral, turn, by=by, version=None)
        elif policy.may_see(referral, by):
            actions.open_referral(referral.id, by=by)


def what_always_holds(referral: Referral) -> None:
    state = STATES[referral.state]
    sent = referral.submitted_at is not None
    assert not is_naked(referral)
    assert (referral.ended_at is None) == state.is_open
    assert (referral.waiting_on is not None) == state.is_open
    assert (referral.due_on is not None) == (state.is_open and sent)
    assert referral.due_on == referral.next_action_on
    assert (referral.clock_stopped_at is None) == (referral.days_left is None)
    assert (referral.state_before is not None) == (referral.state == "information_requested")
    assert (referral.hold_review_on is not None) == (referral.state == "on_hold")
    assert (referral.end_reason is not None) == (referral.ended_at is not None)
    if referral.due_on:
        assert clocks.days_overdue(referral, referral.due_on) == 0
    if referral.state in ("accepted", "in_progress", "on_hold", "outcome_recorded"):
        assert referral.assignee_id
        assert referral.seen_at
    if referral.state in ("outcome_recorded", "closed"):
        assert queries.outcome_of(referral, CASEWORKER.viewer) is not None


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_what_must_hold_holds(app: Flask, seed: int) -> None:
    random = Random(seed)
    moment = datetime(2026, 11, 2, 10, 0, tzinfo=UTC) + timedelta(days=random.randrange(60))
    with clock_at(moment):
        referral = cases.make_draft()
    for _ in range(STEPS):
        moment += timedelta(days=random.choice([0, 0, 1, 1, 2, 5, 12]), minutes=random.randrange(600))
        with clock_at(moment):
            anything(referral, random.choice(WALKERS).viewer, random)
            what_always_holds(referral)
            db.session.expunge_all()
            referral = db.session.get_one(Referral, referral.id)
            what_always_holds(referral)
            for person in WALKERS:
                if policy.may_see(referral, person.viewer):
                    assert queries.strip(referral, person.viewer).overdue_days >= 0
                    assert all(entry.at <= moment for entry in queries.timeline(referral, person.viewer))
            assert today() >= referral.created_at.date()
    assert all(report.fault is None for report in verify_books(db.session()))
    assert people.OTHER_MANAGER not in {one for one in people.EVERYBODY if policy.may_see(referral, one.viewer)}
