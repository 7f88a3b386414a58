"""Notes of one side, messages to the other, and dated steps: who writes, who reads, who is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from referrals.audit.models import AuditEntry
from referrals.casework import actions, queries
from referrals.casework.models import Milestone, Note, Referral
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound
from tests import people
from tests.casework import cases, mail
from tests.people import CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, SECOND_VOLUNTEER, VOLUNTEER


def write(referral: Referral, by: people.Someone, *, shared: bool = False, words: str = "He rang again") -> Note:
    with transaction():
        return actions.write_note(referral, words, shared=shared, by=by.viewer)


def step(referral: Referral, by: people.Someone, code: str = "medical_assessment", **given: Any) -> Milestone:
    with transaction():
        return actions.record_milestone(referral, code, given.get("on", today()), given.get("words", ""), by=by.viewer)


def readers(referral: Referral, note: Note) -> set[people.Someone]:
    found = set()
    for person in (VOLUNTEER, LEAD, CASEWORKER, MANAGER):
        shown = {one.id for one in queries.notes(referral, person.viewer)}
        assert shown == {one.id for one in queries.timeline(referral, person.viewer) if one.kind == "note"}
        if note.id in shown:
            found.add(person)
    return found


@pytest.mark.parametrize("author", [VOLUNTEER, LEAD, CASEWORKER, MANAGER], ids=lambda person: person.name)
def test_a_note_is_for_the_side_that_wrote_it_until_it_is_shared(app: Flask, author: people.Someone) -> None:
    referral = cases.make_referral("accepted")
    note = write(referral, author)
    side = {person for person in (VOLUNTEER, LEAD, CASEWORKER, MANAGER) if person.place == author.place}
    assert readers(referral, note) == side
    assert mail.told("NoteShared") == set()
    with transaction():
        actions.share_note(note, by=author.viewer)
    assert readers(referral, note) == {VOLUNTEER, LEAD, CASEWORKER, MANAGER}
    assert mail.told("NoteShared") == ({CASEWORKER} if author.place == people.WHITE_CITY else {VOLUNTEER})
    with pytest.raises(IllegalMove), transaction():
        actions.share_note(note, by=author.viewer)


def test_a_message_reaches_the_other_side_at_once(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    note = write(referral, CASEWORKER, shared=True)
    assert readers(referral, note) == {VOLUNTEER, LEAD, CASEWORKER, MANAGER}
    assert mail.told("NoteShared") == {VOLUNTEER}


def test_nobody_shares_a_note_of_the_other_side(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    note = write(referral, VOLUNTEER)
    for person in (CASEWORKER, OTHER_CASEWORKER, SECOND_VOLUNTEER):
        with pytest.raises(NotFound), transaction():
            actions.share_note(note, by=person.viewer)


@pytest.mark.parametrize("person", [OTHER_CASEWORKER, SECOND_VOLUNTEER, people.COORDINATOR, people.ADMINISTRATOR])
def test_strangers_write_nothing(app: Flask, person: people.Someone) -> None:
    referral = cases.make_referral("accepted")
    with pytest.raises(NotFound):
        write(referral, person)
    with pytest.raises(NotFound):
        step(referral, person)


@pytest.mark.parametrize("words", ["", "  \n ", "\x00", "x" * 5001, "\ud800"])
def test_a_note_says_something(app: Flask, words: str) -> None:
    referral = cases.make_referral("accepted")
    with pytest.raises(Invalid) as refused:
        write(referral, CASEWORKER, words=words)
    assert set(refused.value.errors) == {"words"}


def test_a_draft_has_notes_of_its_own_and_no_other_side(app: Flask) -> None:
    referral = cases.make_draft()
    write(referral, VOLUNTEER)
    with pytest.raises(IllegalMove):
        write(referral, VOLUNTEER, shared=True)
    with pytest.raises(IllegalMove):
        step(referral, VOLUNTEER)


def test_the_office_tells_no_more_than_the_resident_agreed_to(app: Flask) -> None:
    referral = cases.make_referral("accepted", told="outcome")
    with pytest.raises(NotAllowed):
        write(referral, CASEWORKER, shared=True)
    write(referral, VOLUNTEER, shared=True)
    step(referral, CASEWORKER)
    assert len(queries.milestones(referral, VOLUNTEER.viewer)) == 1
    quiet = cases.make_referral("accepted", told="status")
    mail.forget()
    step(quiet, CASEWORKER)
    assert queries.milestones(quiet, VOLUNTEER.viewer) == []
    assert mail.told("MilestoneRecorded") == set()


def test_notes_are_sealed_and_their_digest_is_in_the_book(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    note = write(referral, CASEWORKER, words="Spoke with Mrs Featherstone")
    assert b"Featherstone" not in (note.words_sealed or b"")
    event = db.session.query(AuditEntry).filter_by(action="note.written").one()
    assert event.detail_digest
    assert "Featherstone" not in str(event.facts)


def test_writing_a_note_spoils_nobodys_form(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    version, changed = referral.version, referral.updated_at
    write(referral, CASEWORKER)
    step(referral, VOLUNTEER)
    db.session.expire_all()
    assert referral.version == version
    assert referral.updated_at > changed


def test_steps_stand_in_the_order_they_happened(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    for days, code in ((1, "benefit_awarded"), (9, "appointment_offered"), (5, "medical_assessment")):
        step(referral, CASEWORKER, code, on=today() - timedelta(days=days))
    codes = [one.code for one in queries.milestones(referral, VOLUNTEER.viewer)]
    assert codes == ["appointment_offered", "medical_assessment", "benefit_awarded"]
    assert mail.told("MilestoneRecorded") == {VOLUNTEER}


@pytest.mark.parametrize(
    ("code", "on", "field"),
    [
        ("nonsense", today(), "code"),
        ("other", today() + timedelta(days=1), "happened_on"),
        ("other", date(1990, 1, 1), "happened_on"),
        ("other", None, "happened_on"),
    ],
)
def test_a_step_has_a_code_and_a_day(app: Flask, code: str, on: Any, field: str) -> None:
    referral = cases.make_referral("accepted")
    with pytest.raises(Invalid) as refused:
        step(referral, CASEWORKER, code, on=on)
    assert set(refused.value.errors) == {field}


def test_the_first_enquiry_starts_the_work(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    step(referral, CASEWORKER, "first_enquiry_sent")
    assert referral.state == "in_progress"
    assert referral.started_at
    step(referral, CASEWORKER, "first_enquiry_sent")
    assert referral.state == "in_progress"


def test_a_late_first_enquiry_starts_the_work_with_a_new_day(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    cases.do(referral, "accept", CASEWORKER, next_action_on=today())
    with cases.clock.clock_at(cases.clock.now() + timedelta(days=3)):
        step(referral, CASEWORKER, "first_enquiry_sent")
        assert referral.state == "in_progress"
        assert referral.next_action_on
        assert referral.next_action_on > today()
