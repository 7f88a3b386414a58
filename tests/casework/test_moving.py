"""Moving: every transition from every state by everybody, and who was first when two decide at once."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.accounts.roles import Side
from referrals.accounts.viewer import SERVICE, Viewer
from referrals.audit.models import AuditEntry
from referrals.casework import actions, policy
from referrals.casework.models import Move, Referral
from referrals.casework.workflow import STATES, TRANSITIONS
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from tests import people
from tests.casework import cases
from tests.casework.test_workflow import EXPECTED

VIEWERS = {person.name: person.viewer for person in people.EVERYBODY} | {"The service": SERVICE}
INSIDERS = {
    Side.GROUP: {people.VOLUNTEER.id, people.LEAD.id},
    Side.OFFICE: {people.CASEWORKER.id, people.SECOND_CASEWORKER.id, people.MANAGER.id},
}
GROUP_MOVES = {
    "submit",
    "resubmit",
    "provide_information",
    "confirm_outcome",
    "dispute_outcome",
    "correct_postcode",
}
BOTH_MOVES = {"withdraw", "reopen"}
VOID_MOVE = "mark_entered_in_error"


class Undone(Exception):
    """Raised to roll back a transition that was only tried."""


def expected(transition: str, state: str, viewer: Viewer) -> type[Exception] | None:
    """What should happen, from the domain's own table."""
    may = (
        transition in BOTH_MOVES
        or (transition == VOID_MOVE and (viewer.side is Side.GROUP or viewer.person_id == people.MANAGER.id))
        or (transition != VOID_MOVE and (transition in GROUP_MOVES) == (viewer.side is Side.GROUP))
    )
    if transition == "hand_over":
        may = viewer.person_id == people.LEAD.id
    if viewer is SERVICE:
        may = transition == "close"
    elif viewer.person_id not in INSIDERS.get(viewer.side, set()) or (viewer.side is Side.OFFICE and state == "draft"):
        return NotFound
    elif viewer.side is Side.OFFICE and state == "entered_in_error":
        return NotAllowed
    if not may:
        return NotAllowed
    if transition in {"accept_transfer", "answer"}:
        # Nobody takes on what is not on offer, and only a request for advice is answered.
        return IllegalMove
    return None if state in EXPECTED[transition].split(" -> ")[0].split() else IllegalMove


def attempt(referral: Referral, transition: str, viewer: Viewer) -> type[Exception] | None:
    """Try one transition with good answers and undo it; what was raised, or None."""
    try:
        with transaction():
            answers = cases.answers_for(transition, viewer)
            made = actions.move(referral, transition, answers, by=viewer, version=referral.version)
            row = TRANSITIONS[transition]
            assert referral.state == row.target_for(viewer.side, made.state_from, "submitted")
            raise Undone  # noqa: TRY301 - the transaction around it has to see it
    except Undone:
        return None
    except (NotFound, NotAllowed, IllegalMove, Invalid, Stale) as refused:
        return type(refused)


@pytest.mark.parametrize("state", STATES)
def test_everybody_tries_everything(app: Flask, state: str) -> None:
    referral = cases.make_referral(state)
    assert referral.state == state
    wrong = [
        (name, transition, got, want)
        for name, viewer in VIEWERS.items()
        for transition in TRANSITIONS
        if (got := attempt(referral, transition, viewer)) is not (want := expected(transition, state, viewer))
    ]
    assert wrong == []


@pytest.mark.parametrize("state", STATES)
def test_what_is_offered_is_what_works(app: Flask, state: str) -> None:
    referral = cases.make_referral(state)
    for viewer in VIEWERS.values():
        offered = {row.name for row in policy.available_moves(referral, viewer)}
        assert offered == {name for name in TRANSITIONS if expected(name, state, viewer) is None}


def test_a_transition_nobody_knows_is_refused(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    with pytest.raises(IllegalMove), transaction():
        actions.move(referral, "promote", {}, by=people.CASEWORKER.viewer, version=None)


def test_every_move_leaves_a_row_an_event_and_nothing_when_undone(app: Flask) -> None:
    referral = cases.make_referral("submitted")

    def counted() -> tuple[int | None, int | None]:
        return (
            db.session.scalar(select(func.count()).select_from(Move)),
            db.session.scalar(select(func.count()).select_from(AuditEntry)),
        )

    before = counted()
    assert attempt(referral, "accept", people.CASEWORKER.viewer) is None
    assert counted() == before
    made = cases.do(referral, "accept", people.CASEWORKER)
    assert counted() == (before[0] + 1, before[1] + 1)  # type: ignore[operator]
    event = db.session.scalars(select(AuditEntry).order_by(AuditEntry.at.desc(), AuditEntry.number.desc())).first()
    assert event is not None
    assert (event.action, event.subject_id) == ("referral.accepted", referral.id)
    assert event.facts["move"] == str(made.id)
    assert event.detail_digest  # the words are held against change, and are not in the book
    assert "Write to the department" not in str(event.facts)


def test_the_words_of_a_move_are_sealed_and_its_codes_are_not(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    made = cases.do(referral, "decline", people.CASEWORKER)
    assert made.words == {"note": "Not yet for us", "instead": "Ask the department"}
    assert b"Not yet" not in (made.words_sealed or b"")
    assert made.reason == "not_yet_tried_provider"
    assert made.facts == {"reason": "not_yet_tried_provider"}


def test_an_old_version_is_stale_and_changes_nothing(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    looked_at = referral.version
    cases.do(referral, "accept", people.CASEWORKER)
    answers = cases.answers_for("decline", people.MANAGER.viewer)
    with pytest.raises(Stale), transaction():
        actions.move(referral, "decline", answers, by=people.MANAGER.viewer, version=looked_at)
    assert referral.state == "accepted"


def test_a_stranger_is_not_told_that_a_version_is_stale(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    with pytest.raises(NotFound), transaction():
        actions.move(referral, "accept", {}, by=people.OTHER_CASEWORKER.viewer, version=-1)


def test_after_accepting_a_question_does_not_open_the_decision_again(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    cases.do(referral, "request_information", people.CASEWORKER)
    names = {row.name for row in policy.available_moves(referral, people.CASEWORKER.viewer)}
    assert names.isdisjoint({"accept", "decline", "return_with_advice"})
    with pytest.raises(IllegalMove):
        cases.do(referral, "decline", people.CASEWORKER)
    cases.do(referral, "provide_information", people.VOLUNTEER)
    assert referral.state == "accepted"
    assert referral.state_before is None


def test_what_was_never_sent_is_not_reopened(app: Flask) -> None:
    referral = cases.make_draft()
    cases.do(referral, "withdraw", people.VOLUNTEER)
    with pytest.raises(IllegalMove):
        cases.do(referral, "reopen", people.VOLUNTEER)
    with pytest.raises(NotFound):
        cases.do(referral, "reopen", people.CASEWORKER)


@pytest.mark.parametrize("state", [state for state in STATES if state != "entered_in_error"])
def test_a_transition_is_one_version(app: Flask, state: str) -> None:
    referral = cases.make_referral(state)
    offered = policy.available_moves(referral, people.LEAD.viewer)
    offered += policy.available_moves(referral, people.MANAGER.viewer)
    row = next(row for row in offered if row.name != "submit" or state == "draft")
    by = people.LEAD if row.ways.get(Side.GROUP) else people.MANAGER
    before = referral.version
    cases.do(referral, row.name, by)
    assert referral.version == before + 1
