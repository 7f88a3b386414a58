"""At once: several people act on the same referral in the same moment, on real connections."""

import threading
from collections.abc import Callable
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from referrals.audit.models import AuditEntry
from referrals.audit.verify import verify_books
from referrals.casework import actions, queries
from referrals.casework.models import Move, Referral
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import Stale
from tests import people
from tests.casework import cases, mail
from tests.people import CASEWORKER, MANAGER, SECOND_CASEWORKER, VOLUNTEER


def all_at_once(app: Flask, jobs: list[Callable[[], object]]) -> list[object]:
    """What each job gave or raised, all of them begun in the same moment, each on a connection of its own."""
    start = threading.Barrier(len(jobs))
    results: list[object] = [None] * len(jobs)

    def carry_out(place: int, job: Callable[[], object]) -> None:
        with app.app_context():
            start.wait(20)
            try:
                results[place] = job()
            except Exception as fault:  # noqa: BLE001 - what was raised is the result
                results[place] = fault
            finally:
                db.session.remove()

    db.session.remove()
    threads = [threading.Thread(target=carry_out, args=(place, job)) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def deciding(
    referral_id: UUID, transition: str, by: people.Someone, version: int, before: Callable[[], object] = int
) -> Callable[[], str]:
    """One person's decision on what they looked at; `before` comes between finding the row and moving it."""

    def decide() -> str:
        with transaction():
            referral = queries.referral(referral_id, by.viewer)
            before()
            answers = cases.answers_for(transition, by.viewer)
            return actions.move(referral, transition, answers, by=by.viewer, version=version).transition

    return decide


DECISIONS = (("accept", CASEWORKER), ("decline", MANAGER), ("withdraw", VOLUNTEER), ("accept", SECOND_CASEWORKER))


def one_wins(referral_id: UUID, results: list[object]) -> None:
    winners = [result for result in results if isinstance(result, str)]
    assert len(winners) == 1, results
    assert all(isinstance(result, Stale) for result in results if result not in winners), results
    moves = db.session.scalars(select(Move.transition).where(Move.transition != "submit")).all()
    assert moves == winners
    assert db.session.get_one(Referral, referral_id).state == {"accept": "accepted", "decline": "declined"}.get(
        winners[0], "withdrawn"
    )
    events = db.session.scalar(select(func.count()).where(AuditEntry.action.startswith("referral."))) or 0
    assert events == 3  # drafted, submitted, and the one decision
    assert all(report.fault is None for report in verify_books(db.session()))


def test_of_several_decisions_one_wins_and_the_others_are_told(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    jobs = [deciding(referral.id, name, by, referral.version) for name, by in DECISIONS]
    one_wins(referral.id, all_at_once(app, list(jobs)))


def test_one_wins_also_when_all_have_the_row_in_hand(app: Flask, database_kind: str) -> None:
    referral = cases.make_referral("submitted")
    in_hand = threading.Barrier(len(DECISIONS))
    # On SQLite a writer waits before it can even look.
    before = int if database_kind == "sqlite" else lambda: in_hand.wait(20)
    jobs = [deciding(referral.id, name, by, referral.version, before) for name, by in DECISIONS]
    one_wins(referral.id, all_at_once(app, list(jobs)))


def test_of_several_first_looks_one_is_the_first(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    mail.forget()

    def looking(by: people.Someone) -> Callable[[], object]:
        def look() -> object:
            with transaction():
                return actions.open_referral(referral.id, by=by.viewer).seen_by_id

        return look

    lookers = [CASEWORKER, SECOND_CASEWORKER, MANAGER] * 3
    results = all_at_once(app, [looking(by) for by in lookers])
    assert len(set(results)) == 1
    assert results[0] in {by.id for by in lookers}
    assert db.session.scalar(select(func.count()).where(Move.transition == "seen")) == 1
    assert db.session.scalar(select(func.count()).where(AuditEntry.action == "referral.read")) == len(lookers)
    assert mail.told("ReferralSeen") == {VOLUNTEER}
    assert all(report.fault is None for report in verify_books(db.session()))


def test_notes_at_once_are_all_kept_and_stop_nobody(app: Flask) -> None:
    referral = cases.make_referral("accepted")
    referral_id, version = referral.id, referral.version

    def writing(number: int) -> Callable[[], object]:
        by = (CASEWORKER, VOLUNTEER)[number % 2]

        def write() -> object:
            with transaction():
                found = queries.referral(referral_id, by.viewer)
                return actions.write_note(found, f"Call {number}", shared=True, by=by.viewer).id

        return write

    jobs: list[Callable[[], object]] = [writing(number) for number in range(8)]
    results = all_at_once(app, [*jobs, deciding(referral_id, "start", MANAGER, version)])
    assert not [result for result in results if isinstance(result, Exception)]
    assert len(queries.notes(db.session.get_one(Referral, referral_id), VOLUNTEER.viewer)) == 8
    assert all(report.fault is None for report in verify_books(db.session()))


def test_the_service_and_the_group_do_not_both_finish_it(app: Flask) -> None:
    with cases.clock.clock_at(cases.clock.now() - cases.timedelta(days=40)):
        referral = cases.make_referral("outcome_recorded")
    referral_id, version = referral.id, referral.version

    def silence() -> object:
        with transaction():
            return actions.close_after_silence()

    results = all_at_once(app, [silence, deciding(referral_id, "confirm_outcome", VOLUNTEER, version)])
    ends = db.session.scalars(select(Move.transition).where(Move.state_to == "closed")).all()
    assert len(ends) == 1, results
    assert db.session.get_one(Referral, referral_id).end_reason in ("confirmed", "no_answer")
