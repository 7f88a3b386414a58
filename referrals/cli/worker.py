"""`flask worker`: delivers the outbox and carries out the scheduled jobs, until it is told to stop."""

import logging
import signal
import traceback
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Final

import click
from flask.cli import with_appcontext

from referrals.cli.jobs import JOBS, Job
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.notifications import outbox, settings, transports

# How long a message may wait that was queued while nothing was due.
SECONDS_BETWEEN_ROUNDS: Final = 2.0

log = logging.getLogger("referrals.worker")


def told(fault: Exception) -> str:
    """The kind of a fault and the lines it came through; never its text, which may quote what was to be stored."""
    places = (f"{Path(step.filename).name}:{step.lineno}" for step in traceback.extract_tb(fault.__traceback__))
    return f"{type(fault).__name__} at {' > '.join(places)}"


class Worker:
    """One worker: its name in leases, when each job is due next, and whether it was told to stop."""

    def __init__(self, jobs: Iterable[Job] = JOBS) -> None:
        self.name = outbox.new_worker()
        self.stopping = Event()
        self._due: dict[str, datetime] = {}
        self._jobs = tuple(jobs)

    def run(self) -> None:
        """Go round until told to stop; a message that is being sent is sent to its end."""
        while not self.stopping.is_set():
            self.round()
            self.stopping.wait(SECONDS_BETWEEN_ROUNDS)

    def round(self) -> None:
        """Carry out the jobs that are due, then deliver what is due. Whatever goes wrong, the next round comes."""
        for job in self._jobs:
            if not self.stopping.is_set() and self._due.get(job.name, clock.now()) <= clock.now():
                self._due[job.name] = clock.now() + job.every
                self._carry_out(job)
        try:
            self.deliver()
        except Exception as fault:  # noqa: BLE001 - a worker outlives a database that restarts
            log.error("delivery stopped: %s", told(fault))  # noqa: TRY400 - its text stays out
        finally:
            db.session.remove()

    def deliver(self) -> int:
        """Send what is due, one message after another; gives how many were sent."""
        carrier = transports.carrier(settings.current())
        sent = 0
        try:
            while not self.stopping.is_set():
                with transaction():
                    parcel = outbox.claim(self.name)
                if parcel is None:
                    break
                verdict = outbox.send(parcel, carrier)
                with transaction():
                    outbox.settle(parcel, verdict)
                log.info("message %s, attempt %d: %s %s", parcel.id, parcel.attempts, verdict.state, verdict.why or "")
                sent += verdict.state is outbox.State.SENT
                if verdict.away:
                    # The others would meet the same closed door.
                    break
        finally:
            carrier.close()
        return sent

    def _carry_out(self, job: Job) -> None:
        try:
            with transaction():
                count = job.run()
        except Exception as fault:  # noqa: BLE001 - one job that fails must not stop the others
            log.error("%s failed: %s", job.name, told(fault))  # noqa: TRY400 - its text stays out
        else:
            if count:
                log.info("%s: %d", job.name, count)
        finally:
            db.session.remove()


@click.command("worker")
@click.option("--once", is_flag=True, help="Carry out every job and deliver what is due, then end.")
@with_appcontext
def worker(once: bool) -> None:
    """Deliver messages and carry out the scheduled jobs, until Ctrl-C or SIGTERM."""
    running = Worker()
    if once:
        running.round()
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: running.stopping.set())
    log.info("%s has started", running.name)
    running.run()
    log.info("%s has stopped", running.name)
