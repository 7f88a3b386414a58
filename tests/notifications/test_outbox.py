"""Claims and leases, and what becomes of a message after each attempt."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from itertools import pairwise
from threading import Barrier

import pytest
from flask import Flask

from referrals.foundation import clock, sealing
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.notifications import outbox
from referrals.notifications.models import OutboxMessage
from referrals.notifications.transports import Refused, RefusedForGood, RefusedForNow, ServerAway
from tests.notifications.test_actions import queued, stored

pytestmark = pytest.mark.usefixtures("app")
ALICE, BOB = "worker-alice", "worker-bob"


class Answering:
    """A carrier that answers as it was told to, and remembers what it was given."""

    def __init__(self, *answers: Refused) -> None:
        self.answers = list(answers)
        self.mails: list[EmailMessage] = []

    def send(self, mail: EmailMessage, to: str) -> None:
        self.mails.append(mail)
        if self.answers:
            raise self.answers.pop(0)

    def close(self) -> None:
        pass


def claim(worker: str = ALICE) -> outbox.Parcel | None:
    with transaction():
        return outbox.claim(worker)


def attempt(carrier: Answering, worker: str = ALICE) -> OutboxMessage:
    """Claim, send and settle the one message that is due, and give it as it then is."""
    parcel = claim(worker)
    assert parcel is not None
    verdict = outbox.send(parcel, carrier)
    with transaction():
        outbox.settle(parcel, verdict)
    return next(row for row in stored() if row.id == parcel.id)


def test_a_claimed_message_is_nobody_elses() -> None:
    queued()
    parcel = claim(ALICE)
    assert parcel is not None
    assert claim(BOB) is None
    (row,) = stored()
    assert (row.state, row.leased_by, row.attempts) == ("leased", ALICE, 1)


def test_the_longest_due_comes_first() -> None:
    early = queued(due_at=clock.now() - timedelta(hours=2))
    queued(due_at=clock.now() - timedelta(hours=1))
    queued(due_at=clock.now() + timedelta(hours=1))
    first, second, third = claim(), claim(), claim()
    assert first is not None
    assert first.id == early.id
    assert second is not None
    assert third is None


def test_the_lease_of_a_worker_that_died_runs_out() -> None:
    queued()
    assert claim(ALICE)
    with clock_at(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        parcel = claim(BOB)
    assert parcel is not None
    assert parcel.attempts == 2


def test_a_message_that_kills_its_workers_dies_itself() -> None:
    queued(attempts=outbox.MOST_ATTEMPTS - 1)
    assert claim(ALICE)
    with clock_at(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        assert claim(BOB) is None
    (row,) = stored()
    assert (row.state, row.last_error) == ("dead", "LeaseExpired")


def test_sent_is_sent_and_the_link_is_forgotten() -> None:
    queued()
    row = attempt(Answering())
    assert (row.state, row.params_sealed, row.last_error, row.leased_by) == ("sent", None, None, None)
    assert row.sent_at is not None
    assert claim() is None


def test_a_refusal_for_good_is_dead_at_once() -> None:
    queued()
    row = attempt(Answering(RefusedForGood("SMTPRecipientsRefused 550")))
    assert (row.state, row.last_error) == ("dead", "SMTPRecipientsRefused 550")
    assert row.params_sealed is not None


def test_a_refusal_for_now_is_tried_again_later_under_the_same_message_id() -> None:
    queued()
    carrier = Answering(RefusedForNow("SMTPDataError 451"))
    row = attempt(carrier)
    assert (row.state, row.attempts) == ("waiting", 1)
    assert timedelta(seconds=30) < row.due_at - clock.now() < timedelta(seconds=90)
    assert claim() is None
    with clock_at(row.due_at + timedelta(seconds=1)):
        assert attempt(carrier, BOB).state == "sent"
    first, second = carrier.mails
    assert first["Message-ID"] == second["Message-ID"] == row.message_id


def test_the_eighth_refusal_for_now_is_the_last() -> None:
    queued()
    carrier = Answering(*[RefusedForNow("SMTPDataError 451")] * outbox.MOST_ATTEMPTS)
    moment = clock.now()
    pauses = []
    for number in range(1, outbox.MOST_ATTEMPTS + 1):
        with clock_at(moment):
            row = attempt(carrier)
        assert row.attempts == number
        pauses.append(row.due_at - moment)
        moment = row.due_at + timedelta(seconds=1)
    assert row.state == "dead"
    assert all(after > before for before, after in pairwise(pauses[:-1]))
    assert timedelta(hours=12) < sum(pauses[:-1], timedelta()) < timedelta(hours=24)


def test_a_server_that_is_away_costs_no_attempt() -> None:
    queued()
    row = attempt(Answering(ServerAway("ConnectionRefusedError")))
    assert (row.state, row.attempts, row.last_error) == ("waiting", 0, "ConnectionRefusedError")


def test_what_cannot_be_rendered_is_dead() -> None:
    queued(kind="NoSuchMessage")
    assert attempt(Answering()).last_error == "CannotRender"


def test_an_address_that_would_break_a_header_is_dead() -> None:
    queued(to_address="a@b.example\nBcc: c@d.example")
    carrier = Answering()
    assert attempt(carrier).last_error == "CannotRender"
    assert carrier.mails == []


def test_a_broken_seal_is_dead_and_stops_no_other() -> None:
    queued(params_sealed=queued(state="cancelled").params_sealed)
    assert attempt(Answering()).last_error == "SealBroken"


def test_a_key_that_is_missing_may_come_back() -> None:
    queued()
    known = sealing.vault()
    sealing.configure(sealing.Vault(sealing.KeyRing.generate()))
    try:
        row = attempt(Answering())
    finally:
        sealing.configure(known)
    assert (row.state, row.last_error) == ("waiting", "KeyMissing")


def test_a_worker_that_was_too_slow_changes_nothing() -> None:
    queued()
    slow = claim(ALICE)
    assert slow is not None
    with clock_at(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        assert claim(BOB)
        with transaction():
            outbox.settle(slow, outbox.Verdict(outbox.State.DEAD, "SMTPDataError 550"))
    (row,) = stored()
    assert (row.state, row.leased_by) == ("leased", BOB)


def test_what_a_slow_worker_sent_is_sent() -> None:
    queued()
    slow = claim(ALICE)
    assert slow is not None
    with clock_at(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        late = claim(BOB)
        assert late is not None
        with transaction():
            outbox.settle(slow, outbox.Verdict(outbox.State.SENT))
        with transaction():
            outbox.settle(late, outbox.Verdict(outbox.State.WAITING, "SMTPDataError 451"))
    (row,) = stored()
    assert (row.state, row.params_sealed) == ("sent", None)


def test_workers_at_once_never_get_the_same_message(app: Flask) -> None:
    count, workers = 40, 6
    for _ in range(count):
        queued()
    start = Barrier(workers)

    def work(number: int) -> list[object]:
        got = []
        with app.app_context():
            start.wait()
            while (parcel := claim(f"worker-{number}")) is not None:
                got.append(parcel.id)
                db.session.remove()
        return got

    with ThreadPoolExecutor(workers) as pool:
        claimed = Counter(parcel for done in pool.map(work, range(workers)) for parcel in done)
    assert len(claimed) == count
    assert set(claimed.values()) == {1}
