"""The workflow as data: complete, consistent with the lists and messages, and drawn as it is."""

import pytest

from referrals.accounts.roles import ROLES, Side
from referrals.casework import workflow
from referrals.casework.workflow import BACK, OPEN_WITH_OFFICE, STATES, STAY, TRANSITIONS, AskKind, Kind, Transition
from referrals.directory import lists
from referrals.notifications.messages import Message

ROWS = list(TRANSITIONS.values())

# The table of the domain, written down a second time: who moves a referral from where to where.
EXPECTED = {
    "submit": "draft -> submitted",
    "resubmit": "declined returned_with_advice -> submitted",
    "accept": "submitted information_requested -> accepted",
    "request_information": "submitted accepted in_progress -> information_requested",
    "provide_information": f"information_requested -> {BACK}",
    "return_with_advice": "submitted information_requested -> returned_with_advice",
    "decline": "submitted information_requested -> declined",
    "assign": f"submitted information_requested accepted in_progress on_hold outcome_recorded -> {STAY}",
    "start": "accepted -> in_progress",
    "hold": "in_progress -> on_hold",
    "resume": "on_hold -> in_progress",
    "correct_postcode": "submitted information_requested accepted in_progress on_hold outcome_recorded -> (stay)",
    "hand_over": "draft submitted information_requested accepted in_progress on_hold outcome_recorded -> (stay)",
    "accept_transfer": "submitted information_requested accepted in_progress on_hold -> accepted",
    "record_outcome": "accepted in_progress on_hold -> outcome_recorded",
    "confirm_outcome": "outcome_recorded -> closed",
    "dispute_outcome": "outcome_recorded -> in_progress",
    # Of DOMAIN section 4 and not of its table: a request for advice ends with its answer.
    "answer": "submitted information_requested accepted in_progress on_hold -> closed",
    "close": "outcome_recorded -> closed",
    "withdraw": "draft submitted information_requested accepted in_progress on_hold outcome_recorded -> withdrawn",
    "reopen": "closed declined returned_with_advice withdrawn -> submitted",
    "mark_entered_in_error": "draft submitted -> entered_in_error",
}


def test_the_transitions_are_those_of_the_domain() -> None:
    assert {row.name: f"{' '.join(row.sources)} -> {row.target}" for row in ROWS} == EXPECTED


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_fits_together(row: Transition) -> None:
    assert set(row.sources) <= set(STATES)
    assert {row.target, *row.targets.values()} <= {*STATES, BACK, STAY}
    assert row.ways or row.by_service
    names = [ask.name for ask in row.asks]
    assert len(names) == len(set(names))
    assert all(tell.message.__name__ in Message.kinds for tell in row.tells)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_ask_can_be_answered(row: Transition) -> None:
    for ask in row.asks:
        if ask.kind in (AskKind.CHOICE, AskKind.CODES):
            assert ask.list_code is not None
            assert lists.choices(ask.list_code)
        if ask.kind in (AskKind.TEXT, AskKind.LONGTEXT):
            assert ask.max_length
        if ask.kind is AskKind.DATE:
            assert ask.when
        if ask.required:
            assert ask.missing[0].isupper()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_some_role_of_each_side_named_may_make_it(row: Transition) -> None:
    for side, permission in row.ways.items():
        assert any(permission in spec.permissions for spec in ROLES.values() if spec.side is side)


def test_programme_and_service_have_no_way() -> None:
    assert {side for row in ROWS for side in row.ways} == {Side.GROUP, Side.OFFICE}


def test_an_open_state_says_whose_turn_it_is_and_an_ended_one_does_not() -> None:
    for state in STATES.values():
        assert (state.waiting_on is not None) == state.is_open


def test_every_open_state_can_be_left_and_every_state_is_reached() -> None:
    reached = {"draft"} | {target for row in ROWS for target in (row.target, *row.targets.values())} - {BACK, STAY}
    assert reached == set(STATES)
    for code in OPEN_WITH_OFFICE:
        assert any(code in row.sources and row.target != STAY for row in ROWS)


def test_only_the_void_state_is_left_by_nothing() -> None:
    stuck = {code for code in STATES if not any(code in row.sources for row in ROWS)}
    assert stuck == {code for code, state in STATES.items() if state.kind is Kind.VOID}


def test_the_past_is_a_name_of_its_own() -> None:
    pasts = [row.past for row in ROWS]
    assert len(pasts) == len(set(pasts))


def test_the_diagram_draws_every_arrow() -> None:
    drawn = workflow.diagram().splitlines()
    assert drawn[0] == "stateDiagram-v2"
    assert "    [*] --> draft" in drawn
    assert "    submitted --> accepted: accept" in drawn
    assert "    closed --> in_progress: reopen" in drawn
    assert "    closed --> submitted: reopen" in drawn
    assert "    information_requested --> in_progress: provide_information" in drawn
    assert "    closed --> [*]" in drawn
    assert not any(BACK in line or STAY in line for line in drawn)
    assert len(drawn) == len(set(drawn))
