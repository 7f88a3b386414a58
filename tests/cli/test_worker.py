"""`flask worker`: rounds, jobs that fail, and stopping when told to."""

import logging
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

import config
from referrals.cli.jobs import JOBS, Job
from referrals.cli.worker import Worker
from referrals.foundation import clock
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.ids import new_id
from referrals.foundation.receipts import FormReceipt, keep_receipt
from referrals.notifications.actions import queue
from referrals.notifications.messages import Invited, Recipient
from referrals.notifications.models import OutboxMessage
from tests.people import LEAD, VOLUNTEER
from tests.plugins.application import Stage
from tests.plugins.run import run_folder, wait_until

MINUTE = timedelta(minutes=1)


def invite() -> None:
    """Queue one message."""
    with transaction():
        queue(Invited(path="/join/a-token"), to=[Recipient(LEAD.email)])


def states() -> list[str]:
    """Where the messages stand, as another reader finds them."""
    db.session.rollback()
    found = list(db.session.scalars(select(OutboxMessage.state)))
    # A transaction left open would keep a worker beside us from writing.
    db.session.rollback()
    return found


def test_once_delivers_and_carries_out_every_job(app: Flask) -> None:
    with clock_at(clock.now() - timedelta(days=30)), transaction():
        keep_receipt("a form", VOLUNTEER.id, "/")
    invite()
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0
    assert states() == ["sent"]
    assert db.session.scalars(select(FormReceipt)).all() == []


@pytest.mark.usefixtures("app")
def test_a_job_that_fails_stops_neither_the_others_nor_the_mail(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def fail() -> int:
        db.session.add(FormReceipt(form_key="x", person_id=new_id(), location="/", created_at=clock.now()))
        db.session.flush()
        raise ValueError(f"something about {VOLUNTEER.name}")

    def work() -> int:
        done.append("work")
        return 1

    invite()
    with caplog.at_level(logging.INFO, logger="referrals.worker"):
        Worker([Job("fail", MINUTE, fail), Job("work", MINUTE, work)]).round()
    assert done == ["work"]
    assert states() == ["sent"]
    assert db.session.scalars(select(FormReceipt)).all() == []
    assert "fail failed: ValueError at " in caplog.text
    assert VOLUNTEER.name not in caplog.text
    assert LEAD.email not in caplog.text
    assert "a-token" not in caplog.text


@pytest.mark.usefixtures("app")
def test_a_job_is_carried_out_when_it_is_due_and_not_before() -> None:
    done: list[int] = []

    def work() -> int:
        done.append(1)
        return 0

    worker = Worker([Job("work", MINUTE, work)])
    start = clock.now()
    for seconds, count in ((0, 1), (30, 1), (61, 2), (90, 2), (122, 3)):
        with clock_at(start + timedelta(seconds=seconds)):
            worker.round()
        assert len(done) == count


def test_every_job_has_a_name_of_its_own() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_to(app: Flask, stage: Stage, tmp_path: Path, number: signal.Signals) -> None:
    invite()
    environ = {
        "REFERRALS_ENV": "testing",
        "SECRET_KEY": "only for tests " * 4,
        "DATABASE_URL": stage.url,
        "KEY_RING_FILE": str(run_folder() / "keyring.json"),
        "MAIL_FOLDER": str(tmp_path / "outbox"),
        "DOCUMENT_FOLDER": str(tmp_path / "documents"),
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    running = subprocess.Popen(command, cwd=config.ROOT, env=environ, stderr=subprocess.PIPE)
    try:
        wait_until(lambda: states() == ["sent"] or running.poll() is not None, "the message to be delivered")
        running.send_signal(number)
        _, errors = running.communicate(timeout=20)
    finally:
        running.kill()
    assert running.returncode == 0, errors.decode()
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1
