"""The timeline: everything that happened, in words and codes, for each side what is meant for it."""

from datetime import timedelta

import pytest
from flask import Flask

from referrals.casework import actions, policy, queries
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from tests.casework import cases
from tests.casework.test_queue import statements
from tests.people import CASEWORKER, LEAD, MANAGER, VOLUNTEER


def test_a_whole_life_newest_first(app: Flask) -> None:
    start = now()
    with clock_at(start, step=timedelta(seconds=1)):
        referral = cases.make_referral("closed")
        entries = queries.timeline(referral, CASEWORKER.viewer)
    codes = [entry.code for entry in entries if entry.kind == "move"]
    assert codes == ["confirm_outcome", "record_outcome", "start", "accept", "submit"]
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    newest = entries[0]
    assert (newest.title, newest.by_name, newest.side) == ("Outcome confirmed", VOLUNTEER.name, "group")
    assert ("Is the result right", "Yes") in newest.facts
    assert ("Comment", "Thank you") in newest.words
    assert entries[0].day == today()


def test_answers_are_told_in_the_words_of_the_lists(app: Flask) -> None:
    referral = cases.make_referral("declined")
    (entry,) = [one for one in queries.timeline(referral, VOLUNTEER.viewer) if one.code == "decline"]
    assert [label for label, _ in entry.facts] == ["Reason"]
    assert entry.facts[0][1] != "not_yet_tried_provider"
    assert [text for _, text in entry.words] == ["Not yet for us", "Ask the department"]


def test_who_has_it_is_the_offices_own_business(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    cases.do(referral, "assign", MANAGER)
    assert "assign" in {one.code for one in queries.timeline(referral, CASEWORKER.viewer)}
    assert "assign" not in {one.code for one in queries.timeline(referral, LEAD.viewer)}


@pytest.mark.parametrize(("told", "hears"), [("none", False), ("status", True)])
def test_a_group_that_may_hear_nothing_reads_no_step_of_the_office(app: Flask, told: str, hears: bool) -> None:
    referral = cases.make_referral("in_progress", told=told)
    steps = {one.title for one in queries.timeline(referral, LEAD.viewer) if one.kind in ("move", "seen")}
    everything = {one.title for one in queries.timeline(referral, CASEWORKER.viewer) if one.kind in ("move", "seen")}
    assert everything == {"Submitted", "Accepted", "Started"}
    assert steps == (everything if hears else {"Submitted"})


def test_agreements_stand_in_it_and_their_end_too(app: Flask) -> None:
    referral = cases.make_referral("accepted", told="outcome")
    with transaction():
        actions.withdraw_consent(policy.standing(referral, "group_to_office", today())[0], by=VOLUNTEER.viewer)
    entries = [one for one in queries.timeline(referral, LEAD.viewer) if one.kind == "consent"]
    assert [one.code for one in entries].count("group_to_office") == 2
    assert entries[0].title.startswith("Taken back: ")
    assert any(("How much", "How far it has got, and the result") in one.facts for one in entries)


def test_what_the_service_did_is_said_so(app: Flask) -> None:
    referral = cases.make_referral("outcome_recorded")
    with clock_at(now() + timedelta(days=30)), transaction():
        assert actions.close_after_silence() == 1
    closed = next(one for one in queries.timeline(referral, VOLUNTEER.viewer) if one.code == "close")
    assert (closed.by_name, closed.side) == ("The service", "service")


def test_it_costs_the_same_however_long_it_is(app: Flask) -> None:
    referral_id = cases.make_referral("in_progress").id

    def cost() -> int:
        db.session.expunge_all()
        referral = queries.referral(referral_id, CASEWORKER.viewer)
        with statements() as sent:
            entries = queries.timeline(referral, CASEWORKER.viewer)
            words = [text for entry in entries for _, text in entry.words]
            assert words
            assert all(words)
        return len([one for one, _ in sent if one.startswith("SELECT")])

    before = cost()
    for number in range(4):
        with transaction():
            referral = queries.referral(referral_id, CASEWORKER.viewer)
            actions.write_note(referral, f"Call {number}", shared=bool(number % 2), by=CASEWORKER.viewer)
            actions.record_milestone(referral, "reply_received", today(), "By post", by=MANAGER.viewer)
    assert cost() == before <= 5


def test_reading_changes_nothing(app: Flask) -> None:
    referral_id = cases.make_referral("in_progress").id
    db.session.expunge_all()
    referral = queries.referral(referral_id, VOLUNTEER.viewer)
    queries.timeline(referral, VOLUNTEER.viewer)
    queries.strip(referral, VOLUNTEER.viewer)
    queries.my_referrals(VOLUNTEER.viewer, "with_office")
    assert not db.session.dirty
