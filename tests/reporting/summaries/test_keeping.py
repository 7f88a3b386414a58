"""Sums kept by small steps are those of a count from nothing, whatever happens to referrals meanwhile."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import delete, select

from referrals.audit.actions import record
from referrals.casework import actions, policy
from referrals.casework.actions import sorting
from referrals.casework.models import Enquiry, MoneyRow, Outcome, OutcomeCode, Referral, Transfer
from referrals.directory import lists
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import DomainError
from referrals.reporting.summaries import keeping, marks
from referrals.reporting.summaries.adding import SUMS
from referrals.reporting.summaries.checking import Faults, faults
from referrals.reporting.summaries.models import CountedReferral, ReportSum
from tests import people
from tests.casework import cases, enquiries, transfers
from tests.people import CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, OTHER_MANAGER, VOLUNTEER
from tests.reporting import making

NONE = Faults(0, 0, 0)
STEPS = 16
PEOPLE = (VOLUNTEER, VOLUNTEER, LEAD, CASEWORKER, CASEWORKER, MANAGER, OTHER_CASEWORKER, OTHER_MANAGER)
BODIES = ("dwp", "hmrc", "ealing_council")


@pytest.fixture(autouse=True)
def _lists_are_loaded(app: Flask) -> None:
    with transaction():
        lists.load_lists()


def caught_up() -> int:
    with transaction():
        return keeping.catch_up()


def differing() -> Faults:
    """What differs, with nothing left locked."""
    try:
        return faults()
    finally:
        db.session.rollback()


def kept() -> set[tuple[object, ...]]:
    """Every sum that is not 0."""
    try:
        return {tuple(row) for row in db.session.execute(select(SUMS).where(SUMS.c.number != 0))}
    finally:
        db.session.rollback()


def anything(referral: Referral, random: Random) -> None:
    """One thing that somebody may do to a referral now; nothing where it is refused."""
    by = random.choice(PEOPLE)
    offered = [row.name for row in policy.available_moves(referral, by.viewer)]
    chosen = random.choice([*offered, "enquire", "answer", "offer", "sort", "look"])
    try:
        if chosen in offered:
            cases.do(referral, chosen, by)
        elif chosen == "look":
            with transaction():
                actions.open_referral(referral.id, by=by.viewer)
        else:
            _beside(chosen, referral, random)
    except DomainError:
        db.session.rollback()


def _beside(chosen: str, referral: Referral, random: Random) -> None:
    worker = CASEWORKER if referral.office_id == people.HAMMERSMITH.id else OTHER_CASEWORKER
    if chosen == "enquire":
        with transaction():
            body = random.choice(BODIES)
            enquiries.send(referral, body, by=worker, ago=random.choice((0, 3, 40)))
    elif chosen == "answer":
        with transaction():
            waiting = select(Enquiry).where(Enquiry.referral_id == referral.id, Enquiry.ended_on.is_(None)).limit(1)
            if (found := db.session.scalar(waiting)) is not None:
                enquiries.answer(found, random.choice(("answered_in_full", "refused", "no_reply")), by=worker)
    elif chosen == "offer":
        transfers.offer(referral)
        with transaction():
            offered = select(Transfer).where(Transfer.referral_id == referral.id).order_by(Transfer.id.desc()).limit(1)
            transfer = db.session.scalars(offered).one()
        transfers.accept(transfer)
    elif chosen == "sort":
        with transaction():
            given = {"category": random.choice(making.CATEGORIES), "issue_type": None}
            sorting.sort_again(referral, given, by=worker.viewer, version=None)


def gone(referral_id: object) -> None:
    """The row of a referral goes, with what hangs on it, and an event tells that something happened."""
    with transaction() as session:
        connection = session.connection()
        for model in (MoneyRow, OutcomeCode, Outcome):
            connection.execute(delete(model).where(model.referral_id == referral_id))
        connection.execute(delete(Referral).where(Referral.id == referral_id))
        record("referral.closed_to_office", by=MANAGER.viewer, subject=("referral", referral_id))  # type: ignore[arg-type]


def test_a_count_from_nothing_by_steps_is_right() -> None:
    making.scatter(300, 1).write()
    assert making.count_from_nothing(70) == 300
    assert differing() == NONE
    assert caught_up() == 0


@pytest.mark.parametrize("seed", range(5))
def test_whatever_happens_sums_kept_by_small_steps_are_those_of_a_count_from_nothing(seed: int) -> None:
    random = Random(seed)
    moment = datetime(2026, 3, 27, 22, 30, tzinfo=UTC) + timedelta(days=random.randrange(60))
    with clock_at(moment):
        referrals = [cases.make_referral("submitted").id for _ in range(3)]
        referrals += [cases.make_referral("in_progress").id, cases.make_advice(LEAD).id]
    for _ in range(STEPS):
        moment += timedelta(days=random.choice((0, 1, 5, 20)), minutes=random.randrange(600))
        with clock_at(moment):
            for referral_id in random.sample(referrals, 2):
                anything(db.session.get_one(Referral, referral_id), random)
                db.session.rollback()
                db.session.expunge_all()
            if random.random() < 0.5:
                caught_up()
                assert differing() == NONE
    caught_up()
    step_by_step = kept()
    making.count_from_nothing()
    assert kept() == step_by_step
    assert len(step_by_step) > 20


def test_one_that_goes_takes_its_counts_along() -> None:
    made = making.scatter(30, 2).write()
    for row in made.referrals[:10]:
        gone(row["id"])
    assert differing() != NONE
    assert caught_up() == 10
    assert differing() == NONE
    left = {row["id"] for row in made.referrals[10:] if row["submitted_at"] and row["state"] != "entered_in_error"}
    assert set(db.session.scalars(select(CountedReferral.referral_id))) == left


def test_what_happens_while_it_is_counted_from_nothing_is_counted_afterwards() -> None:
    referrals = [cases.make_referral("submitted") for _ in range(6)]
    with transaction():
        keeping.begin()
        keeping.step(2)
    for referral in (referrals[0], referrals[5]):
        cases.do(referral, "accept", CASEWORKER)
    assert caught_up() == 0
    with transaction():
        assert keeping.bring_up().is_incomplete
        while keeping.is_under_way():
            keeping.step(2)
    assert caught_up() == 2
    assert differing() == NONE


def test_a_look_is_no_change() -> None:
    referral = cases.make_referral("accepted")
    caught_up()
    with transaction():
        actions.open_referral(referral.id, by=CASEWORKER.viewer)
    assert caught_up() == 0
    assert marks.lags() == []
    db.session.rollback()


def test_the_worker_begins_by_itself_and_then_follows() -> None:
    referral = cases.make_referral("submitted")
    with transaction():
        assert keeping.keep_sums() == 1
    cases.do(referral, "accept", CASEWORKER)
    with transaction():
        assert keeping.keep_sums() == 1
    assert differing() == NONE


def test_who_reads_a_report_counts_a_little_and_is_told_of_more(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock_at(making.NOW):
        cases.make_referral("accepted")
        monkeypatch.setattr(keeping, "FEW", 1)
        with transaction():
            assert keeping.bring_up().changed_since == making.NOW
        monkeypatch.undo()
        with transaction():
            assert keeping.bring_up() == keeping.Standing()
    assert differing() == NONE


def test_what_counts_no_more_is_tidied_away() -> None:
    referral = cases.make_referral("submitted")
    caught_up()
    cases.do(referral, "mark_entered_in_error", VOLUNTEER)
    caught_up()
    empty = select(ReportSum).where(ReportSum.number == 0)
    with transaction():
        assert db.session.scalars(empty).all()
        assert keeping.tidy_sums() > 0
    assert not db.session.scalars(empty).all()
    assert differing() == NONE
